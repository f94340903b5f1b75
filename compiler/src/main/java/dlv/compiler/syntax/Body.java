package dlv.compiler.syntax;

import dlv.compiler.source.Span;
import java.util.List;

/** Statements and the answer that follows them, between braces. */
public record Body(List<Statement> statements, Expression answer, Span span) {

  public Body {
    statements = List.copyOf(statements);
  }
}
