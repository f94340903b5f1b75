// Written by dlvc from the network Hostile. Changes are lost.
package com.acme.vision;

import dlv.runtime.BoundEntry;
import dlv.runtime.CompiledUnit;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.Values;
import java.nio.file.Path;
import java.util.Map;

/**
 * &#42;/ static &#123; System.exit(1); &#125; /&#42; &#92;u002a/ $30 $L &#64;&#123; &#123;&#64;code &#125; &lt;script&gt; &amp; &lt;U+202E&gt;
 * &#42;/ static &#123; System.exit(1); &#125; /&#42; &#92;u002a/ $30 $L &#64;&#123; &#123;&#64;code &#125; &lt;script&gt; &amp; &lt;U+202E&gt;
 *
 * <p>Input {@code a"; x: float[3]}.
 * Result <code>&#42;/ static &#123; System.exit(1); &#125; /&#42; &#92;u002a/ $30 $L &#64;&#123; &#123;&#64;code &#125; &lt;script&gt; &amp; &lt;U+202E&gt;: float[2]</code>.
 * 6 parameters.
 * Safe for many threads; close it to give the device's memory back.
 */
public final class Hostile implements AutoCloseable {
  /**
   * Size of axis 0 of {@code a"; x: float[3]}.
   */
  public static final int A___X_0 = 3;

  /**
   * Size of axis 0 of <code>&#42;/ static &#123; System.exit(1); &#125; /&#42; &#92;u002a/ $30 $L &#64;&#123; &#123;&#64;code &#125; &lt;script&gt; &amp; &lt;U+202E&gt;: float[2]</code>.
   */
  public static final int ___STATIC___SYSTEM_EXIT_1_________U002A___30__L______CODE____SCRIPT______0 = 2;

  private final Model model;

  private Hostile(Model model) {
    this.model = model;
  }

  /**
   * Opens the network with weights from a safetensors file, for at most 128 rows a call.
   */
  public static Hostile load(Device device, Path weights) {
    return load(device, weights, 128);
  }

  /**
   * Opens the network with weights from a safetensors file.
   *
   * @param largestBatch the most rows a call may have; memory is planned for it
   */
  public static Hostile load(Device device, Path weights, int largestBatch) {
    CompiledUnit unit = CompiledUnit.of(Hostile.class, "Hostile", device);
    return new Hostile(Model.open(device, unit, weights, largestBatch));
  }

  /**
   * An input to fill.
   */
  public static Input input() {
    return new Input();
  }

  /**
   * Answers for every row of the input.
   *
   * @throws IllegalArgumentException where a value is missing, or rows are not whole or too many
   */
  public Output run(Input in) {
    return new Output(model.run(Map.of("a\"; x", in.aX), Hostile::launch));
  }

  @Override
  public void close() {
    model.close();
  }

  private static void launch(BoundEntry run) {
    all(run);
  }

  private static void all(BoundEntry run) {
    // */ static { System.exit(1); } /* <U+005C>u002a/ $30 $L @{ {@code } <script> & <U+202E> */ }   */ static { System.exit(1); } /* <U+005C>u002a/ $30 $L @{ {@code } <script> & <U+202E>
    run.launch(0);
    // */ static { System.exit(1); } /* <U+005C>u002a/ $30 $L @{ {@code } <script> & <U+202E> */ }   */ static { System.exit(1); } /* <U+005C>u002a/ $30 $L @{ {@code } <script> & <U+202E>
    run.launch(1);
  }

  /**
   * Rows to answer for: values row-major, one row after another.
   */
  public static final class Input {
    private float[] aX = {};

    private Input() {
    }

    /**
     * Sets {@code a"; x: float[3]} for one row or several.
     */
    public Input aX(float... values) {
      this.aX = values.clone();
      return this;
    }
  }

  /**
   * The answers, row by row.
   */
  public static final class Output {
    private final Map<String, Values> answers;

    private Output(Map<String, Values> answers) {
      this.answers = answers;
    }

    /**
     * <code>&#42;/ static &#123; System.exit(1); &#125; /&#42; &#92;u002a/ $30 $L &#64;&#123; &#123;&#64;code &#125; &lt;script&gt; &amp; &lt;U+202E&gt;: float[2]</code> for every row.
     */
    public Values staticSystemExit1U002a30LCodeScript() {
      return answers.get("*/ static { System.exit(1); } /* \\u002a/ $30 $L @{ {@code } <script> & \u202e");
    }
  }
}
