package dlv.compiler.diagnostic;

import java.util.List;

/** The source cannot be compiled; carries the reasons, in the order of their places. */
public final class CompileException extends RuntimeException {

  private final List<Diagnostic> diagnostics;

  public CompileException(List<Diagnostic> diagnostics) {
    super(diagnostics.isEmpty() ? "nothing to say" : diagnostics.get(0).toString(), null, false, true);
    this.diagnostics = List.copyOf(diagnostics);
  }

  public CompileException(Diagnostic diagnostic) {
    this(List.of(diagnostic));
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
