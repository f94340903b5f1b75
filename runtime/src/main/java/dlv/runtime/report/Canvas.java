package dlv.runtime.report;

import java.util.List;

/** A surface to draw on, as pixels or as SVG; x goes right, y down. */
interface Canvas {
  /** Where a text stands as seen from its place. */
  enum Anchor { START, MIDDLE, END }

  /** A point. */
  record Point(double x, double y) {}

  /** A rectangle, filled. {@code colour} is 0xRRGGBB, here and below. */
  void box(double x, double y, double width, double height, int colour);

  /** A line through points. */
  void line(List<Point> points, double width, int colour, double opacity);

  /** A disc. */
  void dot(double x, double y, double radius, int colour);

  /** A text on the base line through {@code (x, y)}, whose capitals are {@code size} high. */
  void text(String text, double x, double y, double size, Anchor anchor, int colour);
}
