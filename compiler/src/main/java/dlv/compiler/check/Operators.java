package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Scalar;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.BinaryOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The operators between two values: exact where both are static, elementwise where one is a tensor. */
final class Operators {
  private final Evaluator evaluator;
  private final Span at;
  private final Elementwise elementwise;

  private Operators(Evaluator evaluator, Span at) {
    this.evaluator = evaluator;
    this.at = at;
    this.elementwise = new Elementwise(evaluator.here(), at);
  }

  static Operators of(Evaluator evaluator, Span at) {
    return new Operators(evaluator, at);
  }

  Value apply(BinaryOperator operator, Value a, Value b) {
    try {
      return dispatch(operator, a, b);
    } catch (IllegalArgumentException e) {
      throw refuse(operator, a, b);
    } catch (ArithmeticException e) {
      throw evaluator.error("number", at, e.getMessage().contains("zero")
          ? "this divides by zero" : "this number is beyond 63 bits");
    }
  }

  private Value dispatch(BinaryOperator operator, Value a, Value b) {
    boolean tensors = a instanceof Value.Tensor || b instanceof Value.Tensor;
    return switch (operator) {
      case OR, AND -> tensors ? elementwise.apply(operator == BinaryOperator.OR ? Scalar.OR : Scalar.AND, a, b)
          : logic(operator, a, b);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          tensors ? comparison(operator, a, b)
              : new Arithmetic(evaluator.here().build(at)).compare(operator, a, b).orElseThrow(() -> refuse(operator,
                  a, b));
      case RANGE -> new Value.Range(a, b);
      case MATRIX_PRODUCT -> product(a, b);
      default -> tensors ? arithmetic(operator, a, b)
          : new Arithmetic(evaluator.here().build(at)).combine(operator, a, b).orElseThrow(() -> refuse(operator, a,
              b));
    };
  }

  private Failed refuse(BinaryOperator operator, Value a, Value b) {
    return evaluator.error("type", at, "`" + operator.symbol() + "` does not go between " + a.text() + " and "
        + b.text());
  }

  private Value logic(BinaryOperator operator, Value a, Value b) {
    boolean or = operator == BinaryOperator.OR;
    for (Value value : List.of(a, b)) {
      if (value instanceof Value.Truth truth && truth.value() == or) {
        return truth;
      }
      if (!(value instanceof Value.Truth) && !(value instanceof Value.Undecided)) {
        throw refuse(operator, a, b);
      }
    }
    return a instanceof Value.Undecided ? a : b;
  }

  private Value comparison(BinaryOperator operator, Value a, Value b) {
    return switch (operator) {
      case EQUAL -> elementwise.apply(Scalar.EQ, a, b);
      case NOT_EQUAL -> elementwise.apply(Scalar.NE, a, b);
      case LESS -> elementwise.apply(Scalar.LT, a, b);
      case LESS_OR_EQUAL -> elementwise.apply(Scalar.LE, a, b);
      case GREATER -> elementwise.apply(Scalar.LT, b, a);
      default -> elementwise.apply(Scalar.LE, b, a);
    };
  }

  private Value arithmetic(BinaryOperator operator, Value a, Value b) {
    return switch (operator) {
      case PLUS -> elementwise.apply(Scalar.ADD, a, b);
      case MINUS -> elementwise.apply(Scalar.SUB, a, b);
      case TIMES -> elementwise.apply(Scalar.MUL, a, b);
      case DIVIDE -> elementwise.apply(Scalar.DIV, a, b);
      default -> power(a, b);
    };
  }

  /** Small whole exponents are products, which have better gradients than powers. */
  private Value power(Value base, Value exponent) {
    boolean small = exponent instanceof Value.Whole whole && whole.size().isConstant()
        && whole.size().value().value() >= 1 && whole.size().value().value() <= 8;
    if (!small) {
      return elementwise.apply(Scalar.POW, base, exponent);
    }
    Value product = base;
    for (long i = 1; i < ((Value.Whole) exponent).size().value().value(); i++) {
      product = elementwise.apply(Scalar.MUL, product, base);
    }
    return product;
  }

  /** {@code a @ b}: the last axis of a with the last but one of b, or with its only one; axes before are shared. */
  private Value product(Value left, Value right) {
    if (!(left instanceof Value.Tensor a) || !(right instanceof Value.Tensor b)) {
      throw refuse(BinaryOperator.MATRIX_PRODUCT, left, right);
    }
    int summed = b.rank() == 1 ? 0 : b.rank() - 2;
    boolean shapes = a.rank() >= 1 && b.rank() >= 1 && (b.rank() <= 2 || a.rank() == b.rank());
    boolean fits = shapes && a.shape().dim(a.rank() - 1).equals(b.shape().dim(summed));
    for (int axis = 0; fits && b.rank() > 2 && axis < b.rank() - 2; axis++) {
      fits = a.shape().dim(axis).equals(b.shape().dim(axis));
    }
    if (!fits) {
      throw evaluator.error("shape", at, a.text() + " @ " + b.text() + ": the last axis of the left is summed with "
          + (b.rank() < 2 ? "the axis of the right" : "the last axis but one of the right") + ", and they differ");
    }
    List<Integer> la = IntStream.range(0, a.rank()).boxed().toList();
    List<Integer> lb = new ArrayList<>(la.subList(0, Math.max(0, b.rank() - 2)));
    lb.add(a.rank() - 1);
    List<Integer> out = new ArrayList<>(la.subList(0, a.rank() - 1));
    var declared = new ArrayList<>(a.declared().subList(0, a.rank() - 1));
    if (b.rank() > 1) {
      lb.add(a.rank());
      out.add(a.rank());
      declared.add(b.declared().get(b.rank() - 1));
    }
    var real = new RealPlaces(evaluator.here(), at);
    boolean masks = !real.differing(a, List.of(a.rank() - 1)).isEmpty();
    Node x = real.masked(a, List.of(a.rank() - 1), 0).node();
    Node y = masks ? b.node() : real.masked(b, List.of(summed), 0).node();
    Node node = evaluator.here().build(at).node(new dlv.compiler.ir.Op.Contract(la, lb, out), x, y);
    return new Value.Tensor(node, declared, Optional.empty());
  }
}
