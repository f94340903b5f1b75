package dlv.runtime.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The line that tells how a training goes: epoch, loss, reported figures, examples a second, time left. On a terminal it
 * is written over and over; elsewhere a plain line comes with every report, and twice a minute.
 */
public final class Progress implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;
  private static final long LIVE_PAUSE = SECOND / 10;
  private static final long PLAIN_PAUSE = 30 * SECOND;
  private static final int BAR = 16;

  private final PrintStream out;
  private final boolean live;
  private final int width;
  private final LongSupplier clock;
  private final long steps;
  private final long stepsPerEpoch;
  private final long rowsPerStep;
  private long shownAt;
  private long measuredAt;
  private long measuredStep;
  private double stepsPerSecond;
  private boolean open;

  /**
   * A progress line.
   *
   * @param live whether to write over the line
   * @param width columns of the terminal
   * @param clock nanoseconds
   * @param done steps done before, in a run that is resumed
   * @param steps steps of the whole training
   * @param stepsPerEpoch steps of an epoch
   * @param rowsPerStep examples of a step
   */
  public Progress(PrintStream out, boolean live, int width, LongSupplier clock, long done, long steps,
                  long stepsPerEpoch, long rowsPerStep) {
    this.out = out;
    this.live = live;
    this.width = width;
    this.clock = clock;
    this.steps = steps;
    this.stepsPerEpoch = Math.max(1, stepsPerEpoch);
    this.rowsPerStep = rowsPerStep;
    this.measuredStep = done;
    this.measuredAt = clock.getAsLong();
    this.shownAt = measuredAt;
  }

  /** A progress line on standard output: live if that is a terminal, as wide as {@code COLUMNS} says. */
  public static Progress onTerminal(PrintStream out, long done, long steps, long stepsPerEpoch, long rowsPerStep) {
    String columns = System.getenv("COLUMNS");
    int width = columns != null && columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : 80;
    boolean live = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    return new Progress(out, live, width, System::nanoTime, done, steps, stepsPerEpoch, rowsPerStep);
  }

  /** Whether a call of {@link #step} would show anything now, so that the figures need not be fetched otherwise. */
  public boolean isDue() {
    return clock.getAsLong() - shownAt >= (live ? LIVE_PAUSE : PLAIN_PAUSE);
  }

  /** Tells how far the training is; shown if it is time to. */
  public void step(long step, double loss, Map<String, Double> values) {
    if (!isDue()) {
      return;
    }
    measure(step);
    show(line(step, figures("", loss, values)), false);
  }

  /** Tells the figures of a report, in a line that stays. */
  public void report(Report report) {
    measure(report.step());
    show(line(report.step(), figures((report.stage().isEmpty() ? "" : report.stage() + " ") + report.split() + " ", report.loss(), report.values())), true);
  }

  /** Tells anything else, in a line that stays. */
  public void say(String text) {
    show(text, true);
  }

  /** Leaves time that was not spent on steps, such as an evaluation, out of the speed. */
  public void pause(Runnable work) {
    long before = clock.getAsLong();
    work.run();
    measuredAt += clock.getAsLong() - before;
  }

  private void measure(long step) {
    long now = clock.getAsLong();
    double seconds = (now - measuredAt) / (double) SECOND;
    if (step > measuredStep && seconds >= 0.05) {
      double speed = (step - measuredStep) / seconds;
      // young measurements count for half a second's worth at least
      double share = stepsPerSecond == 0 ? 1 : 1 - Math.exp(-seconds / 2);
      stepsPerSecond += share * (speed - stepsPerSecond);
      measuredStep = step;
      measuredAt = now;
    }
  }

  private static String figures(String prefix, double loss, Map<String, Double> values) {
    StringBuilder text = new StringBuilder(prefix).append("loss ").append(number(loss));
    values.forEach((name, value) -> text.append("  ").append(name).append(' ').append(number(value)));
    return text.toString();
  }

  /** Four significant digits. */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    int decimals = size == 0 ? 4 : (int) Math.max(0, 3 - Math.floor(Math.log10(size)));
    return size != 0 && (size < 1e-3 || size >= 1e6) ? String.format(Locale.ROOT, "%.3e", value)
        : String.format(Locale.ROOT, "%." + Math.min(decimals, 4) + "f", value);
  }

  private String line(long step, String figures) {
    long epochs = (steps + stepsPerEpoch - 1) / stepsPerEpoch;
    long epoch = Math.min(epochs, (Math.max(step, 1) - 1) / stepsPerEpoch + 1);
    String count = Long.toString(epochs);
    List<String> parts = new ArrayList<>();
    parts.add(String.format(Locale.ROOT, "epoch %" + count.length() + "d/%s", epoch, count));
    if (live) {
      parts.add(bar(step - (epoch - 1) * stepsPerEpoch));
    }
    parts.add(figures);
    if (stepsPerSecond > 0) {
      parts.add(String.format(Locale.ROOT, "%,d examples/s", Math.round(stepsPerSecond * rowsPerStep)));
      if (step < steps) {
        parts.add(duration(Math.round((steps - step) / stepsPerSecond)) + " left");
      }
    }
    String text = String.join("  ", parts);
    while (live && text.length() >= width && parts.size() > 2) {
      // the bar goes first, then the speed, then the time left
      parts.remove(parts.get(1).startsWith("[") ? 1 : Math.min(2, parts.size() - 1));
      text = String.join("  ", parts);
    }
    return live && text.length() >= width ? text.substring(0, Math.max(0, width - 1)) : text;
  }

  private String bar(long inEpoch) {
    int full = (int) (Math.min(inEpoch, stepsPerEpoch) * BAR / stepsPerEpoch);
    return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "]";
  }

  /** {@code 0:07}, {@code 12:34}, {@code 1:02:03}. */
  static String duration(long seconds) {
    return seconds < 3600 ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private void show(String text, boolean stays) {
    shownAt = clock.getAsLong();
    if (live) {
      out.print("\r" + text + "\u001b[K" + (stays ? "\n" : ""));
      open = !stays;
    } else {
      out.print(text + "\n");
    }
    out.flush();
  }

  /** Ends a line that was being written over. */
  @Override
  public void close() {
    if (open) {
      out.print("\n");
      out.flush();
      open = false;
    }
  }
}
