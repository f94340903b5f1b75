package dlv.compiler.ir;

import dlv.compiler.type.Element;
import java.util.List;

/**
 * What is known of the elements of a node where the place looked at, s, comes after the place that is told of, t. It is
 * found out operation by operation; a comparison of positions is what it begins with.
 */
sealed interface Beyond {
  /** A score of this or less is out of reach: its exponential is 0, and what it is added to changes nothing about that. */
  double OUT_OF_REACH = -1e6;

  /** The number {@code s·ofMemory + t·ofRow + constant}. */
  record Line(double ofMemory, double ofRow, double constant) implements Beyond {
    boolean isConstant() {
      return ofMemory == 0 && ofRow == 0;
    }

    Line plus(Line other, double factor) {
      return new Line(ofMemory + factor * other.ofMemory, ofRow + factor * other.ofRow,
          constant + factor * other.constant);
    }

    Line times(double factor) {
      return new Line(0, 0, 0).plus(this, factor);
    }

    /** The least value for 0 <= t < s. */
    double least() {
      return ofMemory < 0 || ofMemory + ofRow < 0 ? Double.NEGATIVE_INFINITY : ofMemory + constant;
    }
  }

  /** What is not known as a number. */
  enum Word implements Beyond {
    /** Out of reach, though it may depend on what comes later. */
    FAR,
    /** Any number, of nothing that comes later. */
    SAME,
    /** Any number. */
    UNKNOWN
  }

  static Line number(double value) {
    return new Line(0, 0, value);
  }

  /** Whether a node that is not made of others is known as a line. */
  static Beyond leaf(Node node, View view) {
    if (node.op() instanceof Op.Constant constant && constant.values().stream().distinct().count() == 1) {
      return number(constant.values().get(0));
    }
    if (node.is(Op.Index.class) && view.axes() == 1) {
      return view.isMemory() ? new Line(1, 0, 0) : new Line(0, 1, 0);
    }
    return Word.SAME;
  }

  /** Of a result, by what is known of the operands. */
  static Beyond of(Node node, List<Beyond> operands) {
    Op op = node.op();
    if (op instanceof Op.Map map) {
      return mapped(map.function(), node.operand(0).element(), operands);
    }
    boolean product = op instanceof Op.Contract;
    if (op instanceof Op.Broadcast || op instanceof Op.Permute || op instanceof Op.Reshape || op instanceof Op.Slice) {
      return operands.get(0);
    }
    boolean nothing = product ? operands.stream().anyMatch(Beyond::isZero)
        : op instanceof Op.Reduce && isZero(operands.get(0)) && node.is(Op.Reducer.SUM);
    return nothing ? number(0) : rest(operands);
  }

  /** Whether a sum over all places looked at depends on none that comes after. */
  static boolean isCausal(Node node, List<Beyond> operands) {
    if (node.op() instanceof Op.Contract) {
      return operands.stream().anyMatch(Beyond::isZero) || operands.stream().allMatch(Beyond::isKnown);
    }
    boolean scores = node.is(Op.Reducer.MAX) || node.is(Op.Reducer.LOGSUMEXP);
    return isKnown(operands.get(0)) || scores && isFar(operands.get(0));
  }

  private static Beyond rest(List<Beyond> operands) {
    return operands.stream().allMatch(Beyond::isKnown) ? Word.SAME : Word.UNKNOWN;
  }

  private static boolean isKnown(Beyond value) {
    return value instanceof Line || value == Word.SAME;
  }

  private static boolean isConstant(Beyond value) {
    return value instanceof Line line && line.isConstant();
  }

  private static boolean isZero(Beyond value) {
    return value instanceof Line line && line.isConstant() && line.constant() == 0;
  }

  private static boolean isFar(Beyond value) {
    return value == Word.FAR || value instanceof Line line && line.isConstant() && line.constant() <= OUT_OF_REACH;
  }

  private static Beyond mapped(Scalar function, Element element, List<Beyond> x) {
    if (function == Scalar.SELECT) {
      return x.get(0) instanceof Line line && line.isConstant() ? x.get(line.constant() != 0 ? 1 : 2)
          : isKnown(x.get(0)) ? either(x.get(1), x.get(2)) : Word.UNKNOWN;
    }
    if (x.stream().allMatch(Beyond::isConstant)) {
      List<Double> numbers = x.stream().map(value -> ((Line) value).constant()).toList();
      return number(ScalarValue.of(function, element, numbers.get(0), numbers.get(Math.min(1, x.size() - 1)),
          numbers.get(x.size() - 1)));
    }
    if (x.stream().allMatch(Line.class::isInstance)) {
      Line a = (Line) x.get(0);
      return ofLines(function, a, x.size() > 1 ? (Line) x.get(1) : a);
    }
    return absorbed(function, x.get(0), x.get(x.size() - 1));
  }

  private static Beyond either(Beyond a, Beyond b) {
    return a.equals(b) ? a : isFar(a) && isFar(b) ? Word.FAR : rest(List.of(a, b));
  }

  private static Beyond ofLines(Scalar function, Line a, Line b) {
    double least = a.plus(b, -1).least();
    double most = -b.plus(a, -1).least();
    return switch (function) {
      case ADD -> a.plus(b, 1);
      case SUB -> a.plus(b, -1);
      case NEG -> a.times(-1);
      case TO_FLOAT, TO_INT -> a;
      case MUL -> b.isConstant() ? a.times(b.constant()) : a.isConstant() ? b.times(a.constant()) : Word.SAME;
      case LT -> least >= 0 ? number(0) : most < 0 ? number(1) : Word.SAME;
      case LE -> least > 0 ? number(0) : most <= 0 ? number(1) : Word.SAME;
      case EQ -> least > 0 || most < 0 ? number(0) : Word.SAME;
      case NE -> least > 0 || most < 0 ? number(1) : Word.SAME;
      default -> Word.SAME;
    };
  }

  /** What one operand decides, whatever the other is. */
  private static Beyond absorbed(Scalar function, Beyond a, Beyond b) {
    boolean decided = switch (function) {
      case MUL, AND -> isZero(a) || isZero(b);
      case EXP, SIGMOID, RELU, SOFTPLUS -> isFar(a);
      default -> false;
    };
    if (decided) {
      return number(0);
    }
    boolean far = function == Scalar.ADD && (isFar(a) || isFar(b)) || function == Scalar.SUB && isFar(a) && !isFar(b);
    boolean yes = function == Scalar.OR && (a.equals(number(1)) || b.equals(number(1)));
    return far ? Word.FAR : yes ? number(1) : rest(List.of(a, b));
  }
}
