package dlv.compiler.lower;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Scalar;
import dlv.compiler.lower.Lift.Lifted;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.List;

/**
 * How many rows of a batch count. Rows beyond repeat the last live one, so they are harmless everywhere but in
 * reductions over the batch: those are masked here, and gradients of dead rows are then zero by themselves.
 *
 * @param count the live rows, {@code int}
 * @param full whether all rows always count, so that nothing needs a mask
 */
record Live(Node count, boolean full) {
  /** {@code dim} as a number, in which the batch counts its live rows. */
  Node size(Dim dim, Origin origin) {
    Build build = new Build(origin);
    Dim rest = dim.exactDiv(Dim.BATCH).filter(d -> !d.names().contains("batch"))
        .orElseThrow(() -> new Unsupported("a size " + dim + " computed from the batch's", origin));
    return rest.is(1) ? count : build.map(Scalar.MUL, count, build.size(rest));
  }

  /** The sum of {@code rows[batch]} over the live rows. */
  Node sum(Node rows) {
    return reduce(new Build(rows.origin()), new Op.Reduce(Op.Reducer.SUM, List.of(0)), rows, List.of(0));
  }

  /** A reduction over operands that have gained the batch; where it reduces rows explicitly, dead ones are masked. */
  Lifted reduce(Node node, Op.Reduce op, Lifted operand) {
    int shift = operand.varies() ? 1 : 0;
    List<Integer> axes = op.axes().stream().map(axis -> axis + shift).toList();
    List<Integer> overRows = axes.stream().filter(axis -> operand.node().dim(axis).equals(Dim.BATCH)).toList();
    Build build = new Build(node.origin());
    Op.Reduce lifted = new Op.Reduce(op.reducer(), axes);
    return new Lifted(reduce(build, lifted, operand.node(), overRows), operand.varies());
  }

  private Node reduce(Build build, Op.Reduce op, Node x, List<Integer> overRows) {
    if (full || overRows.isEmpty() || op.reducer() == Op.Reducer.MAX) {
      return build.node(op, x);
    }
    Node alive = alive(build, x.shape(), overRows);
    return switch (op.reducer()) {
      case SUM -> build.node(op, build.select(alive, x, build.constant(0, x.element(), x.shape())));
      case LOGSUMEXP -> build.node(op, build.select(alive, x, build.constant(-1e30, x.shape())));
      case VARIANCE -> variance(build, op, x, alive);
      case MAX -> throw new IllegalStateException("a maximum needs no mask");
    };
  }

  /** Whether each element's row counts: bool, like {@code shape}. */
  private Node alive(Build build, Shape shape, List<Integer> overRows) {
    int axis = overRows.get(0);
    Node index = build.index(Dim.BATCH);
    Node alive = build.map(Scalar.LT, index, build.fill(count, index.shape()));
    return build.spread(alive, Build.axesWithout(shape.rank(), List.of(axis)), shape);
  }

  /** Mean square distance from the mean, both over live elements alone. */
  private Node variance(Build build, Op.Reduce op, Node x, Node alive) {
    Node zero = build.constant(0, x.shape());
    Op.Reduce sum = new Op.Reduce(Op.Reducer.SUM, op.axes());
    Dim elements = op.axes().stream().map(x::dim).reduce(Dim.ONE, Dim::times);
    Shape kept = x.shape().without(op.axes());
    Node n = build.fill(build.map(Scalar.TO_FLOAT, size(elements, build.origin())), kept);
    Node mean = build.div(build.node(sum, build.select(alive, x, zero)), n);
    Node distance = build.sub(x, build.spread(mean, op.axes(), x.shape()));
    return build.div(build.node(sum, build.select(alive, build.mul(distance, distance), zero)), n);
  }

  /** The row that each place of the batch shows: itself, or the last live one: {@code int[batch]}. */
  Node places(Build build) {
    Node index = build.index(Dim.BATCH);
    if (full) {
      return index;
    }
    Node last = build.map(Scalar.SUB, count, build.constant(1, Element.INT, Shape.SCALAR));
    return build.map(Scalar.MIN, index, build.fill(last, index.shape()));
  }
}
