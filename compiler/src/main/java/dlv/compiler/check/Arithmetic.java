package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.syntax.BinaryOperator;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Calculations with static values. Whole numbers stay exact; {@code /} never truncates. */
final class Arithmetic {
  private final Build build;

  Arithmetic(Build build) {
    this.build = build;
  }

  static boolean isNumber(Value value) {
    return value instanceof Value.Whole || value instanceof Value.Ratio || value instanceof Value.Real
        || value instanceof Value.Formula;
  }

  /** The number that a value is now; empty where it waits for dimensions or is a schedule. */
  static OptionalDouble number(Value value) {
    if (value instanceof Value.Real real) {
      return OptionalDouble.of(real.value());
    }
    if (value instanceof Value.Whole whole && whole.size().isConstant()) {
      return OptionalDouble.of(whole.size().value().value());
    }
    if (value instanceof Value.Ratio ratio && ratio.over().isConstant() && ratio.under().isConstant()) {
      return OptionalDouble.of((double) ratio.over().value().value() / ratio.under().value().value());
    }
    return OptionalDouble.empty();
  }

  /** A number as a float of rank 0. */
  Node node(Value value) {
    OptionalDouble known = number(value);
    if (known.isPresent()) {
      return build.constant(known.getAsDouble(), Shape.SCALAR);
    }
    if (value instanceof Value.Formula formula) {
      return formula.node();
    }
    if (value instanceof Value.Whole whole) {
      return node(whole.size());
    }
    Value.Ratio ratio = (Value.Ratio) value;
    return build.div(node(ratio.over()), node(ratio.under()));
  }

  private Node node(Size size) {
    return build.map(Scalar.TO_FLOAT, build.size(size.value()));
  }

  private static boolean schedule(Value value) {
    return value instanceof Value.Formula formula && formula.schedule();
  }

  /** The result of an arithmetic operator; empty where the operands are not for it. */
  Optional<Value> combine(BinaryOperator operator, Value a, Value b) {
    if (a instanceof Value.Extent || b instanceof Value.Extent) {
      return extents(operator, a, b);
    }
    if (a instanceof Value.Items || b instanceof Value.Items) {
      return items(operator, a, b);
    }
    if (!isNumber(a) || !isNumber(b)) {
      return Optional.empty();
    }
    return Optional.of(numbers(operator, a, b));
  }

  private Value numbers(BinaryOperator operator, Value a, Value b) {
    Optional<Value> exact = exact(operator, a, b);
    if (exact.isPresent()) {
      return exact.get();
    }
    OptionalDouble x = number(a);
    OptionalDouble y = number(b);
    if (x.isPresent() && y.isPresent()) {
      return new Value.Real(switch (operator) {
        case PLUS -> x.getAsDouble() + y.getAsDouble();
        case MINUS -> x.getAsDouble() - y.getAsDouble();
        case TIMES -> x.getAsDouble() * y.getAsDouble();
        case DIVIDE -> quotient(x.getAsDouble(), y.getAsDouble());
        default -> Math.pow(x.getAsDouble(), y.getAsDouble());
      });
    }
    Scalar function = switch (operator) {
      case PLUS -> Scalar.ADD;
      case MINUS -> Scalar.SUB;
      case TIMES -> Scalar.MUL;
      case DIVIDE -> Scalar.DIV;
      default -> Scalar.POW;
    };
    return new Value.Formula(build.map(function, node(a), node(b)), schedule(a) || schedule(b));
  }

  private static double quotient(double a, double b) {
    if (b == 0) {
      throw new ArithmeticException("division by zero");
    }
    return a / b;
  }

  private Optional<Value> exact(BinaryOperator operator, Value a, Value b) {
    if (a instanceof Value.Whole m && b instanceof Value.Whole n) {
      return switch (operator) {
        case PLUS -> Optional.of(new Value.Whole(m.size().plus(n.size())));
        case MINUS -> Optional.of(new Value.Whole(m.size().minus(n.size())));
        case TIMES -> Optional.of(new Value.Whole(m.size().times(n.size())));
        case DIVIDE -> Optional.of(ratio(m.size(), n.size()));
        default -> power(m.size(), n.size());
      };
    }
    if (a instanceof Value.Ratio r && b instanceof Value.Whole n) {
      return switch (operator) {
        case PLUS -> Optional.of(ratio(r.over().plus(n.size().times(r.under())), r.under()));
        case MINUS -> Optional.of(ratio(r.over().minus(n.size().times(r.under())), r.under()));
        case TIMES -> Optional.of(ratio(r.over().times(n.size()), r.under()));
        case DIVIDE -> Optional.of(ratio(r.over(), r.under().times(n.size())));
        default -> Optional.empty();
      };
    }
    if (a instanceof Value.Whole && b instanceof Value.Ratio) {
      return switch (operator) {
        case PLUS, TIMES -> exact(operator, b, a);
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  private static Value ratio(Size over, Size under) {
    if (under.is(0)) {
      throw new ArithmeticException("division by zero");
    }
    boolean exact = over.value().exactDiv(under.value()).isPresent();
    return exact ? new Value.Whole(over.floorDiv(under)) : new Value.Ratio(over, under);
  }

  private static Optional<Value> power(Size base, Size exponent) {
    if (!exponent.isConstant() || exponent.value().value() < 0 || exponent.value().value() > 64) {
      return Optional.empty();
    }
    Size product = Size.of(1);
    for (long i = 0; i < exponent.value().value(); i++) {
      product = product.times(base);
    }
    return Optional.of(new Value.Whole(product));
  }

  private Optional<Value> extents(BinaryOperator operator, Value a, Value b) {
    var h = side(a, true).flatMap(x -> side(b, true).flatMap(y -> combine(operator, x, y)));
    var w = side(a, false).flatMap(x -> side(b, false).flatMap(y -> combine(operator, x, y)));
    if (h.isPresent() && w.isPresent() && h.get() instanceof Value.Whole p && w.get() instanceof Value.Whole q) {
      return Optional.of(new Value.Extent(p.size(), q.size()));
    }
    return Optional.empty();
  }

  private static Optional<Value> side(Value value, boolean height) {
    if (value instanceof Value.Extent extent) {
      return Optional.of(new Value.Whole(height ? extent.h() : extent.w()));
    }
    return isNumber(value) ? Optional.of(value) : Optional.empty();
  }

  private Optional<Value> items(BinaryOperator operator, Value a, Value b) {
    int length = a instanceof Value.Items items ? items.elements().size() : ((Value.Items) b).elements().size();
    if (b instanceof Value.Items other && other.elements().size() != length) {
      return Optional.empty();
    }
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Optional<Value> result = combine(operator, element(a, i), element(b, i));
      if (result.isEmpty()) {
        return Optional.empty();
      }
      results.add(result.get());
    }
    return Optional.of(new Value.Items(results));
  }

  private static Value element(Value value, int i) {
    return value instanceof Value.Items items ? items.elements().get(i) : value;
  }

  /** The result of a comparison; empty where the operands cannot be compared. */
  Optional<Value> compare(BinaryOperator operator, Value a, Value b) {
    boolean equality = operator == BinaryOperator.EQUAL || operator == BinaryOperator.NOT_EQUAL;
    if (isNumber(a) && isNumber(b)) {
      return Optional.of(compareNumbers(operator, a, b));
    }
    if (equality && a.getClass() == b.getClass() && !(a instanceof Value.Tensor)) {
      return Optional.of(new Value.Truth(a.equals(b) == (operator == BinaryOperator.EQUAL)));
    }
    return Optional.empty();
  }

  private static Value compareNumbers(BinaryOperator operator, Value a, Value b) {
    OptionalDouble x = number(a);
    OptionalDouble y = number(b);
    if (a instanceof Value.Whole m && b instanceof Value.Whole n) {
      Dim difference = m.size().value().minus(n.size().value());
      if (difference.isConstant()) {
        return new Value.Truth(holds(operator, Long.compare(difference.value(), 0)));
      }
    }
    return x.isPresent() && y.isPresent()
        ? new Value.Truth(holds(operator, Double.compare(x.getAsDouble(), y.getAsDouble())))
        : new Value.Undecided(schedule(a) || schedule(b));
  }

  private static boolean holds(BinaryOperator operator, int order) {
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      default -> order >= 0;
    };
  }

  /** A list of numbers, or of such lists, as a tensor; empty where it is ragged or holds something else. */
  Optional<Value.Tensor> tensor(Value value) {
    List<Double> values = new ArrayList<>();
    List<Dim> dims = new ArrayList<>();
    boolean regular = collect(value, 0, dims, values);
    return regular && !values.isEmpty()
        ? Optional.of(Value.Tensor.of(build.node(new Op.Constant(values, Element.FLOAT, new Shape(dims)))))
        : Optional.empty();
  }

  private static boolean collect(Value value, int depth, List<Dim> dims, List<Double> values) {
    if (value instanceof Value.Items items) {
      Dim size = Dim.of(items.elements().size());
      if (dims.size() == depth && values.isEmpty()) {
        dims.add(size);
      }
      return dims.size() > depth && dims.get(depth).equals(size)
          && items.elements().stream().allMatch(element -> collect(element, depth + 1, dims, values));
    }
    OptionalDouble number = number(value);
    number.ifPresent(values::add);
    return number.isPresent() && dims.size() == depth;
  }
}
