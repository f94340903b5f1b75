package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Repetition moves towards the readers, so that what is computed is computed on the smaller value. */
final class Broadcasts {
  static final List<Rule> RULES = List.of(
      Rule.of("broadcast-broadcast", Op.Broadcast.class, Broadcasts::nested),
      Rule.of("permute-broadcast", Op.Permute.class, Broadcasts::permute),
      Rule.of("map-broadcast", Op.Map.class, Broadcasts::map),
      Rule.of("sign-of-broadcast", Op.Map.class, Broadcasts::sign),
      Rule.of("divide-by-broadcast", Op.Map.class, Broadcasts::divide),
      Rule.of("multiply-broadcasts", Op.Map.class, Broadcasts::chain));

  private Broadcasts() {}

  private static Build at(Node node) {
    return new Build(node.origin());
  }

  /** The axes of {@code node} along which it repeats; a uniform constant repeats along all. */
  static List<Integer> axes(Node node) {
    if (Constants.isUniform(node)) {
      return IntStream.range(0, node.rank()).boxed().toList();
    }
    return node.op() instanceof Op.Broadcast b ? b.axes() : List.of();
  }

  /** {@code node} without the axes {@code removed}, along all of which it repeats. */
  static Node without(Node node, List<Integer> removed) {
    Shape left = node.shape().without(removed);
    if (Constants.isUniform(node)) {
      return at(node).constant(Constants.value(node), node.element(), left);
    }
    List<Integer> kept = Build.axesWithout(node.rank(), removed);
    List<Integer> places = axes(node).stream().filter(axis -> !removed.contains(axis)).map(kept::indexOf).toList();
    return at(node).broadcast(node.operand(0), places, places.stream().map(left::dim).toList());
  }

  private static Node nested(Node node) {
    if (!(node.op() instanceof Op.Broadcast outer) || !(node.operand(0).op() instanceof Op.Broadcast inner)) {
      return null;
    }
    List<Integer> kept = Build.axesWithout(node.rank(), outer.axes());
    var axes = new ArrayList<>(outer.axes());
    inner.axes().forEach(axis -> axes.add(kept.get(axis)));
    axes.sort(Comparator.naturalOrder());
    return at(node).spread(node.operand(0).operand(0), axes, node.shape());
  }

  /** The repeated value is permuted, then repeated where the permutation put the new axes. */
  private static Node permute(Node node) {
    if (!(node.op() instanceof Op.Permute permute) || !(node.operand(0).op() instanceof Op.Broadcast broadcast)) {
      return null;
    }
    List<Integer> kept = Build.axesWithout(node.rank(), broadcast.axes());
    List<Integer> order = permute.axes().stream().filter(kept::contains).map(kept::indexOf).toList();
    List<Integer> axes = IntStream.range(0, node.rank()).boxed()
        .filter(i -> broadcast.axes().contains(permute.axes().get(i))).toList();
    return at(node).spread(at(node).permute(node.operand(0).operand(0), order), axes, node.shape());
  }

  /** A map whose operands all repeat along an axis is computed once and repeated. */
  private static Node map(Node node) {
    if (!node.is(Op.Map.class) || node.operands().stream().allMatch(Constants::isUniform)) {
      return null;
    }
    List<Integer> common = IntStream.range(0, node.rank()).boxed()
        .filter(axis -> node.operands().stream().allMatch(o -> axes(o).contains(axis))).toList();
    if (common.isEmpty()) {
      return null;
    }
    Node inner = at(node).node(node.op(),
        node.operands().stream().map(o -> without(o, common)).toArray(Node[]::new));
    return at(node).spread(inner, common, node.shape());
  }

  /** {@code spread(-s) · b = -(spread(s) · b)}: a sign under a broadcast joins the sum outside. */
  private static Node sign(Node node) {
    if (!node.is(Scalar.MUL)) {
      return null;
    }
    for (int i = 0; i < 2; i++) {
      Node a = node.operand(i);
      if (a.op() instanceof Op.Broadcast broadcast && a.operand(0).is(Scalar.NEG)) {
        Node positive = at(a).spread(a.operand(0).operand(0), broadcast.axes(), a.shape());
        return at(node).neg(at(node).mul(positive, node.operand(1 - i)));
      }
    }
    return null;
  }

  /** {@code x / spread(b) = x · spread(1 / b)}. */
  private static Node divide(Node node) {
    if (!node.is(Scalar.DIV) || !(node.operand(1).op() instanceof Op.Broadcast broadcast)
        || axes(node.operand(0)).stream().anyMatch(broadcast.axes()::contains)) {
      return null;
    }
    Node b = node.operand(1).operand(0);
    Node inverse = at(node).div(at(node).constant(1, b.shape()), b);
    return at(node).mul(node.operand(0), at(node).spread(inverse, broadcast.axes(), node.shape()));
  }

  /** {@code (x · spread a) · spread b = x · spread(a · b)} where both repeat along some axis; b may be constant. */
  private static Node chain(Node node) {
    if (!node.is(Scalar.MUL) || node.element() != Element.FLOAT) {
      return null;
    }
    for (int i = 0; i < 2; i++) {
      Node b = node.operand(1 - i);
      Node product = node.operand(i);
      if (!product.is(Scalar.MUL) || !repeats(b)) {
        continue;
      }
      for (int j = 0; j < 2; j++) {
        Node a = product.operand(j);
        Node x = product.operand(1 - j);
        if (a.is(Op.Broadcast.class) && !repeats(x) && axes(a).stream().anyMatch(axes(b)::contains)) {
          List<Integer> common = axes(a).stream().filter(axes(b)::contains).toList();
          Node small = at(node).mul(without(a, common), without(b, common));
          return at(node).mul(x, at(node).spread(small, common, node.shape()));
        }
      }
    }
    return null;
  }

  private static boolean repeats(Node node) {
    return node.is(Op.Broadcast.class) || Constants.isUniform(node);
  }
}
