package dlv.compiler.cli;

import dlv.runtime.BuildListener;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells how many kernels are built, as the first start of a network can take minutes. On a terminal a line is written
 * over and over, and wiped out in the end; elsewhere one plain line comes where it takes long.
 */
final class BuildLine implements BuildListener {
  private static final long LONG = 5_000_000_000L;

  private final Consumer<String> out;
  private final boolean live;
  private final LongSupplier clock;
  private long begun;
  private boolean shown;

  /**
   * A line that writes to {@code out}.
   *
   * @param live whether to write over the line
   * @param clock nanoseconds
   */
  BuildLine(Consumer<String> out, boolean live, LongSupplier clock) {
    this.out = out;
    this.live = live;
    this.clock = clock;
  }

  @Override
  public void ready(int kernels, int of) {
    if (kernels == 0) {
      begun = clock.getAsLong();
      shown = false;
    }
    String text = "building kernels " + kernels + "/" + of;
    if (live) {
      out.accept("\r" + (kernels < of ? text : "") + "\u001b[K");
    } else if (!shown && kernels < of && clock.getAsLong() - begun >= LONG) {
      out.accept(text + "\n");
      shown = true;
    }
  }
}
