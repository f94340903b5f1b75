package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.syntax.Expression;
import dlv.runtime.train.Shown;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a report names: the mean of an expression over all rows, or {@code exp(overall(x))}, a function of the mean.
 *
 * @param x whose mean is taken
 * @param shown the function, where there is one
 */
record Overall(Expression x, Optional<Shown> shown) {
  private static final String NAME = "overall";

  static List<Primitive> all() {
    return List.of(Primitive.of(NAME, "x", call -> {
      throw call.evaluator().here().report(Diagnostic.error("argument", call.span(), "`overall(x)`, the mean over all"
          + " rows, is known once all of them are seen: it stands in a report, alone or in `exp`, `log` or `sqrt`")
          .help("write `report name = exp(overall(x))`"));
    }));
  }

  static Overall of(Expression written) {
    Optional<Expression> alone = argument(written, NAME);
    for (Shown shown : Shown.values()) {
      Optional<Expression> mean = argument(written, shown.name().toLowerCase(Locale.ROOT))
          .flatMap(inner -> argument(inner, NAME));
      if (mean.isPresent()) {
        return new Overall(mean.get(), Optional.of(shown));
      }
    }
    return new Overall(alone.orElse(written), Optional.empty());
  }

  /** The argument of a call of one function with one argument. */
  private static Optional<Expression> argument(Expression written, String function) {
    return written instanceof Expression.Call call && call.arguments().size() == 1
        && call.function() instanceof Expression.Reference name && name.name().equals(function)
        ? Optional.of(call.arguments().get(0).value()) : Optional.empty();
  }
}
