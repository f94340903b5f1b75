package dlv.runtime.report;

import dlv.runtime.data.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws pixels; text comes from {@link StrokeFont}, so no font is asked for. */
final class PixelCanvas implements Canvas {
  private static final double PEN = 0.14;

  static {
    // a display that cannot be reached must not matter where only pixels in memory are drawn
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  private final BufferedImage image;
  private final Graphics2D pen;

  /** A white canvas of this size, on which each unit is {@code scale} pixels. */
  PixelCanvas(int width, int height, int scale) {
    image = new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
    pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    pen.scale(scale, scale);
    box(0, 0, width, height, 0xFFFFFF);
  }

  @Override
  public void box(double x, double y, double width, double height, int colour) {
    pen.setColor(new Color(colour));
    pen.fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void line(List<Point> points, double width, int colour, double opacity) {
    if (points.isEmpty()) {
      return;
    }
    Path2D path = new Path2D.Double();
    path.moveTo(points.get(0).x(), points.get(0).y());
    points.forEach(p -> path.lineTo(p.x(), p.y()));
    pen.setColor(new Color(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF, (int) Math.round(opacity * 255)));
    pen.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.draw(path);
  }

  @Override
  public void dot(double x, double y, double radius, int colour) {
    pen.setColor(new Color(colour));
    pen.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  @Override
  public void text(String text, double x, double y, double size, Anchor anchor, int colour) {
    double shift = anchor == Anchor.START ? 0 : StrokeFont.width(text, size) * (anchor == Anchor.END ? 1 : 0.5);
    pen.setColor(new Color(colour));
    pen.setStroke(new BasicStroke((float) (size * PEN), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.draw(StrokeFont.outline(text, x - shift, y, size));
  }

  /** A picture, its pixels enlarged without blur. */
  void picture(BufferedImage picture, double x, double y, double width, double height) {
    pen.drawImage(picture, (int) x, (int) y, (int) width, (int) height, null);
  }

  /** Ends the drawing and writes it as PNG. */
  void write(Path file) {
    pen.dispose();
    AtomicFile.write(file, png(image));
  }

  /** The bytes of a PNG file. */
  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
