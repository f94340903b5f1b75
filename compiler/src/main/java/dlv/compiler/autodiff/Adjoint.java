package dlv.compiler.autodiff;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The table: for each primitive, the adjoint of one operand from the adjoint {@code g} of the result {@code y}.
 * Every adjoint has its operand's shape.
 */
final class Adjoint implements Op.Cases<Node> {
  private final Node y;
  private final int i;
  private final Node g;
  private final Build build;

  private Adjoint(Node y, int i, Node g) {
    this.y = y;
    this.i = i;
    this.g = g;
    this.build = new Build(y.origin());
  }

  /** What operand {@code i} of {@code y} receives. */
  static Node of(Node y, int i, Node g) {
    return y.op().accept(new Adjoint(y, i, g));
  }

  /** Whether a change of operand {@code i} changes {@code y} smoothly somewhere. */
  static boolean flows(Node y, int i) {
    if (y.element() != Element.FLOAT || y.operand(i).element() != Element.FLOAT) {
      return false;
    }
    return !(y.op() instanceof Op.Map map) || ScalarDerivative.flows(map.function(), i);
  }

  private Node x() {
    return y.operand(i);
  }

  private Node none() {
    throw new IllegalArgumentException(y + " has no derivative");
  }

  @Override
  public Node input(Op.Input op) {
    return none();
  }

  @Override
  public Node state(Op.State op) {
    return none();
  }

  @Override
  public Node constant(Op.Constant op) {
    return none();
  }

  @Override
  public Node size(Op.Size op) {
    return none();
  }

  @Override
  public Node index(Op.Index op) {
    return none();
  }

  @Override
  public Node random(Op.Random op) {
    return none();
  }

  @Override
  public Node map(Op.Map op) {
    return ScalarDerivative.of(y, i, g);
  }

  @Override
  public Node reduce(Op.Reduce op) {
    return switch (op.reducer()) {
      case SUM -> spread(g, op);
      case MAX -> firstOfLargest(op);
      case LOGSUMEXP -> build.mul(spread(g, op), build.map(Scalar.EXP, build.sub(x(), spread(y, op))));
      case VARIANCE -> {
        Node count = count(op);
        Node mean = build.div(build.sum(x(), op.axes()), count);
        Node factor = build.scale(build.div(g, count), 2);
        yield build.mul(spread(factor, op), build.sub(x(), spread(mean, op)));
      }
    };
  }

  private Node spread(Node reduced, Op.Reduce op) {
    return build.spread(reduced, op.axes(), x().shape());
  }

  /** How many elements each result of a reduction has seen, in the shape of the results. */
  private Node count(Op.Reduce op) {
    Dim n = op.axes().stream().map(x()::dim).reduce(Dim.ONE, Dim::times);
    if (n.isConstant()) {
      return build.constant(n.value(), y.shape());
    }
    return build.fill(build.map(Scalar.TO_FLOAT, build.size(n)), y.shape());
  }

  /** The whole adjoint goes to the first of the largest elements, counted over the reduced axes in their order. */
  private Node firstOfLargest(Op.Reduce op) {
    var order = new ArrayList<>(Build.axesWithout(x().rank(), op.axes()));
    order.addAll(op.axes());
    Dim n = op.axes().stream().map(x()::dim).reduce(Dim.ONE, Dim::times);
    Node rows = build.reshape(build.permute(x(), order), y.shape().concat(Shape.of(n)));
    Node first = build.reshape(build.top(rows, 1), y.shape());
    Node here = build.map(Scalar.EQ, number(op.axes()), spread(first, op));
    return build.select(here, spread(g, op), build.constant(0, x().shape()));
  }

  /** The row-major number of each element of the operand along {@code axes} alone. */
  private Node number(List<Integer> axes) {
    Node number = null;
    for (int axis : axes) {
      Node index = build.spread(build.index(x().dim(axis)), Build.axesWithout(x().rank(), List.of(axis)), x().shape());
      number = number == null ? index
          : build.add(build.mul(number, build.fill(build.size(x().dim(axis)), x().shape())), index);
    }
    return number;
  }

  private static List<Integer> inverse(List<Integer> order) {
    return IntStream.range(0, order.size()).boxed().map(order::indexOf).toList();
  }

  @Override
  public Node contract(Op.Contract op) {
    return i == 0 ? build.node(new Op.Contract(op.out(), op.b(), op.a()), g, y.operand(1))
        : build.node(new Op.Contract(op.a(), op.out(), op.b()), y.operand(0), g);
  }

  @Override
  public Node top(Op.Top op) {
    return none();
  }

  @Override
  public Node reshape(Op.Reshape op) {
    return build.reshape(g, x().shape());
  }

  @Override
  public Node permute(Op.Permute op) {
    return build.permute(g, inverse(op.axes()));
  }

  @Override
  public Node broadcast(Op.Broadcast op) {
    return build.sum(g, op.axes());
  }

  @Override
  public Node slice(Op.Slice op) {
    if (op.size().is(0)) {
      return build.constant(0, x().shape());
    }
    Dim last = op.start().plus(op.size().minus(1).times(op.step()));
    Dim lowest = op.step() > 0 ? op.start() : last;
    Dim highest = op.step() > 0 ? last : op.start();
    Node ascending = op.step() > 0 ? g : build.slice(g, op.axis(), op.size().minus(1), op.size(), -1);
    Dim high = x().dim(op.axis()).minus(highest).minus(1);
    return build.pad(ascending, op.axis(), lowest, high, Math.abs(op.step()) - 1);
  }

  @Override
  public Node pad(Op.Pad op) {
    return build.slice(g, op.axis(), op.low(), x().dim(op.axis()), op.interior() + 1);
  }

  @Override
  public Node concat(Op.Concat op) {
    Dim start = Dim.ZERO;
    for (int before = 0; before < i; before++) {
      start = start.plus(y.operand(before).dim(op.axis()));
    }
    return build.slice(g, op.axis(), start, x().dim(op.axis()), 1);
  }

  @Override
  public Node window(Op.Window op) {
    return build.fold(g, op.axis(), x().dim(op.axis()), op.stride(), op.dilation());
  }

  @Override
  public Node fold(Op.Fold op) {
    return build.window(g, op.axis(), x().dim(op.axis() + 1), op.stride(), op.dilation());
  }

  @Override
  public Node gather(Op.Gather op) {
    return build.scatterAdd(build.constant(0, x().shape()), y.operand(1), g, op.shared());
  }

  @Override
  public Node scatterAdd(Op.ScatterAdd op) {
    return i == 0 ? g : build.gather(g, y.operand(1), op.shared());
  }

  @Override
  public Node parameter(Op.Parameter op) {
    return none();
  }

  @Override
  public Node scan(Op.Scan op) {
    return none();
  }

  @Override
  public Node derivative(Op.Derivative op) {
    return none();
  }

  @Override
  public Node rows(Op.Rows op) {
    return none();
  }
}
