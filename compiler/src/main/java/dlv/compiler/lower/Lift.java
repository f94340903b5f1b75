package dlv.compiler.lower;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How each primitive gains a leading axis, the batch say, or time where a node leaves a loop, once some of its operands
 * have it.
 *
 * <p>A value that no example influences (a weight, a schedule) stays without the axis, and is repeated along it only
 * where an operation needs operands of one shape.
 */
public final class Lift implements Op.Cases<Lift.Lifted> {
  /** A node, and whether its first axis is that of the lift. */
  public record Lifted(Node node, boolean varies) {}

  private final List<Lifted> operands;
  private final Build build;
  private final Dim axis;
  private final Map<LiftedLoop.Key, LiftedLoop> loops;

  private Lift(Dim axis, List<Lifted> operands, Build build, Map<LiftedLoop.Key, LiftedLoop> loops) {
    this.axis = axis;
    this.operands = operands;
    this.build = build;
    this.loops = loops;
  }

  /**
   * {@code node}, an operation on one example, over operands for all examples of a batch of size {@code axis};
   * {@code loops} are those lifted before, so that the results of one loop stay together.
   */
  public static Lifted of(Dim axis, Node node, List<Lifted> operands, Map<LiftedLoop.Key, LiftedLoop> loops) {
    boolean grows = operands.stream().anyMatch(Lifted::varies) || node.is(Op.Rows.class) || node.is(Op.Random.class);
    if (!grows) {
      return new Lifted(node.withOperands(operands.stream().map(Lifted::node).toList()), false);
    }
    return node.op().accept(new Lift(axis, operands, new Build(node.origin()), loops));
  }

  private Lifted over(Op op, Node... nodes) {
    return new Lifted(build.node(op, nodes), true);
  }

  private Node x() {
    return operands.get(0).node();
  }

  /** The operand with the batch in front, repeated where no example influences it. */
  private Node whole(int i) {
    return whole(axis, operands.get(i));
  }

  /** The node with the axis in front, repeated along it where it does not vary. */
  public static Node whole(Dim axis, Lifted lifted) {
    return lifted.varies() ? lifted.node()
        : new Build(lifted.node().origin()).broadcast(lifted.node(), List.of(0), List.of(axis));
  }

  private Node[] whole() {
    return IntStream.range(0, operands.size()).mapToObj(this::whole).toArray(Node[]::new);
  }

  private static List<Integer> behind(List<Integer> axes) {
    return axes.stream().map(axis -> axis + 1).toList();
  }

  private Shape batched(Shape shape) {
    return shape.insert(0, axis);
  }

  private static Lifted leaf(Op op) {
    throw new IllegalStateException(op + " has no operands that could vary");
  }

  @Override
  public Lifted input(Op.Input op) {
    return leaf(op);
  }

  @Override
  public Lifted state(Op.State op) {
    return leaf(op);
  }

  @Override
  public Lifted constant(Op.Constant op) {
    return leaf(op);
  }

  @Override
  public Lifted size(Op.Size op) {
    return leaf(op);
  }

  @Override
  public Lifted index(Op.Index op) {
    return leaf(op);
  }

  @Override
  public Lifted random(Op.Random op) {
    return over(new Op.Random(op.site(), batched(op.shape())), operands.get(0).node(), operands.get(1).node());
  }

  @Override
  public Lifted map(Op.Map op) {
    return over(op, whole());
  }

  @Override
  public Lifted reduce(Op.Reduce op) {
    return over(new Op.Reduce(op.reducer(), behind(op.axes())), x());
  }

  @Override
  public Lifted contract(Op.Contract op) {
    int label = 1 + IntStream.concat(op.a().stream().mapToInt(l -> l), op.b().stream().mapToInt(l -> l)).max()
        .orElse(0);
    return over(new Op.Contract(operands.get(0).varies() ? front(label, op.a()) : op.a(),
        operands.get(1).varies() ? front(label, op.b()) : op.b(), front(label, op.out())),
        x(), operands.get(1).node());
  }

  private static List<Integer> front(int label, List<Integer> labels) {
    var list = new ArrayList<Integer>();
    list.add(label);
    list.addAll(labels);
    return list;
  }

  @Override
  public Lifted top(Op.Top op) {
    return over(op, x());
  }

  @Override
  public Lifted reshape(Op.Reshape op) {
    return over(new Op.Reshape(batched(op.shape())), x());
  }

  @Override
  public Lifted permute(Op.Permute op) {
    return over(new Op.Permute(front(0, behind(op.axes()))), x());
  }

  @Override
  public Lifted broadcast(Op.Broadcast op) {
    return over(new Op.Broadcast(behind(op.axes()), op.sizes()), x());
  }

  @Override
  public Lifted slice(Op.Slice op) {
    return over(new Op.Slice(op.axis() + 1, op.start(), op.size(), op.step()), x());
  }

  @Override
  public Lifted pad(Op.Pad op) {
    return over(new Op.Pad(op.axis() + 1, op.low(), op.high(), op.interior()), x());
  }

  @Override
  public Lifted concat(Op.Concat op) {
    return over(new Op.Concat(op.axis() + 1), whole());
  }

  @Override
  public Lifted window(Op.Window op) {
    return over(new Op.Window(op.axis() + 1, op.size(), op.stride(), op.dilation()), x());
  }

  @Override
  public Lifted fold(Op.Fold op) {
    return over(new Op.Fold(op.axis() + 1, op.n(), op.stride(), op.dilation()), x());
  }

  /** Places that vary select from what is common to all without copying it; anything else shares the batch. */
  @Override
  public Lifted gather(Op.Gather op) {
    boolean common = !operands.get(0).varies() && op.shared() == 0;
    return common ? over(op, x(), whole(1)) : over(new Op.Gather(op.shared() + 1), whole());
  }

  @Override
  public Lifted scatterAdd(Op.ScatterAdd op) {
    return over(new Op.ScatterAdd(op.shared() + 1), whole());
  }

  @Override
  public Lifted parameter(Op.Parameter op) {
    return leaf(op);
  }

  /** Time stays in front of sequences, so the batch, which is in front everywhere else, changes places with it. */
  @Override
  public Lifted scan(Op.Scan op) {
    List<Boolean> varying = operands.stream().map(Lifted::varies).toList();
    LiftedLoop lifted = loops.get(new LiftedLoop.Key(op.loop(), varying));
    if (lifted == null) {
      lifted = new LiftedLoop(axis, op.loop(), varying, loops);
      loops.put(new LiftedLoop.Key(op.loop(), varying), lifted);
    }
    var nodes = new ArrayList<Node>();
    for (int i = 0; i < operands.size(); i++) {
      Node operand = lifted.varies(op.loop().parameters().get(i)) ? whole(i) : operands.get(i).node();
      nodes.add(varying.get(i) && op.loop().isSequence(i) ? exchanged(operand) : operand);
    }
    Node one = lifted.of(op.of());
    Node result = Node.of(new Op.Scan(lifted.loop(), op.result(), one), nodes, build.origin());
    boolean varies = lifted.varies(op.of());
    return new Lifted(varies && op.result() != Op.Result.FINAL ? exchanged(result) : result, varies);
  }

  private Node exchanged(Node x) {
    List<Integer> axes = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    Collections.swap(axes, 0, 1);
    return build.permute(x, axes);
  }

  /** Examples do not mix, so the derivative of the sum over the batch is the derivative for each example. */
  @Override
  public Lifted derivative(Op.Derivative op) {
    if (!operands.get(1).varies()) {
      throw new Unsupported("a gradient for each example with respect to a value that all examples share",
          build.origin());
    }
    return over(op, whole());
  }

  /** All examples as one value: the batch is an axis like any other from here on. */
  @Override
  public Lifted rows(Op.Rows op) {
    return new Lifted(whole(0), false);
  }
}
