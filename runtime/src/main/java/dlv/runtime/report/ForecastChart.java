package dlv.runtime.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A forecast against the truth, {@code forecast.svg} and {@code forecast.png}: what a network foretold one step ahead,
 * each time from the true values before, over the rows held back.
 */
public final class ForecastChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 360;
  private static final int FORECAST = 0xE07B39;

  private final String title;
  private final List<Double> truth;
  private final List<Double> forecast;

  private ForecastChart(String title, List<Double> truth, List<Double> forecast) {
    this.title = title;
    this.truth = truth;
    this.forecast = forecast;
  }

  /**
   * Draws both files into a folder.
   *
   * @param before the true value before the first
   * @param truth the true values
   * @param forecast what was foretold for each
   */
  public static void write(Path folder, String title, double before, List<Double> truth, List<Double> forecast) {
    if (truth.isEmpty() || truth.size() != forecast.size()) {
      throw new IllegalArgumentException(forecast.size() + " forecasts for " + truth.size() + " values");
    }
    List<Double> last = new ArrayList<>(List.of(before));
    last.addAll(truth.subList(0, truth.size() - 1));
    String errors = String.format(Locale.ROOT, "root mean squared error %.4g; of the value before %.4g",
        error(truth, forecast), error(truth, last));
    ForecastChart chart = new ForecastChart(title + ": " + errors, truth, forecast);
    Chart.write(folder, "forecast", WIDTH, HEIGHT, chart::draw);
  }

  /** The root of the mean squared difference. */
  static double error(List<Double> truth, List<Double> other) {
    double sum = 0;
    for (int i = 0; i < truth.size(); i++) {
      sum += (truth.get(i) - other.get(i)) * (truth.get(i) - other.get(i));
    }
    return Math.sqrt(sum / truth.size());
  }

  private void draw(Canvas canvas) {
    double least = Math.min(low(truth), low(forecast));
    double most = Math.max(high(truth), high(forecast));
    Axis down = Axis.covering(least, most, 6, HEIGHT - 40, 60);
    Axis across = Axis.counting(1, truth.size(), 10, 60, WIDTH - 24);
    canvas.text(title, 24, 27, 9, Canvas.Anchor.START, Chart.TEXT);
    Chart.frame(canvas, across, down, "rows held back");
    curve(canvas, truth, Chart.TEXT, across, down);
    curve(canvas, forecast, FORECAST, across, down);
    canvas.dot(across.from() + 4, 45, 3, Chart.TEXT);
    canvas.text("truth", across.from() + 12, 48, 7, Canvas.Anchor.START, Chart.TEXT);
    canvas.dot(across.from() + 64, 45, 3, FORECAST);
    canvas.text("forecast", across.from() + 72, 48, 7, Canvas.Anchor.START, FORECAST);
  }

  private static double low(List<Double> values) {
    return values.stream().mapToDouble(v -> v).min().orElseThrow();
  }

  private static double high(List<Double> values) {
    return values.stream().mapToDouble(v -> v).max().orElseThrow();
  }

  private static void curve(Canvas canvas, List<Double> values, int colour, Axis across, Axis down) {
    List<Canvas.Point> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.add(new Canvas.Point(across.place(i + 1), down.place(values.get(i))));
    }
    canvas.line(points, values.size() > 300 ? 1 : 1.6, colour, 0.9);
    if (values.size() <= 60) {
      points.forEach(p -> canvas.dot(p.x(), p.y(), 2.2, colour));
    }
  }
}
