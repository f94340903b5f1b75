package dlv.compiler.diagnostic;

import dlv.compiler.source.Span;
import dlv.runtime.json.Json;
import java.util.List;

/**
 * Diagnostics as machines read them: one JSON object with {@code version} and {@code diagnostics}, all of them.
 *
 * <p>Each has {@code code}, {@code severity}, {@code message}, {@code label}, its {@code place} ({@code file},
 * {@code line}, {@code column}, {@code endLine}, {@code endColumn}; from 1, columns in code points, the end not
 * included), {@code notes} ({@code text}, and a {@code place} where they have one) and {@code helps} ({@code text}, and
 * where it can be applied an {@code edit} of a {@code place} and its {@code replacement}).
 */
public final class JsonRenderer {

  private static final int VERSION = 1;

  private JsonRenderer() {}

  /** The diagnostics as one line of JSON, with a line end. */
  public static String render(List<Diagnostic> diagnostics) {
    return Json.object()
        .put("version", VERSION)
        .put("diagnostics", diagnostics, JsonRenderer::diagnostic)
        .build()
        .toLine() + "\n";
  }

  private static Json diagnostic(Diagnostic diagnostic) {
    return Json.object()
        .put("code", diagnostic.code())
        .put("severity", diagnostic.severity().word())
        .put("message", diagnostic.message())
        .put("label", diagnostic.label())
        .put("place", place(diagnostic.span()))
        .put("notes", diagnostic.notes(), JsonRenderer::note)
        .put("helps", diagnostic.helps(), JsonRenderer::help)
        .build();
  }

  private static Json note(Note note) {
    var json = Json.object().put("text", note.text());
    note.span().ifPresent(span -> json.put("place", place(span)));
    return json.build();
  }

  private static Json help(Help help) {
    var json = Json.object().put("text", help.text());
    help.edit().ifPresent(edit -> json.put("edit", Json.object()
        .put("place", place(edit.span()))
        .put("replacement", edit.replacement())
        .build()));
    return json.build();
  }

  private static Json place(Span span) {
    return Json.object()
        .put("file", span.file().name())
        .put("line", span.line())
        .put("column", span.column())
        .put("endLine", span.file().lineAt(span.end()))
        .put("endColumn", span.file().columnAt(span.end()))
        .build();
  }
}
