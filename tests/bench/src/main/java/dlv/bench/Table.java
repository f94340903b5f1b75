package dlv.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in Markdown, columns lined up, the first to the left and the others to the right. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these headings. */
  Table(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a line, with as many cells as there are headings. */
  Table row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(cells.length + " cells under " + rows.get(0).size() + " headings");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** Prints it under a title. */
  void print(String title, PrintStream out) {
    int columns = rows.get(0).size();
    int[] width = new int[columns];
    rows.forEach(row -> {
      for (int i = 0; i < columns; i++) {
        width[i] = Math.max(width[i], row.get(i).length());
      }
    });
    out.println();
    out.println("## " + title);
    out.println();
    for (int r = 0; r < rows.size(); r++) {
      out.println(line(rows.get(r), width));
      if (r == 0) {
        out.println(rule(width));
      }
    }
    out.flush();
  }

  private static String line(List<String> cells, int[] width) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < width.length; i++) {
      String gap = " ".repeat(width[i] - cells.get(i).length());
      line.append(' ').append(i == 0 ? cells.get(i) + gap : gap + cells.get(i)).append(" |");
    }
    return line.toString();
  }

  private static String rule(int[] width) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < width.length; i++) {
      line.append(i == 0 ? "-".repeat(width[i] + 2) : "-".repeat(width[i] + 1) + ":").append('|');
    }
    return line.toString();
  }

  /** A time with a unit that suits it. */
  static String time(double seconds) {
    return seconds >= 1 ? number("%.2f s", seconds)
        : seconds >= 1e-3 ? number("%.2f ms", seconds * 1e3) : number("%.0f µs", seconds * 1e6);
  }

  /** A number as {@link String#format} writes it, with a point. */
  static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
