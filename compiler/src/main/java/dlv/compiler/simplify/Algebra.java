package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Element;
import java.util.List;
import java.util.function.Predicate;

/**
 * Identities of scalar functions. Constants move to the right of a sum or product and signs to the outside, so that
 * equal values meet in one form.
 */
final class Algebra {
  static final List<Rule> RULES = List.of(
      Rule.of("constant-right", Op.Map.class, Algebra::constantRight),
      Rule.of("add", Op.Map.class, Algebra::add),
      Rule.of("subtract", Op.Map.class, Algebra::sub),
      Rule.of("multiply", Op.Map.class, Algebra::mul),
      Rule.of("multiply-constants", Op.Map.class, Algebra::mulConstants),
      Rule.of("divide", Op.Map.class, Algebra::div),
      Rule.of("power", Op.Map.class, Algebra::pow),
      Rule.of("complement-of-power", Op.Map.class, Algebra::complementOfPower),
      Rule.of("negate", Op.Map.class, Algebra::neg),
      new Rule("common-factor", Op.Map.class, Algebra::commonFactor),
      Rule.of("select", Op.Map.class, Algebra::select),
      Rule.of("logic", Op.Map.class, Algebra::logic),
      Rule.of("identity", Op.Map.class, Algebra::identity));

  private Algebra() {}

  private static Build at(Node node) {
    return new Build(node.origin());
  }

  private static Node zeros(Node like) {
    return at(like).constant(0, like.element(), like.shape());
  }

  private static Node constantRight(Node node) {
    boolean commutes = node.is(Scalar.ADD) || node.is(Scalar.MUL) || node.is(Scalar.MIN) || node.is(Scalar.MAX);
    return commutes && node.operand(0).is(Op.Constant.class) && !node.operand(1).is(Op.Constant.class)
        ? at(node).map(((Op.Map) node.op()).function(), node.operand(1), node.operand(0)) : null;
  }

  private static Node add(Node node) {
    if (!node.is(Scalar.ADD)) {
      return null;
    }
    Node a = node.operand(0);
    Node b = node.operand(1);
    if (b.isConstant(0)) {
      return a;
    }
    if (b.is(Scalar.NEG)) {
      return at(node).sub(a, b.operand(0));
    }
    return a.is(Scalar.NEG) ? at(node).sub(b, a.operand(0)) : null;
  }

  private static Node sub(Node node) {
    if (!node.is(Scalar.SUB)) {
      return null;
    }
    Node a = node.operand(0);
    Node b = node.operand(1);
    if (b.isConstant(0)) {
      return a;
    }
    if (a.isConstant(0)) {
      return at(node).neg(b);
    }
    return b.is(Scalar.NEG) ? at(node).add(a, b.operand(0)) : null;
  }

  /** {@code 1 - c^t} loses its digits where c is near 1; {@code -expm1(t log c)} keeps them. */
  private static Node complementOfPower(Node node) {
    if (!node.is(Scalar.SUB) || !node.operand(0).isConstant(1) || !node.operand(1).is(Scalar.POW)) {
      return null;
    }
    Node base = node.operand(1).operand(0);
    boolean single = base.op() instanceof Op.Constant c && c.values().size() == 1 && c.values().get(0) > 0;
    if (!single) {
      return null;
    }
    double log = Math.log(((Op.Constant) base.op()).values().get(0));
    Build build = at(node);
    return build.neg(build.map(Scalar.EXPM1, build.scale(node.operand(1).operand(1), log)));
  }

  private static Node mul(Node node) {
    if (!node.is(Scalar.MUL)) {
      return null;
    }
    Node a = node.operand(0);
    Node b = node.operand(1);
    if (b.isConstant(0)) {
      return zeros(node);
    }
    if (b.isConstant(1)) {
      return a;
    }
    if (b.isConstant(-1)) {
      return at(node).neg(a);
    }
    if (a.is(Scalar.NEG)) {
      return at(node).neg(at(node).mul(a.operand(0), b));
    }
    return b.is(Scalar.NEG) ? at(node).neg(at(node).mul(a, b.operand(0))) : null;
  }

  /** {@code (x · c) · d = x · (c · d)}, and a constant goes to the outside of a product. */
  private static Node mulConstants(Node node) {
    if (!node.is(Scalar.MUL) || node.element() != Element.FLOAT) {
      return null;
    }
    Node a = node.operand(0);
    Node b = node.operand(1);
    if (hasConstantFactor(a)) {
      return b.is(Op.Constant.class) ? at(node).mul(a.operand(0), at(node).mul(a.operand(1), b))
          : at(node).mul(at(node).mul(a.operand(0), b), a.operand(1));
    }
    return hasConstantFactor(b) ? at(node).mul(at(node).mul(a, b.operand(0)), b.operand(1)) : null;
  }

  private static boolean hasConstantFactor(Node node) {
    return node.is(Scalar.MUL) && Constants.isUniform(node.operand(1)) && !node.operand(0).is(Op.Constant.class);
  }

  private static Node div(Node node) {
    if (!node.is(Scalar.DIV)) {
      return null;
    }
    Node a = node.operand(0);
    Node b = node.operand(1);
    if (b.isConstant(1)) {
      return a;
    }
    if (a.is(Scalar.NEG)) {
      return at(node).neg(at(node).div(a.operand(0), b));
    }
    if (b.is(Scalar.SQRT)) {
      return at(node).mul(a, at(b).map(Scalar.RSQRT, b.operand(0)));
    }
    boolean reciprocal = Constants.isUniform(b) && Double.isFinite(1 / Constants.value(b));
    return reciprocal ? at(node).scale(a, 1 / Constants.value(b)) : null;
  }

  private static Node pow(Node node) {
    if (!node.is(Scalar.POW) || !Constants.isUniform(node.operand(1))) {
      return null;
    }
    Node x = node.operand(0);
    double n = Constants.value(node.operand(1));
    if (n == 0) {
      return at(node).constant(1, node.shape());
    }
    if (n == 1) {
      return x;
    }
    if (n == 2) {
      return at(node).mul(x, x);
    }
    if (n == -1) {
      return at(node).div(at(node).constant(1, node.shape()), x);
    }
    return n == 0.5 ? at(node).map(Scalar.SQRT, x) : n == -0.5 ? at(node).map(Scalar.RSQRT, x) : null;
  }

  private static Node neg(Node node) {
    if (!node.is(Scalar.NEG)) {
      return null;
    }
    Node x = node.operand(0);
    if (x.is(Scalar.NEG)) {
      return x.operand(0);
    }
    if (x.is(Scalar.SUB)) {
      return at(node).sub(x.operand(1), x.operand(0));
    }
    boolean scaled = hasConstantFactor(x) && x.element() == Element.FLOAT;
    return scaled ? at(node).scale(x.operand(0), -Constants.value(x.operand(1))) : null;
  }

  /** {@code a·b ± a·c = a · (b ± c)}. */
  private static Node commonFactor(Node node, Predicate<Node> once) {
    boolean sum = node.is(Scalar.ADD) || node.is(Scalar.SUB);
    if (!sum || !node.operands().stream().allMatch(o -> o.is(Scalar.MUL) && once.test(o))) {
      return null;
    }
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        Node factor = node.operand(0).operand(i);
        if (factor == node.operand(1).operand(j)) {
          Node inner = at(node).map(((Op.Map) node.op()).function(), node.operand(0).operand(1 - i),
              node.operand(1).operand(1 - j));
          return at(node).mul(factor, inner);
        }
      }
    }
    return null;
  }

  private static Node select(Node node) {
    if (!node.is(Scalar.SELECT)) {
      return null;
    }
    Node condition = node.operand(0);
    Node then = node.operand(1);
    Node otherwise = node.operand(2);
    if (Constants.isUniform(condition)) {
      return Constants.value(condition) != 0 ? then : otherwise;
    }
    boolean equal = then == otherwise || Constants.isUniform(then) && Constants.isUniform(otherwise)
        && Constants.value(then) == Constants.value(otherwise);
    if (equal) {
      return then;
    }
    return condition.is(Scalar.NOT) ? at(node).select(condition.operand(0), otherwise, then) : null;
  }

  private static Node logic(Node node) {
    if (node.is(Scalar.NOT)) {
      return node.operand(0).is(Scalar.NOT) ? node.operand(0).operand(0) : null;
    }
    if (!node.is(Scalar.AND) && !node.is(Scalar.OR)) {
      return null;
    }
    double neutral = node.is(Scalar.AND) ? 1 : 0;
    for (int i = 0; i < 2; i++) {
      if (Constants.isUniform(node.operand(i))) {
        return Constants.value(node.operand(i)) == neutral ? node.operand(1 - i) : node.operand(i);
      }
    }
    return node.operand(0) == node.operand(1) ? node.operand(0) : null;
  }

  /** Functions that change nothing here. */
  private static Node identity(Node node) {
    if (!node.is(Op.Map.class)) {
      return null;
    }
    Node x = node.operand(0);
    boolean same = node.is(Scalar.DETACH)
        || (node.is(Scalar.TO_FLOAT) || node.is(Scalar.TO_INT)) && x.element() == node.element()
        || node.is(Scalar.RELU) && x.is(Scalar.RELU)
        || (node.is(Scalar.MIN) || node.is(Scalar.MAX)) && x == node.operand(1);
    return same ? x : null;
  }
}
