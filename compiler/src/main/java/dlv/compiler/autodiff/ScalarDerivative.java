package dlv.compiler.autodiff;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Element;

/** The derivative of each scalar function, written in its result where that saves keeping the operand. */
final class ScalarDerivative {
  private ScalarDerivative() {}

  /** Whether a change of operand {@code i} changes the result smoothly somewhere. */
  static boolean flows(Scalar function, int i) {
    return switch (function) {
      case ADD, SUB, MUL, DIV, POW, MIN, MAX, NEG, ABS, EXP, LOG, LOG1P, EXPM1, SQRT, RSQRT, SIN, COS, TANH, SIGMOID,
          RELU, SOFTPLUS, ERF, TO_FLOAT -> true;
      case SELECT -> i > 0;
      case SIGN, FLOOR, EQ, NE, LT, LE, AND, OR, NOT, TO_INT, TO_BF16, IDIV, IMOD, DETACH -> false;
    };
  }

  /** The adjoint of operand {@code i} of the map {@code y}, whose own adjoint is {@code g}. */
  static Node of(Node y, int i, Node g) {
    var build = new Build(y.origin());
    Node a = y.operand(0);
    Node b = y.operands().size() > 1 ? y.operand(1) : null;
    return switch (((Op.Map) y.op()).function()) {
      case ADD, TO_FLOAT -> g;
      case SUB -> i == 0 ? g : build.neg(g);
      case MUL -> build.mul(g, i == 0 ? b : a);
      case DIV -> i == 0 ? build.div(g, b) : build.neg(build.div(build.mul(g, y), b));
      case POW -> build.mul(g, i == 0 ? base(build, a, b) : exponent(build, a, y));
      case MIN -> gate(build, g, i == 0 ? build.map(Scalar.LE, a, b) : build.map(Scalar.LT, b, a));
      case MAX -> gate(build, g, i == 0 ? build.map(Scalar.LE, b, a) : build.map(Scalar.LT, a, b));
      case SELECT -> i == 1 ? gate(build, g, a) : build.select(a, zeros(build, g), g);
      case NEG -> build.neg(g);
      case ABS -> build.mul(g, build.map(Scalar.SIGN, a));
      case EXP -> build.mul(g, y);
      case LOG -> build.div(g, a);
      case LOG1P -> build.div(g, plus(build, a, 1));
      case EXPM1 -> build.mul(g, plus(build, y, 1));
      case SQRT -> build.div(build.scale(g, 0.5), y);
      case RSQRT -> build.mul(build.scale(g, -0.5), build.mul(y, build.mul(y, y)));
      case SIN -> build.mul(g, build.map(Scalar.COS, a));
      case COS -> build.neg(build.mul(g, build.map(Scalar.SIN, a)));
      case TANH -> build.mul(g, oneMinus(build, build.mul(y, y)));
      case SIGMOID -> build.mul(g, build.mul(y, oneMinus(build, y)));
      case RELU -> gate(build, g, build.map(Scalar.LT, zeros(build, y), y));
      case SOFTPLUS -> build.mul(g, build.map(Scalar.SIGMOID, a));
      case ERF -> build.mul(build.scale(g, 2 / Math.sqrt(Math.PI)),
          build.map(Scalar.EXP, build.neg(build.mul(a, a))));
      case SIGN, FLOOR, EQ, NE, LT, LE, AND, OR, NOT, TO_INT, TO_BF16, IDIV, IMOD, DETACH ->
          throw new IllegalArgumentException(y + " has no derivative");
    };
  }

  /** d a^b / da = b · a^(b-1). */
  private static Node base(Build build, Node a, Node b) {
    return build.mul(b, build.map(Scalar.POW, a, plus(build, b, -1)));
  }

  /** d a^b / db = a^b · log a; 0 at a = 0, where the product tends to it. */
  private static Node exponent(Build build, Node a, Node y) {
    Node positive = build.map(Scalar.LT, zeros(build, a), a);
    Node safe = build.select(positive, a, build.constant(1, a.shape()));
    return build.mul(y, build.map(Scalar.LOG, safe));
  }

  private static Node gate(Build build, Node g, Node condition) {
    return build.select(condition, g, zeros(build, g));
  }

  private static Node zeros(Build build, Node like) {
    return build.constant(0, Element.FLOAT, like.shape());
  }

  private static Node plus(Build build, Node a, double value) {
    return build.add(a, build.constant(value, a.shape()));
  }

  private static Node oneMinus(Build build, Node a) {
    return build.sub(build.constant(1, a.shape()), a);
  }
}
