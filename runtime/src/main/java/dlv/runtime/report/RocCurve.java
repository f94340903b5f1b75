package dlv.runtime.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The share of positives found against the share of false alarms, for each threshold of a score: {@code NAME.svg} and
 * {@code NAME.png}.
 */
public final class RocCurve {
  private static final int SIDE = 420;
  private static final int LEFT = 60;
  private static final int TOP = 44;
  private static final int LINE = 0x4C78C8;

  private RocCurve() {}

  /**
   * Draws both files into a folder; the title tells the area under the curve.
   *
   * @param scores high where an example should be a positive
   * @param labels 1 for a positive, 0 for a negative
   */
  public static void write(Path folder, String name, float[] scores, int[] labels) {
    List<Canvas.Point> curve = curve(scores, labels);
    String title = name + String.format(Locale.ROOT, ": area %.4f", area(curve));
    Chart.write(folder, name, SIDE + LEFT + 24, SIDE + TOP + 44, canvas -> draw(canvas, title, curve));
  }

  /**
   * From (0, 0) to (1, 1): x the share of negatives, y the share of positives whose score is at least a threshold. Equal
   * scores are one step, and a straight line is told by its ends.
   */
  static List<Canvas.Point> curve(float[] scores, int[] labels) {
    if (scores.length != labels.length) {
      throw new IllegalArgumentException(scores.length + " scores for " + labels.length + " labels");
    }
    List<Integer> order = IntStream.range(0, scores.length).boxed()
        .sorted(Comparator.comparing((Integer i) -> scores[i], Comparator.reverseOrder())).toList();
    double positives = Math.max(1, Arrays.stream(labels).filter(label -> label == 1).count());
    double negatives = Math.max(1, Arrays.stream(labels).filter(label -> label != 1).count());
    List<Canvas.Point> curve = new ArrayList<>(List.of(new Canvas.Point(0, 0)));
    int found = 0;
    for (int i = 0; i < order.size(); i++) {
      found += labels[order.get(i)] == 1 ? 1 : 0;
      if (i + 1 == order.size() || scores[order.get(i)] != scores[order.get(i + 1)]) {
        add(curve, new Canvas.Point((i + 1 - found) / negatives, found / positives));
      }
    }
    return curve;
  }

  private static void add(List<Canvas.Point> curve, Canvas.Point next) {
    int last = curve.size() - 1;
    if (last > 0) {
      Canvas.Point a = curve.get(last - 1);
      Canvas.Point b = curve.get(last);
      if (a.x() == b.x() && b.x() == next.x() || a.y() == b.y() && b.y() == next.y()) {
        curve.remove(last);
      }
    }
    curve.add(next);
  }

  /** How often a positive has the higher score of two, where equal ones count half. */
  static double area(List<Canvas.Point> curve) {
    double area = 0;
    for (int i = 1; i < curve.size(); i++) {
      area += (curve.get(i).x() - curve.get(i - 1).x()) * (curve.get(i).y() + curve.get(i - 1).y()) / 2;
    }
    return area;
  }

  private static void draw(Canvas canvas, String title, List<Canvas.Point> curve) {
    Axis across = Axis.covering(0, 1, 5, LEFT, LEFT + SIDE);
    Axis down = Axis.covering(0, 1, 5, TOP + SIDE, TOP);
    canvas.text(title, 24, 27, 9, Canvas.Anchor.START, Chart.TEXT);
    Chart.frame(canvas, across, down, "false alarms");
    canvas.text("found", LEFT + 6, TOP + 12, 7, Canvas.Anchor.START, Chart.FAINT);
    line(canvas, List.of(new Canvas.Point(0, 0), new Canvas.Point(1, 1)), across, down, 1, Chart.FAINT);
    line(canvas, curve, across, down, 2, LINE);
  }

  private static void line(Canvas canvas, List<Canvas.Point> points, Axis across, Axis down, double width, int colour) {
    canvas.line(points.stream().map(p -> new Canvas.Point(across.place(p.x()), down.place(p.y()))).toList(), width,
        colour, 0.9);
  }
}
