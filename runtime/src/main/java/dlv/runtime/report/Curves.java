package dlv.runtime.report;

import dlv.runtime.data.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The curves of a training, {@code curves.svg} and {@code curves.png}: a panel for the loss and one for each reported
 * figure, over the epochs, with a line for each split.
 */
public final class Curves {
  private static final int PANEL_WIDTH = 420;
  private static final int PANEL_HEIGHT = 300;
  private static final int TOP = 46;

  private final String title;
  private final List<Report> reports;
  private final double stepsPerEpoch;

  private Curves(String title, List<Report> reports, double stepsPerEpoch) {
    this.title = title;
    this.reports = reports;
    this.stepsPerEpoch = Math.max(stepsPerEpoch, 1);
  }

  /** Draws both files into a folder; nothing where there are no reports yet. */
  public static void write(Path folder, String title, List<Report> reports, long stepsPerEpoch) {
    if (reports.isEmpty()) {
      return;
    }
    Curves curves = new Curves(title, reports, stepsPerEpoch);
    List<String> names = curves.names();
    int width = PANEL_WIDTH * names.size() + 20;
    int height = TOP + PANEL_HEIGHT + 14;
    Chart.write(folder, "curves", width, height, canvas -> curves.draw(canvas, names));
  }

  private List<String> names() {
    Set<String> names = new LinkedHashSet<>(List.of("loss"));
    reports.forEach(r -> names.addAll(r.values().keySet()));
    return List.copyOf(names).subList(0, Math.min(names.size(), 6));
  }

  private void draw(Canvas canvas, List<String> names) {
    canvas.text(title, 24, 27, 11, Canvas.Anchor.START, Chart.TEXT);
    for (int i = 0; i < names.size(); i++) {
      panel(canvas, names.get(i), 10 + i * PANEL_WIDTH);
    }
  }

  /** The values of a figure on a split, at epochs. */
  private List<Canvas.Point> series(String name, Split split) {
    List<Canvas.Point> points = new ArrayList<>();
    for (Report r : reports) {
      Double value = name.equals("loss") ? Double.valueOf(r.loss()) : r.values().get(name);
      if (r.split() == split && value != null && Double.isFinite(value)) {
        points.add(new Canvas.Point(r.step() / stepsPerEpoch, value));
      }
    }
    return points;
  }

  private void panel(Canvas canvas, String name, double left) {
    List<List<Canvas.Point>> all = new ArrayList<>();
    for (Split split : Split.values()) {
      all.add(series(name, split));
    }
    Axis down = vertical(name, all);
    double epochs = reports.stream().mapToDouble(r -> r.step() / stepsPerEpoch).max().orElse(1);
    Axis across = Axis.counting(0, Math.ceil(epochs - 1e-9), 8, left + 52, left + PANEL_WIDTH - 24);
    canvas.text(name, across.from(), TOP + 12, 8.5, Canvas.Anchor.START, Chart.TEXT);
    Chart.frame(canvas, across, down, "epoch");
    double key = across.to();
    for (Split split : Split.values()) {
      List<Canvas.Point> points = all.get(split.ordinal());
      if (!points.isEmpty()) {
        curve(canvas, split, points, across, down);
        key = key(canvas, split, points.get(points.size() - 1).y(), key);
      }
    }
  }

  /** The scale of the values; a loss that falls far is not squeezed by its first values. */
  private static Axis vertical(String name, List<List<Canvas.Point>> all) {
    List<Double> values = all.stream().flatMap(List::stream).map(Canvas.Point::y).sorted().toList();
    double least = values.isEmpty() ? 0 : values.get(0);
    double most = values.isEmpty() ? 1 : values.get(values.size() - 1);
    if (name.equals("loss") && values.size() > 20) {
      most = Math.min(most, 4 * values.get(values.size() * 9 / 10));
    }
    if (name.equals("loss") && least >= 0) {
      least = 0;
    } else if (values.size() > 20) {
      least = Math.max(least, most - 3 * (most - values.get(values.size() / 10)) - 1e-9);
    }
    return Axis.covering(least, most, 5, TOP + PANEL_HEIGHT - 30, TOP + 26);
  }

  private static int colour(Split split) {
    return switch (split) {
      case TRAIN -> 0x4C78C8;
      case VALIDATION -> 0x3A9D5D;
      case TEST -> 0xE07B39;
    };
  }

  private static void curve(Canvas canvas, Split split, List<Canvas.Point> points, Axis across, Axis down) {
    List<Canvas.Point> places = within(points, down).stream()
        .map(p -> new Canvas.Point(across.place(p.x()), down.place(p.y()))).toList();
    boolean crowded = places.size() > 60;
    canvas.line(places, crowded ? 0.9 : 1.8, colour(split), crowded ? 0.85 : 1);
    if (!crowded) {
      places.forEach(p -> canvas.dot(p.x(), p.y(), 2.4, colour(split)));
    }
  }

  /** The points within the scale; a line that comes in from outside begins at the edge. */
  private static List<Canvas.Point> within(List<Canvas.Point> points, Axis down) {
    List<Canvas.Point> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Canvas.Point p = points.get(i);
      double edge = Math.min(Math.max(p.y(), down.low()), down.high());
      if (edge == p.y()) {
        kept.add(p);
      } else if (i + 1 < points.size() && kept.isEmpty()) {
        Canvas.Point next = points.get(i + 1);
        if (next.y() >= down.low() && next.y() <= down.high()) {
          double share = (edge - p.y()) / (next.y() - p.y());
          kept.add(new Canvas.Point(p.x() + share * (next.x() - p.x()), edge));
        }
      } else if (!kept.isEmpty()) {
        kept.add(new Canvas.Point(p.x(), edge));
      }
    }
    return kept;
  }

  /** Writes the name and last value of a split at the top right; returns where the next ends. */
  private static double key(Canvas canvas, Split split, double last, double right) {
    String text = split + " " + String.format(Locale.ROOT, Math.abs(last) < 1e-3 && last != 0 ? "%.2e" : "%.4f", last);
    double width = StrokeFont.width(text, 7);
    canvas.text(text, right, TOP + 12, 7, Canvas.Anchor.END, colour(split));
    canvas.dot(right - width - 8, TOP + 8.5, 3, colour(split));
    return right - width - 26;
  }
}
