package dlv.compiler.syntax;

import dlv.compiler.source.Span;
import java.util.Optional;

/** {@code name: type = initial} in a declaration's list: a tensor input or a static parameter. */
public record ParameterSyntax(Name name, TypeSyntax type, Optional<Expression> initial, String doc, Span span) {}
