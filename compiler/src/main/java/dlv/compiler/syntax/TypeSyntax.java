package dlv.compiler.syntax;

import dlv.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** A type as written: one form, or several between bars such as {@code same | valid}. */
public record TypeSyntax(List<Form> forms, Span span) {

  /**
   * {@code name(argument)[axes]}: {@code float}, {@code float[c, h, w]}, {@code index(V)[T]}, {@code size2}.
   * An axis is any expression; {@code ...} is {@link Expression.Ellipsis}. A scalar has no axes.
   */
  public record Form(Name name, Optional<Expression> argument, List<Expression> axes, Span span) {
    public Form {
      axes = List.copyOf(axes);
    }
  }

  public TypeSyntax {
    forms = List.copyOf(forms);
  }
}
