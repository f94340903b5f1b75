package dlv.compiler.check;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Element;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Between what bounds the elements of a tensor lie, as far as that follows from bytes of data: pixels, above all. */
final class Ranges {
  private static final double BYTES = 255;

  /** Both bounds are reached or not; nothing lies outside of them. They are floats, as what is computed on devices. */
  private record Range(double low, double high) {
    private Range {
      low = (float) low;
      high = (float) high;
    }

    Range with(Range other) {
      return other == null ? null : new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    Range rising(DoubleUnaryOperator f) {
      return new Range(f.applyAsDouble(low), f.applyAsDouble(high));
    }

    /** Of a function that is largest and smallest at corners. */
    Range corners(Range other, DoubleBinaryOperator f) {
      double a = f.applyAsDouble(low, other.low);
      double b = f.applyAsDouble(low, other.high);
      double c = f.applyAsDouble(high, other.low);
      double d = f.applyAsDouble(high, other.high);
      return new Range(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }
  }

  private final Map<Node, Range> known = new IdentityHashMap<>();

  private Ranges() {}

  static List<Primitive> all() {
    return List.of(Primitive.of("bounds", "x", Ranges::bounds));
  }

  /** The least and the greatest number as a list; an empty list where they are not known, or follow from no data. */
  private static Value bounds(Arguments call) {
    Node x = call.tensor("x").node();
    var ranges = new Ranges();
    boolean ofData = false;
    for (Node node : Graph.topological(List.of(x))) {
      ofData |= isBytes(node);
      Range range = ranges.of(node);
      if (range != null) {
        ranges.known.put(node, range);
      }
    }
    Range range = ofData ? ranges.known.get(x) : null;
    return new Value.Items(range == null ? List.of()
        : List.of(new Value.Real(range.low()), new Value.Real(range.high())));
  }

  private static boolean isBytes(Node node) {
    return node.op() instanceof Op.Input input && input.element() == Element.BYTE;
  }

  private Range at(Node node, int operand) {
    return known.get(node.operands().get(operand));
  }

  /** The range of a node whose operands have been seen; null where it is not known. */
  private Range of(Node node) {
    if (isBytes(node)) {
      return new Range(0, BYTES);
    } else if (node.op() instanceof Op.Constant constant && !constant.values().isEmpty()) {
      return new Range(Collections.min(constant.values()), Collections.max(constant.values()));
    } else if (node.op() instanceof Op.Map map) {
      return of(map.function(), node);
    }
    Range first = node.operands().isEmpty() ? null : at(node, 0);
    boolean moves = node.is(Op.Reshape.class) || node.is(Op.Permute.class) || node.is(Op.Broadcast.class)
        || node.is(Op.Slice.class) || node.is(Op.Window.class) || node.is(Op.Gather.class);
    if (first == null || moves) {
      return first;
    } else if (node.is(Op.Pad.class)) {
      return first.with(new Range(0, 0));
    } else if (node.is(Op.Concat.class)) {
      return node.operands().stream().map(known::get).reduce(first, (a, b) -> a == null ? null : a.with(b));
    }
    return null;
  }

  private Range of(Scalar function, Node node) {
    Range a = at(node, function == Scalar.SELECT ? 1 : 0);
    Range b = function == Scalar.SELECT ? at(node, 2) : function.arity() > 1 ? at(node, 1) : a;
    if (a == null || b == null) {
      return function == Scalar.TANH ? new Range(-1, 1) : function == Scalar.SIGMOID ? new Range(0, 1) : null;
    }
    return switch (function) {
      case ADD -> a.corners(b, Double::sum);
      case SUB -> a.corners(b, (x, y) -> x - y);
      case MUL -> a.corners(b, (x, y) -> x * y);
      case DIV -> b.low() > 0 || b.high() < 0 ? a.corners(b, (x, y) -> x / y) : null;
      case MIN -> a.corners(b, Math::min);
      case MAX -> a.corners(b, Math::max);
      case SELECT -> a.with(b);
      case NEG -> new Range(-a.high(), -a.low());
      case TANH -> a.rising(Math::tanh);
      case SIGMOID -> a.rising(x -> 1 / (1 + Math.exp(-x)));
      case RELU -> a.rising(x -> Math.max(x, 0));
      case TO_FLOAT, DETACH -> a;
      default -> null;
    };
  }
}
