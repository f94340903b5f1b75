package dlv.compiler.diagnostic;

import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Diagnostics as people read them on a terminal:
 *
 * <pre>
 * error[shape]: Dense(120) was fitted for 400 features, and gets 2704
 *   --&gt; lenet64.dlv:9:8
 *    |
 *  9 |     -&gt; Dense(120, m: 400)
 *    |        ^^^^^ Flatten gives 16*13*13 = 2704
 * help: drop `m: 400` and let it be inferred
 * </pre>
 *
 * At most {@value #MOST} are shown, errors before warnings, and then how many more there are.
 */
public final class TextRenderer {

  private static final int MOST = 20;

  /** A place to underline, with what stands beside it. */
  private record Mark(Span span, String label, boolean primary) {}

  private final boolean colour;
  private final StringBuilder out = new StringBuilder();

  private TextRenderer(boolean colour) {
    this.colour = colour;
  }

  /** The diagnostics as text that ends with a line end; empty if there are none. */
  public static String render(List<Diagnostic> diagnostics, boolean colour) {
    TextRenderer renderer = new TextRenderer(colour);
    List<Diagnostic> worstFirst = new ArrayList<>(diagnostics);
    worstFirst.sort(Comparator.comparing(Diagnostic::severity));
    worstFirst.stream().limit(MOST).forEach(renderer::render);
    int more = diagnostics.size() - MOST;
    if (more > 0) {
      renderer.out.append(String.format(Locale.ROOT, "and %,d more\n", more));
    }
    return renderer.out.toString();
  }

  /** A text without the characters that would disturb a terminal. */
  public static String printable(String text) {
    return ShownLine.printable(text);
  }

  /** A text of one line or several, those after the first set in. */
  private static String lines(String text) {
    return text.lines().map(line -> ShownLine.printable(line.strip())).collect(Collectors.joining("\n  "));
  }

  private void render(Diagnostic diagnostic) {
    Style style = diagnostic.severity() == Severity.ERROR ? Style.ERROR : Style.WARNING;
    paint(style, diagnostic.severity().word() + "[" + diagnostic.code() + "]");
    paint(Style.STRONG, ": " + lines(diagnostic.message()));
    out.append('\n');

    SourceFile file = diagnostic.span().file();
    List<Mark> marks = new ArrayList<>();
    marks.add(new Mark(diagnostic.span(), diagnostic.label(), true));
    List<Note> elsewhere = new ArrayList<>();
    for (Note note : diagnostic.notes()) {
      if (note.span().isPresent() && note.span().get().file() == file) {
        marks.add(new Mark(note.span().get(), note.text(), false));
      } else {
        elsewhere.add(note);
      }
    }
    snippet(diagnostic.span(), marks, style);
    for (Note note : elsewhere) {
      paint(Style.STRONG, "note");
      out.append(": ").append(ShownLine.printable(note.text())).append('\n');
      note.span().ifPresent(at -> snippet(at, List.of(new Mark(at, "", true)), Style.GUTTER));
    }
    for (Help help : diagnostic.helps()) {
      paint(Style.HELP, "help");
      out.append(": ").append(lines(help.text())).append('\n');
    }
    out.append('\n');
  }

  /** The place, and the lines of all marks with carets under them. */
  private void snippet(Span at, List<Mark> marks, Style style) {
    boolean hasText = !at.file().text().isEmpty();
    if (!hasText && at.file().name().isEmpty()) {
      return;
    }
    TreeMap<Integer, List<Mark>> lines = new TreeMap<>();
    for (Mark mark : marks) {
      lines.computeIfAbsent(mark.span().line(), line -> new ArrayList<>()).add(mark);
    }
    int digits = Integer.toString(lines.lastKey()).length();
    out.append(" ".repeat(digits + 1));
    paint(Style.GUTTER, "--> ");
    out.append(ShownLine.printable(hasText ? at.toString() : at.file().name())).append('\n');
    if (!hasText) {
      return;
    }
    gutter(digits, "");
    out.append('\n');
    int before = 0;
    for (var line : lines.entrySet()) {
      if (before != 0 && line.getKey() > before + 1) {
        paint(Style.GUTTER, " ".repeat(digits) + "...");
        out.append('\n');
      }
      before = line.getKey();
      line(at.file(), before, digits, line.getValue(), style);
    }
  }

  private void line(SourceFile file, int number, int digits, List<Mark> marks, Style style) {
    String text = file.line(number);
    int start = file.lineStart(number);
    ShownLine shown = new ShownLine(text, marks.get(0).span().start() - start);
    gutter(digits, Integer.toString(number));
    out.append(shown.text().isEmpty() ? "" : " " + shown.text()).append('\n');
    marks.sort(Comparator.comparing((Mark mark) -> !mark.primary()).thenComparing(mark -> -mark.span().start()));
    for (Mark mark : marks) {
      int from = shown.column(mark.span().start() - start);
      int to = shown.column(Math.min(mark.span().end() - start, text.length()));
      String carets = (mark.primary() ? "^" : "-").repeat(Math.max(1, to - from));
      String label = mark.label().isEmpty() ? "" : " " + ShownLine.printable(mark.label());
      gutter(digits, "");
      out.append(" ".repeat(from + 1));
      paint(mark.primary() ? style : Style.GUTTER, carets + label);
      out.append('\n');
    }
  }

  private void gutter(int digits, String number) {
    paint(Style.GUTTER, " " + " ".repeat(digits - number.length()) + number + " |");
  }

  private void paint(Style style, String text) {
    out.append(style.paint(text, colour));
  }
}
