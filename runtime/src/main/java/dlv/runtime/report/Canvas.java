package dlv.runtime.report;

import dlv.runtime.data.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A surface to draw on, as pixels or as SVG; x goes right, y down. */
public interface Canvas {
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

  /** How wide a text is at most whose capitals are {@code size} high. */
  static double width(String text, double size) {
    return Math.max(StrokeFont.width(text, size), SvgCanvas.width(text, size));
  }

  /** Draws on white, as SVG where the file's name ends in {@code .svg}, otherwise as PNG, two pixels a unit. */
  static void write(Path file, int width, int height, Consumer<Canvas> drawing) {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
      SvgCanvas svg = new SvgCanvas(width, height);
      svg.box(0, 0, width, height, 0xFFFFFF);
      drawing.accept(svg);
      AtomicFile.write(file, svg.document().getBytes(StandardCharsets.UTF_8));
    } else {
      PixelCanvas pixels = new PixelCanvas(width, height, 2);
      drawing.accept(pixels);
      pixels.write(file);
    }
  }
}
