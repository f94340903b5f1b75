package dlv.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what a stage has to say, so that all of it is reported together. */
public final class Diagnostics {

  private static final Comparator<Diagnostic> BY_PLACE =
      Comparator.comparing((Diagnostic d) -> d.span().file().name())
          .thenComparingInt(d -> d.span().start())
          .thenComparingInt(d -> d.span().end())
          .thenComparing(Diagnostic::severity);

  private record Identity(String code, String message, String file, int start) {}

  private final Map<Identity, Diagnostic> found = new LinkedHashMap<>();
  private int errors;

  /** Adds a diagnostic, unless the same has been said about the same place. */
  public void add(Diagnostic diagnostic) {
    var span = diagnostic.span();
    var identity = new Identity(diagnostic.code(), diagnostic.message(), span.file().name(), span.start());
    boolean isNew = found.putIfAbsent(identity, diagnostic) == null;
    if (isNew && diagnostic.severity() == Severity.ERROR) {
      errors++;
    }
  }

  public void addAll(List<Diagnostic> diagnostics) {
    diagnostics.forEach(this::add);
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All diagnostics, by file and place, each said once. */
  public List<Diagnostic> list() {
    List<Diagnostic> sorted = new ArrayList<>(found.values());
    sorted.sort(BY_PLACE);
    return List.copyOf(sorted);
  }

  /**
   * Ends the stage if there are errors.
   *
   * @throws CompileException carrying everything collected so far
   */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw new CompileException(list());
    }
  }
}
