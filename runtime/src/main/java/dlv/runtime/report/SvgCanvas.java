package dlv.runtime.report;

import java.util.List;
import java.util.Locale;

/** Draws as SVG, text included as text. */
final class SvgCanvas implements Canvas {
  private static final double CAPITAL_OF_EM = 0.72;
  private static final double LETTER_OF_EM = 0.56;

  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;

  SvgCanvas(int width, int height) {
    this.width = width;
    this.height = height;
  }

  @Override
  public void box(double x, double y, double boxWidth, double boxHeight, int colour) {
    add("  <rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>\n", n(x), n(y), n(boxWidth), n(boxHeight),
        hex(colour));
  }

  @Override
  public void line(List<Point> points, double lineWidth, int colour, double opacity) {
    StringBuilder path = new StringBuilder();
    points.forEach(p -> path.append(path.isEmpty() ? "" : " ").append(n(p.x())).append(',').append(n(p.y())));
    add("  <polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-opacity=\"%s\""
        + " stroke-linejoin=\"round\"/>\n", path, hex(colour), n(lineWidth), n(opacity));
  }

  @Override
  public void dot(double x, double y, double radius, int colour) {
    add("  <circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>\n", n(x), n(y), n(radius), hex(colour));
  }

  @Override
  public void text(String text, double x, double y, double size, Anchor anchor, int colour) {
    add("  <text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n", n(x), n(y),
        n(size / CAPITAL_OF_EM), anchor.name().toLowerCase(Locale.ROOT), hex(colour), escaped(text));
  }

  /** About how wide a text is; the reader's fonts decide. */
  static double width(String text, double size) {
    return text.length() * LETTER_OF_EM * size / CAPITAL_OF_EM;
  }

  private void add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values));
  }

  private static String n(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  private static String hex(int colour) {
    return String.format("#%06x", colour);
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> {
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        default -> out.appendCodePoint(c < ' ' || c >= 0xD800 && c < 0xE000 || c == 0xFFFE || c == 0xFFFF ? '?' : c);
      }
    });
    return out.toString();
  }

  /** The document. */
  String document() {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 "
        + width + " " + height + "\" font-family=\"Helvetica, Arial, sans-serif\">\n" + body + "</svg>\n";
  }
}
