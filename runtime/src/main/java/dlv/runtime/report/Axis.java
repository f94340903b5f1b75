package dlv.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A linear scale from values to places on a canvas, with round ticks. */
record Axis(double low, double high, double step, double from, double to) {
  /** An axis that covers the values, its ends at ticks; about {@code ticks} of them. */
  static Axis covering(double least, double most, int ticks, double from, double to) {
    if (!(most > least)) {
      double around = Math.max(Math.abs(least) * 0.05, 1e-6);
      return covering(least - around, least + around, ticks, from, to);
    }
    double step = round((most - least) / ticks);
    return new Axis(Math.floor(least / step + 1e-9) * step, Math.ceil(most / step - 1e-9) * step, step, from, to);
  }

  /** An axis from exactly one value to another, whose ticks are whole numbers. */
  static Axis counting(double least, double most, int ticks, double from, double to) {
    return new Axis(least, Math.max(most, least + 1), Math.max(1, round((most - least) / ticks)), from, to);
  }

  /** The next larger of 1, 2, 5 times a power of ten. */
  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(step, 1e-300))));
    double digit = step / power;
    return power * (digit <= 1 + 1e-9 ? 1 : digit <= 2 + 1e-9 ? 2 : digit <= 5 + 1e-9 ? 5 : 10);
  }

  double place(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  /** A tick with just enough digits. */
  String label(double tick) {
    int decimals = (int) Math.max(0, Math.min(8, -Math.floor(Math.log10(step) + 1e-9)));
    return String.format(Locale.ROOT, "%." + decimals + "f", tick);
  }
}
