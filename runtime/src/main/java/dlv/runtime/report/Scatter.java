package dlv.runtime.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;

/** Points in the plane in the colours of their categories, {@code NAME.svg} and {@code NAME.png}. */
public final class Scatter {
  /** Tableau's ten colours, in the order of categories; those beyond begin again. */
  private static final int[] COLOURS = {
      0x4E79A7, 0xF28E2B, 0xE15759, 0x76B7B2, 0x59A14F, 0xEDC948, 0xB07AA1, 0xFF9DA7, 0x9C755F, 0x7F7F7F};
  private static final int SIDE = 640;
  private static final int LEFT = 60;
  private static final int TOP = 56;
  private static final int MOST = 5000;

  private final String title;
  private final float[] points;
  private final int[] labels;

  private Scatter(String title, float[] points, int[] labels) {
    this.title = title;
    this.points = points;
    this.labels = labels;
  }

  /**
   * Draws both files into a folder; the first 5,000 points where there are more.
   *
   * @param points pairs of a place across and a place up
   * @param labels the category of each point, from 0
   */
  public static void write(Path folder, String name, float[] points, int[] labels) {
    if (points.length != 2 * labels.length) {
      throw new IllegalArgumentException(points.length + " numbers for " + labels.length + " points in a plane");
    }
    int count = Math.min(MOST, labels.length);
    String shown = count < labels.length ? ", the first " + count + " of " + labels.length + " points" : "";
    Scatter scatter = new Scatter(name + shown, Arrays.copyOf(points, 2 * count), Arrays.copyOf(labels, count));
    Chart.write(folder, name, SIDE + LEFT + 24, SIDE + TOP + 44, scatter::draw);
  }

  private void draw(Canvas canvas) {
    Axis across = axis(0, LEFT, LEFT + SIDE);
    Axis down = axis(1, TOP + SIDE, TOP);
    canvas.text(title, 24, 27, 9, Canvas.Anchor.START, Chart.TEXT);
    Chart.frame(canvas, across, down, "");
    double key = LEFT;
    for (int label : new TreeSet<>(Arrays.stream(labels).boxed().toList())) {
      String text = Integer.toString(label);
      canvas.dot(key + 4, 43, 3.5, colour(label));
      canvas.text(text, key + 12, 46, 7, Canvas.Anchor.START, Chart.TEXT);
      key += 24 + Canvas.width(text, 7);
    }
    double radius = labels.length > 1000 ? 1.6 : 3;
    for (int i = 0; i < labels.length; i++) {
      if (Float.isFinite(points[2 * i]) && Float.isFinite(points[2 * i + 1])) {
        canvas.dot(across.place(points[2 * i]), down.place(points[2 * i + 1]), radius, colour(labels[i]));
      }
    }
  }

  private Axis axis(int coordinate, double from, double to) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = coordinate; i < points.length; i += 2) {
      if (Float.isFinite(points[i])) {
        least = Math.min(least, points[i]);
        most = Math.max(most, points[i]);
      }
    }
    return most < least ? Axis.covering(0, 1, 8, from, to) : Axis.covering(least, most, 8, from, to);
  }

  private static int colour(int label) {
    return COLOURS[Math.floorMod(label, COLOURS.length)];
  }
}
