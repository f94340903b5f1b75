package dlv.compiler.simplify;

import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What constants alone decide is computed now: one value in any shape, or a small table element by element. */
final class Constants {
  /** The largest table that is folded, in elements. */
  private static final int TABLE = 256;

  static final List<Rule> RULES = List.of(
      Rule.of("size-known", Op.Size.class, Constants::size),
      Rule.of("map-uniform", Op.Map.class, Constants::map),
      Rule.of("view-uniform", Op.class, Constants::view),
      Rule.of("pad-zeros", Op.class, Constants::pad),
      Rule.of("concat-uniform", Op.Concat.class, Constants::concat),
      Rule.of("reduce-uniform", Op.Reduce.class, Constants::reduce),
      Rule.of("table", Op.class, Constants::table));

  private Constants() {}

  /** Whether {@code node} is one constant value in every place. */
  static boolean isUniform(Node node) {
    return node.op() instanceof Op.Constant c && c.values().stream().distinct().count() == 1;
  }

  /** The value of a uniform constant. */
  static double value(Node uniform) {
    return ((Op.Constant) uniform.op()).values().get(0);
  }

  private static Node like(Node node, double value) {
    return new Build(node.origin()).constant(value, node.element(), node.shape());
  }

  private static Node size(Node node) {
    return node.op() instanceof Op.Size size && size.dim().isConstant() ? like(node, size.dim().value()) : null;
  }

  private static Node map(Node node) {
    if (!node.is(Op.Map.class) || !node.operands().stream().allMatch(Constants::isUniform)) {
      return null;
    }
    List<Array> values = node.operands().stream().map(o -> Array.scalar(o.element(), value(o))).toList();
    var build = new Build(node.origin());
    Node scalar = build.map(((Op.Map) node.op()).function(), node.operands().stream()
        .map(o -> build.constant(value(o), o.element(), Shape.SCALAR)).toArray(Node[]::new));
    return like(node, Interpreter.evaluate(scalar, values, Bindings.of(Map.of())).data()[0]);
  }

  private static boolean isView(Node node) {
    return node.is(Op.Reshape.class) || node.is(Op.Permute.class) || node.is(Op.Broadcast.class)
        || node.is(Op.Slice.class) || node.is(Op.Window.class) || node.is(Op.Gather.class);
  }

  private static Node view(Node node) {
    return isView(node) && isUniform(node.operand(0)) ? like(node, value(node.operand(0))) : null;
  }

  private static Node pad(Node node) {
    boolean zeros = (node.is(Op.Pad.class) || node.is(Op.Fold.class)) && node.operand(0).isConstant(0);
    return zeros ? like(node, 0) : null;
  }

  private static Node concat(Node node) {
    if (!node.is(Op.Concat.class) || !node.operands().stream().allMatch(Constants::isUniform)) {
      return null;
    }
    boolean same = node.operands().stream().mapToDouble(Constants::value).distinct().count() == 1;
    return same ? like(node, value(node.operand(0))) : null;
  }

  private static Node reduce(Node node) {
    if (!(node.op() instanceof Op.Reduce reduce) || !isUniform(node.operand(0))) {
      return null;
    }
    double value = value(node.operand(0));
    Dim n = reduce.axes().stream().map(node.operand(0)::dim).reduce(Dim.ONE, Dim::times);
    return switch (reduce.reducer()) {
      case MAX -> like(node, value);
      case VARIANCE -> like(node, 0);
      case LOGSUMEXP -> n.isConstant() ? like(node, value + Math.log(n.value())) : null;
      case SUM -> n.isConstant() || value == 0 ? like(node, value == 0 ? 0 : value * n.value()) : count(node, n);
    };
  }

  /** The sum of a constant along axes whose sizes are names. */
  private static Node count(Node node, Dim n) {
    if (node.element() != Element.FLOAT) {
      return null;
    }
    var build = new Build(node.origin());
    Node times = build.map(Scalar.TO_FLOAT, build.size(n));
    return build.fill(build.scale(times, value(node.operand(0))), node.shape());
  }

  private static Node table(Node node) {
    boolean small = !node.operands().isEmpty() && node.shape().isConstant()
        && node.operands().stream().allMatch(o -> o.is(Op.Constant.class) && isSmall(o)) && isSmall(node);
    if (!small || node.is(Op.Random.class) || node.operands().stream().allMatch(o -> elements(o) < elements(node))) {
      return null;
    }
    var nothing = Bindings.of(Map.of());
    List<Array> values = node.operands().stream().map(o -> Interpreter.evaluate(o, List.of(), nothing)).toList();
    var data = Arrays.stream(Interpreter.evaluate(node, values, nothing).data()).boxed().toList();
    return new Build(node.origin()).node(new Op.Constant(data, node.element(), node.shape()));
  }

  private static boolean isSmall(Node node) {
    return node.shape().isConstant() && elements(node) > 0 && elements(node) <= TABLE;
  }

  private static long elements(Node node) {
    return node.shape().elements().value();
  }
}
