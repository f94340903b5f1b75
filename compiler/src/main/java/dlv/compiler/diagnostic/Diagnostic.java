package dlv.compiler.diagnostic;

import dlv.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing the compiler has to say: a stable code, a message, the place, and ways out.
 *
 * <p>Built by adding to it, each step a new value:
 * <pre>{@code
 * Diagnostic.error("shape", span, "Dense(120) gets 2704 features").label("16*13*13").help("drop `m: 400`")
 * }</pre>
 *
 * @param code a short word that stays the same between versions, such as {@code shape} or {@code name}
 * @param message one sentence without a full stop
 * @param span where it is wrong
 * @param label what stands at that place, shown beside the carets; empty if there is nothing to add
 */
public record Diagnostic(
    String code, Severity severity, String message, Span span, String label, List<Note> notes, List<Help> helps) {

  public Diagnostic {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(span, "span");
    Objects.requireNonNull(label, "label");
    notes = List.copyOf(notes);
    helps = List.copyOf(helps);
  }

  public static Diagnostic error(String code, Span span, String message) {
    return new Diagnostic(code, Severity.ERROR, message, span, "", List.of(), List.of());
  }

  public static Diagnostic warning(String code, Span span, String message) {
    return new Diagnostic(code, Severity.WARNING, message, span, "", List.of(), List.of());
  }

  /** Says what stands at the place. */
  public Diagnostic label(String text) {
    return new Diagnostic(code, severity, message, span, text, notes, helps);
  }

  /** Adds a fact without a place. */
  public Diagnostic note(String text) {
    return with(new Note(text, Optional.empty()));
  }

  /** Adds a fact that stands at another place, such as where the name was declared first. */
  public Diagnostic note(String text, Span at) {
    return with(new Note(text, Optional.of(at)));
  }

  /** Adds a way out in words. */
  public Diagnostic help(String text) {
    return with(new Help(text, Optional.empty()));
  }

  /** Adds a way out that can be applied: the text at {@code at} gives way to {@code replacement}. */
  public Diagnostic help(String text, Span at, String replacement) {
    return with(new Help(text, Optional.of(new Edit(at, replacement))));
  }

  /** {@code file:line:column: error[code]: message}. */
  @Override
  public String toString() {
    return span + ": " + severity.word() + "[" + code + "]: " + message;
  }

  private Diagnostic with(Note note) {
    return new Diagnostic(code, severity, message, span, label, append(notes, note), helps);
  }

  private Diagnostic with(Help help) {
    return new Diagnostic(code, severity, message, span, label, notes, append(helps, help));
  }

  private static <T> List<T> append(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
