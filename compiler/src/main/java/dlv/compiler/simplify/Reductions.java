package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Sums and other reductions over less: nested ones join, factors and repetitions leave. */
final class Reductions {
  static final List<Rule> RULES = List.of(
      Rule.of("reduce-one", Op.Reduce.class, Reductions::one),
      Rule.of("reduce-reduce", Op.Reduce.class, Reductions::nested),
      Rule.of("reduce-broadcast", Op.Reduce.class, Reductions::broadcast),
      Rule.of("sum-permute", Op.Reduce.class, Reductions::permute),
      Rule.of("sum-pad", Op.Reduce.class, Reductions::pad),
      new Rule("sum-factor", Op.Reduce.class, Reductions::factor));

  private Reductions() {}

  private static Build at(Node node) {
    return new Build(node.origin());
  }

  /** A reduction over axes of size 1 reads each element alone. */
  private static Node one(Node node) {
    if (!(node.op() instanceof Op.Reduce reduce)
        || !reduce.axes().stream().allMatch(axis -> node.operand(0).dim(axis).is(1))) {
      return null;
    }
    return reduce.reducer() == Op.Reducer.VARIANCE ? at(node).constant(0, node.shape())
        : at(node).reshape(node.operand(0), node.shape());
  }

  private static Node nested(Node node) {
    if (!(node.op() instanceof Op.Reduce outer) || !(node.operand(0).op() instanceof Op.Reduce inner)
        || outer.reducer() != inner.reducer() || outer.reducer() == Op.Reducer.VARIANCE) {
      return null;
    }
    Node x = node.operand(0).operand(0);
    List<Integer> kept = Build.axesWithout(x.rank(), inner.axes());
    var axes = new ArrayList<>(inner.axes());
    outer.axes().forEach(axis -> axes.add(kept.get(axis)));
    axes.sort(Comparator.naturalOrder());
    return at(node).reduce(outer.reducer(), x, axes);
  }

  /** Along an axis that repeats, a sum is a multiple, and a maximum the value itself. */
  private static Node broadcast(Node node) {
    if (!(node.op() instanceof Op.Reduce reduce) || !(node.operand(0).op() instanceof Op.Broadcast broadcast)) {
      return null;
    }
    boolean sum = reduce.reducer() == Op.Reducer.SUM;
    List<Integer> common = reduce.axes().stream().filter(broadcast.axes()::contains).toList();
    if (common.isEmpty() || !sum && reduce.reducer() != Op.Reducer.MAX) {
      return null;
    }
    Node x = Broadcasts.without(node.operand(0), common);
    List<Integer> kept = Build.axesWithout(node.operand(0).rank(), common);
    List<Integer> axes = reduce.axes().stream().filter(kept::contains).map(kept::indexOf).toList();
    Node inner = at(node).reduce(reduce.reducer(), x, axes);
    Dim n = common.stream().map(node.operand(0)::dim).reduce(Dim.ONE, Dim::times);
    return sum ? times(inner, n) : inner;
  }

  /** {@code x · n} for a count {@code n}. */
  static Node times(Node x, Dim n) {
    var build = at(x);
    if (n.isConstant()) {
      return build.mul(x, build.constant(n.value(), x.element(), x.shape()));
    }
    Node count = x.element() == Element.FLOAT ? build.map(Scalar.TO_FLOAT, build.size(n)) : build.size(n);
    return build.mul(x, build.fill(count, x.shape()));
  }

  private static boolean isSum(Node node) {
    return node.is(Op.Reducer.SUM);
  }

  private static Node permute(Node node) {
    if (!(node.op() instanceof Op.Reduce reduce) || !(node.operand(0).op() instanceof Op.Permute permute)) {
      return null;
    }
    var axes = new ArrayList<>(reduce.axes().stream().map(permute.axes()::get).toList());
    axes.sort(Comparator.naturalOrder());
    List<Integer> left = Build.axesWithout(node.operand(0).rank(), axes);
    List<Integer> order = Build.axesWithout(node.operand(0).rank(), reduce.axes()).stream()
        .map(axis -> left.indexOf(permute.axes().get(axis))).toList();
    return at(node).permute(at(node).reduce(reduce.reducer(), node.operand(0).operand(0), axes), order);
  }

  /** Zeros add nothing. */
  private static Node pad(Node node) {
    return isSum(node) && node.operand(0).op() instanceof Op.Pad pad
        && ((Op.Reduce) node.op()).axes().contains(pad.axis())
        ? at(node).sum(node.operand(0).operand(0), ((Op.Reduce) node.op()).axes()) : null;
  }

  /** A factor that is the same for all elements of a sum, or a sign, multiplies the sum. */
  private static Node factor(Node node, Predicate<Node> once) {
    if (!isSum(node) || node.element() != Element.FLOAT || !once.test(node.operand(0))) {
      return null;
    }
    List<Integer> axes = ((Op.Reduce) node.op()).axes();
    Node x = node.operand(0);
    if (x.is(Scalar.NEG)) {
      return at(node).neg(at(node).sum(x.operand(0), axes));
    }
    if (!x.is(Scalar.MUL)) {
      return null;
    }
    for (int i = 1; i >= 0; i--) {
      if (Broadcasts.axes(x.operand(i)).containsAll(axes)) {
        return at(node).mul(at(node).sum(x.operand(1 - i), axes), Broadcasts.without(x.operand(i), axes));
      }
    }
    return null;
  }
}
