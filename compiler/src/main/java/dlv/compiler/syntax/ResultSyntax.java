package dlv.compiler.syntax;

import dlv.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** What follows the arrow of a declaration: a type, a named one, or several named ones in parentheses. */
public record ResultSyntax(List<Output> outputs, Span span) {

  /** One result. Only a single result can be without a name. */
  public record Output(Optional<Name> name, TypeSyntax type, Span span) {}

  public ResultSyntax {
    outputs = List.copyOf(outputs);
  }
}
