package dlv.compiler.diagnostic;

import dlv.compiler.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Diagnostics as machines read them: one JSON object with {@code version} and {@code diagnostics}, all of them.
 *
 * <p>Each has {@code code}, {@code severity}, {@code message}, {@code label}, its place ({@code file}, {@code line},
 * {@code column}, {@code endLine}, {@code endColumn}; from 1, columns in code points, the end not included),
 * {@code notes} ({@code text}, and a place where they have one) and {@code helps} ({@code text}, and an {@code edit} of
 * a place and its {@code replacement} where it can be applied).
 */
public final class JsonRenderer {

  private static final int VERSION = 1;

  private JsonRenderer() {}

  /** The diagnostics as one line of JSON. */
  public static String render(List<Diagnostic> diagnostics) {
    return "{\"version\": " + VERSION + ", \"diagnostics\": " + list(diagnostics, JsonRenderer::diagnostic) + "}\n";
  }

  private static String diagnostic(Diagnostic diagnostic) {
    return "{\"code\": " + quote(diagnostic.code())
        + ", \"severity\": " + quote(diagnostic.severity().word())
        + ", \"message\": " + quote(diagnostic.message())
        + ", \"label\": " + quote(diagnostic.label())
        + ", " + place(diagnostic.span())
        + ", \"notes\": " + list(diagnostic.notes(), JsonRenderer::note)
        + ", \"helps\": " + list(diagnostic.helps(), JsonRenderer::help) + "}";
  }

  private static String note(Note note) {
    return "{\"text\": " + quote(note.text()) + note.span().map(span -> ", " + place(span)).orElse("") + "}";
  }

  private static String help(Help help) {
    return "{\"text\": " + quote(help.text()) + help.edit().map(JsonRenderer::edit).orElse("") + "}";
  }

  private static String edit(Edit edit) {
    return ", \"edit\": {" + place(edit.span()) + ", \"replacement\": " + quote(edit.replacement()) + "}";
  }

  private static String place(Span span) {
    return "\"file\": " + quote(span.file().name())
        + ", \"line\": " + span.line()
        + ", \"column\": " + span.column()
        + ", \"endLine\": " + span.file().lineAt(span.end())
        + ", \"endColumn\": " + span.file().columnAt(span.end());
  }

  private static <T> String list(List<T> elements, Function<T, String> json) {
    return elements.stream().map(json).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A JSON string: everything but printable ASCII is escaped, so that no terminal or encoding can spoil it. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c == '\n') {
        quoted.append("\\n");
      } else if (c < ' ' || c > '~') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
