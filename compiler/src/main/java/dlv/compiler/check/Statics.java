package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Static values as parameters want them. */
final class Statics {
  private Statics() {}

  /** A whole number; a quotient with names in it is taken to be whole. */
  static Size whole(Evaluator at, Value value, Span span, String what) {
    if (value instanceof Value.Whole whole) {
      return whole.size();
    }
    if (value instanceof Value.Ratio ratio && !(ratio.over().isConstant() && ratio.under().isConstant())) {
      return ratio.over().wholeDiv(ratio.under());
    }
    if (value instanceof Value.Ratio ratio) {
      throw at.here().report(Diagnostic.error("dimension", span, what + " is a whole number, and " + ratio.text()
          + " is not whole").help("`floor(…)` rounds down"));
    }
    if (value instanceof Value.Real real && real.value() == Math.rint(real.value()) && Math.abs(real.value()) < 1e15) {
      return Size.of((long) real.value());
    }
    throw at.error(value instanceof Value.Formula ? "static" : "argument", span,
        what + " is a whole number, not " + value.text());
  }

  /** A number that is known now. */
  static double number(Evaluator at, Value value, Span span, String what) {
    OptionalDouble number = Arithmetic.number(value);
    if (number.isEmpty() && value instanceof Value.Formula formula && !formula.schedule()) {
      return Double.NaN;
    }
    return number.orElseThrow(() -> at.error("argument", span, what + " is a number, not " + value.text()));
  }

  /** A value as a parameter takes it; reports what does not fit. */
  static Value fit(Evaluator at, Declaration.Parameter parameter, Value value, Span span) {
    String what = "`" + parameter.name() + "`";
    return switch (parameter.takes()) {
      case INT -> new Value.Whole(whole(at, value, span, what));
      case REAL -> Arithmetic.isNumber(value) && !isSchedule(value) ? value : refuse(at, parameter, value, span);
      case SCHEDULE -> Arithmetic.isNumber(value) ? value : refuse(at, parameter, value, span);
      case BOOL -> value instanceof Value.Truth ? value : refuse(at, parameter, value, span);
      case TEXT -> value instanceof Value.Text ? value : refuse(at, parameter, value, span);
      case EXTENT -> extent(at, value, span, what);
      case LIST -> value instanceof Value.Items ? value : refuse(at, parameter, value, span);
      case RANGE -> value instanceof Value.Range ? value : refuse(at, parameter, value, span);
      case NETWORK -> value instanceof Value.Network || value instanceof Value.Template
          || value instanceof Value.Builtin || value instanceof Value.Part
          || value instanceof Value.Waiting ? value : refuse(at, parameter, value, span);
      case CELL -> value instanceof Value.Network network && network.instance().declaration().kind()
          == Declaration.Kind.CELL ? value : refuse(at, parameter, value, span);
      case CHOICE -> choice(at, parameter, value, span);
      case TENSOR -> throw new IllegalArgumentException(what + " is a tensor");
    };
  }

  private static boolean isSchedule(Value value) {
    return value instanceof Value.Formula formula && formula.schedule();
  }

  private static Value refuse(Evaluator at, Declaration.Parameter parameter, Value value, Span span) {
    throw at.here().report(Diagnostic.error(isSchedule(value) ? "static" : "argument", span,
        "`" + parameter.name() + "` takes " + parameter.wants() + ", not " + value.text())
        .note("declared here", parameter.syntax().span()));
  }

  private static Value choice(Evaluator at, Declaration.Parameter parameter, Value value, Span span) {
    String word = value instanceof Value.Choice choice ? choice.word()
        : value instanceof Value.Text text ? text.value() : span.text();
    if (parameter.choices().contains(word)) {
      return new Value.Choice(word);
    }
    Diagnostic diagnostic = Diagnostic.error("unknown-option", span,
        "`" + parameter.name() + "` is " + parameter.wants() + ", not `" + word + "`");
    throw at.here().report(Suggest.help(diagnostic, word, parameter.choices()));
  }

  /** A height and a width: a whole number is both. */
  static Value.Extent extent(Evaluator at, Value value, Span span, String what) {
    if (value instanceof Value.Extent extent) {
      return extent;
    }
    Optional<List<Value>> two = value instanceof Value.Items items ? Optional.of(items.elements())
        : value instanceof Value.Tuple tuple ? Optional.of(tuple.elements()) : Optional.empty();
    if (two.isPresent() && two.get().size() == 2) {
      return new Value.Extent(whole(at, two.get().get(0), span, what), whole(at, two.get().get(1), span, what));
    }
    if (two.isPresent()) {
      throw at.error("argument", span, what + " is a size, [height, width], not " + value.text());
    }
    Size side = whole(at, value, span, what);
    return new Value.Extent(side, side);
  }
}
