package dlv.runtime.report;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Letters as lines of a pen, read from {@code letters.txt} beside this class: text for pictures on machines where no
 * font is installed.
 */
final class StrokeFont {
  /** The height of a capital, in units of the alphabet. */
  static final double CAPITAL = 6;
  private static final double GAP = 1.5;
  private static final double SPACE = 2.2;
  private static final Map<Integer, Glyph> GLYPHS = read();
  private static final Glyph UNKNOWN = glyph("3 0,0 3,0! 3,6! 0,6! 0,0");

  private StrokeFont() {}

  private record Glyph(double width, Path2D lines) {}

  private static Map<Integer, Glyph> read() {
    Map<Integer, Glyph> glyphs = new HashMap<>();
    try (InputStream in = StrokeFont.class.getResourceAsStream("letters.txt");
         BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("# A") && !line.startsWith("# y") && !line.startsWith("# at") && !line.isBlank()) {
          glyphs.put((int) line.charAt(0), glyph(line.substring(2)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return glyphs;
  }

  private static Glyph glyph(String text) {
    int blank = text.indexOf(' ');
    Path2D lines = new Path2D.Double();
    for (String stroke : text.substring(blank + 1).split("\\|")) {
      String[] points = stroke.trim().split(" +");
      double[] x = new double[points.length];
      double[] y = new double[points.length];
      boolean[] corner = new boolean[points.length];
      for (int i = 0; i < points.length; i++) {
        corner[i] = points[i].endsWith("!");
        String[] xy = points[i].replace("!", "").split(",");
        x[i] = Double.parseDouble(xy[0]);
        y[i] = Double.parseDouble(xy[1]);
      }
      add(lines, x, y, corner);
    }
    return new Glyph(Double.parseDouble(text.substring(0, blank)), lines);
  }

  /** A curve through all points (Catmull and Rom), as Bézier pieces; a closed one is smooth at its ends too. */
  private static void add(Path2D lines, double[] x, double[] y, boolean[] corner) {
    int n = x.length;
    boolean closed = n > 3 && x[0] == x[n - 1] && y[0] == y[n - 1] && !corner[0] && !corner[n - 1];
    lines.moveTo(x[0], y[0]);
    for (int i = 0; i + 1 < n; i++) {
      int before = i > 0 ? corner[i] ? i : i - 1 : closed ? n - 2 : 0;
      int after = i + 2 < n ? corner[i + 1] ? i + 1 : i + 2 : closed ? 1 : n - 1;
      lines.curveTo(x[i] + (x[i + 1] - x[before]) / 6, y[i] + (y[i + 1] - y[before]) / 6,
          x[i + 1] - (x[after] - x[i]) / 6, y[i + 1] - (y[after] - y[i]) / 6, x[i + 1], y[i + 1]);
    }
  }

  /** The width of a text whose capitals are {@code size} high. */
  static double width(String text, double size) {
    double units = text.codePoints().mapToDouble(c -> advance(c)).sum();
    return Math.max(0, units - GAP) * size / CAPITAL;
  }

  private static double advance(int c) {
    return c == ' ' ? SPACE + GAP : GLYPHS.getOrDefault(c, UNKNOWN).width() + GAP;
  }

  /** The lines of a text whose capitals stand on {@code (x, y)} and are {@code size} high. */
  static Path2D outline(String text, double x, double y, double size) {
    double scale = size / CAPITAL;
    Path2D all = new Path2D.Double();
    double[] at = {x};
    text.codePoints().forEach(c -> {
      if (c != ' ') {
        all.append(GLYPHS.getOrDefault(c, UNKNOWN).lines().getPathIterator(
            new AffineTransform(scale, 0, 0, scale, at[0], y - size)), false);
      }
      at[0] += advance(c) * scale;
    });
    return all;
  }
}
