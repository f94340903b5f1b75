package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Products by labels: orders of axes are labels, repetition and sums around a product change its labels. */
final class Products {
  static final List<Rule> RULES = List.of(
      Rule.of("product-permute", Op.Contract.class, Products::permutedOperand),
      new Rule("permute-product", Op.Permute.class, Products::permutedResult),
      Rule.of("product-broadcast", Op.Contract.class, Products::repeatedOperand),
      new Rule("sum-product", Op.Reduce.class, Products::summedResult),
      Rule.of("product-elementwise", Op.Contract.class, Products::elementwise),
      Rule.of("product-zero", Op.Contract.class, Products::zero));

  private Products() {}

  private static Build at(Node node) {
    return new Build(node.origin());
  }

  private static List<Integer> labels(Op.Contract op, int i) {
    return i == 0 ? op.a() : op.b();
  }

  /** {@code node} with operand {@code i} and its labels replaced. */
  private static Node with(Node node, int i, Node operand, List<Integer> labels, List<Integer> out) {
    var op = (Op.Contract) node.op();
    return i == 0 ? at(node).node(new Op.Contract(labels, op.b(), out), operand, node.operand(1))
        : at(node).node(new Op.Contract(op.a(), labels, out), node.operand(0), operand);
  }

  private static Node permutedOperand(Node node) {
    if (!(node.op() instanceof Op.Contract op)) {
      return null;
    }
    for (int i = 0; i < 2; i++) {
      if (node.operand(i).op() instanceof Op.Permute permute) {
        var labels = new Integer[node.operand(i).rank()];
        for (int axis = 0; axis < labels.length; axis++) {
          labels[permute.axes().get(axis)] = labels(op, i).get(axis);
        }
        return with(node, i, node.operand(i).operand(0), List.of(labels), op.out());
      }
    }
    return null;
  }

  private static Node permutedResult(Node node, Predicate<Node> once) {
    if (node.op() instanceof Op.Permute permute && node.operand(0).op() instanceof Op.Contract op
        && once.test(node.operand(0))) {
      List<Integer> out = permute.axes().stream().map(op.out()::get).toList();
      return at(node.operand(0)).node(new Op.Contract(op.a(), op.b(), out),
          node.operand(0).operands().toArray(Node[]::new));
    }
    return null;
  }

  /**
   * An operand that repeats along a label loses it: if the other operand sums over it, that is summed first; if only
   * this one has it, the result repeats.
   */
  private static Node repeatedOperand(Node node) {
    if (!(node.op() instanceof Op.Contract op)) {
      return null;
    }
    for (int i = 0; i < 2; i++) {
      List<Integer> axes = Broadcasts.axes(node.operand(i));
      if (!axes.isEmpty()) {
        return repeated(node, op, i, axes);
      }
    }
    return null;
  }

  private static Node repeated(Node node, Op.Contract op, int i, List<Integer> axes) {
    List<Integer> mine = labels(op, i);
    List<Integer> other = labels(op, 1 - i);
    List<Integer> gone = axes.stream().map(mine::get).toList();
    List<Integer> summed = gone.stream().filter(l -> !op.out().contains(l)).toList();
    List<Integer> outer = gone.stream().filter(l -> !other.contains(l)).toList();
    var sumAxes = summed.stream().map(other::indexOf).sorted().toList();
    Node rest = at(node).sum(node.operand(1 - i), sumAxes);
    Node small = Broadcasts.without(node.operand(i), axes);
    List<Integer> smallLabels = mine.stream().filter(l -> !gone.contains(l)).toList();
    List<Integer> restLabels = other.stream().filter(l -> !summed.contains(l)).toList();
    List<Integer> out = op.out().stream().filter(l -> !outer.contains(l)).toList();
    Node inner = i == 0 ? at(node).node(new Op.Contract(smallLabels, restLabels, out), small, rest)
        : at(node).node(new Op.Contract(restLabels, smallLabels, out), rest, small);
    return at(node).spread(inner, outer.stream().map(op.out()::indexOf).sorted().toList(), node.shape());
  }

  /** A sum of a product over a shared label sums over one label more; over a free one, the operand is summed first. */
  private static Node summedResult(Node node, Predicate<Node> once) {
    if (!(node.op() instanceof Op.Reduce reduce) || reduce.reducer() != Op.Reducer.SUM
        || !(node.operand(0).op() instanceof Op.Contract op) || !once.test(node.operand(0))) {
      return null;
    }
    List<Integer> gone = reduce.axes().stream().map(op.out()::get).toList();
    List<Integer> out = op.out().stream().filter(l -> !gone.contains(l)).toList();
    var operands = new ArrayList<Node>();
    var labels = new ArrayList<List<Integer>>();
    for (int i = 0; i < 2; i++) {
      List<Integer> mine = labels(op, i);
      List<Integer> other = labels(op, 1 - i);
      List<Integer> alone = mine.stream().filter(l -> gone.contains(l) && !other.contains(l)).toList();
      operands.add(at(node).sum(node.operand(0).operand(i), alone.stream().map(mine::indexOf).sorted().toList()));
      labels.add(mine.stream().filter(l -> !alone.contains(l)).toList());
    }
    return at(node).node(new Op.Contract(labels.get(0), labels.get(1), out), operands.get(0), operands.get(1));
  }

  /** A product that sums nothing is a multiplication. */
  private static Node elementwise(Node node) {
    if (!(node.op() instanceof Op.Contract op) || !op.out().containsAll(op.a()) || !op.out().containsAll(op.b())) {
      return null;
    }
    return at(node).mul(aligned(node, op, 0), aligned(node, op, 1));
  }

  /** Operand {@code i} in the result's order of axes, repeated along those it lacks. */
  private static Node aligned(Node node, Op.Contract op, int i) {
    List<Integer> labels = labels(op, i);
    List<Integer> order = op.out().stream().filter(labels::contains).map(labels::indexOf).toList();
    var missing = new ArrayList<Integer>();
    var sizes = new ArrayList<Dim>();
    for (int axis = 0; axis < op.out().size(); axis++) {
      if (!labels.contains(op.out().get(axis))) {
        missing.add(axis);
        sizes.add(node.dim(axis));
      }
    }
    return at(node).broadcast(at(node).permute(node.operand(i), order), missing, sizes);
  }

  private static Node zero(Node node) {
    boolean zero = node.is(Op.Contract.class)
        && (node.operand(0).isConstant(0) || node.operand(1).isConstant(0));
    return zero ? at(node).constant(0, node.shape()) : null;
  }
}
