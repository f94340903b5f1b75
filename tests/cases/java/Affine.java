// Written by dlvc from the network Affine. Changes are lost.
package com.acme.vision;

import dlv.runtime.BoundEntry;
import dlv.runtime.CompiledUnit;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.Values;
import java.nio.file.Path;
import java.util.Map;

/**
 * A product and a shift.
 *
 * <p>Its weights are three by two.
 *
 * <p>Input {@code x: float[3]}.
 * Result {@code y: float[2]}.
 * 6 parameters.
 * Safe for many threads; close it to give the device's memory back.
 */
public final class Affine implements AutoCloseable {
  /**
   * Size of axis 0 of {@code x: float[3]}.
   */
  public static final int X_0 = 3;

  /**
   * Size of axis 0 of {@code y: float[2]}.
   */
  public static final int Y_0 = 2;

  private final Model model;

  private Affine(Model model) {
    this.model = model;
  }

  /**
   * Opens the network with weights from a safetensors file, for at most 128 rows a call.
   */
  public static Affine load(Device device, Path weights) {
    return load(device, weights, 128);
  }

  /**
   * Opens the network with weights from a safetensors file.
   *
   * @param largestBatch the most rows a call may have; memory is planned for it
   */
  public static Affine load(Device device, Path weights, int largestBatch) {
    CompiledUnit unit = CompiledUnit.of(Affine.class, "Affine", device);
    return new Affine(Model.open(device, unit, weights, largestBatch));
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
    return new Output(model.run(Map.of("x", in.x), Affine::launch));
  }

  @Override
  public void close() {
    model.close();
  }

  private static void launch(BoundEntry run) {
    dense1(run);
    other(run);
  }

  private static void dense1(BoundEntry run) {
    // %2 = contract(%0, %1) bi,io->bo : float[batch, 2]   dense1 (net.dlv:2)
    run.launch(0);
  }

  private static void other(BoundEntry run) {
    // %4 = add(%2, %3) : float[batch, 2]   net.dlv:3
    run.launch(1);
  }

  /**
   * Rows to answer for: values row-major, one row after another.
   */
  public static final class Input {
    private float[] x = {};

    private Input() {
    }

    /**
     * Sets {@code x: float[3]} for one row or several.
     */
    public Input x(float... values) {
      this.x = values.clone();
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
     * {@code y: float[2]} for every row.
     */
    public Values y() {
      return answers.get("y");
    }
  }
}
