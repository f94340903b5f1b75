package dlv.compiler.summary;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * How much of an input one element of a value depends on: for each axis of the input, over how many of its places.
 *
 * <p>Windows widen the view by {@code (size - 1) · dilation} steps, strides make later steps longer (Araujo, Norris, Sim:
 * "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019). Where a place of the input cannot be
 * followed, as through a sum over an axis, the whole axis is seen.
 */
final class FieldOfView implements Op.Cases<List<FieldOfView.Axis>> {

  private static final double ALL = Double.POSITIVE_INFINITY;
  private static final int LOST = -1;

  /**
   * What is seen of an axis of the input.
   *
   * @param extent over how many places, {@link #ALL} for the whole axis
   * @param jump how far apart in the input two neighbours of the value look
   * @param at the axis of the value along which they are neighbours, {@link #LOST} if there is none
   */
  record Axis(double extent, double jump, int at) {
    Axis moved(int to) {
      return new Axis(extent, jump, to);
    }

    Axis all() {
      return new Axis(ALL, 1, LOST);
    }
  }

  private final Node input;
  private final Map<Node, List<Axis>> views = new IdentityHashMap<>();
  private Node node;

  /** The views of one input by all values made from it. */
  FieldOfView(Node input, List<Node> results) {
    this.input = input;
    for (Node each : Graph.topological(results)) {
      node = each;
      views.put(each, each.op().accept(this));
    }
  }

  /** Over how much of each axis of the input a value looks; empty if it does not depend on it. */
  Optional<List<Dim>> of(Node value) {
    List<Axis> axes = views.getOrDefault(value, List.of());
    if (axes.isEmpty()) {
      return Optional.empty();
    }
    List<Dim> extents = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      Dim whole = input.dim(i);
      double extent = Math.ceil(axes.get(i).extent());
      boolean all = extent == ALL || whole.isConstant() && extent > whole.value();
      extents.add(all ? whole : Dim.of((long) extent));
    }
    return Optional.of(extents);
  }

  @Override
  public List<Axis> input(Op.Input op) {
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; node == input && i < input.rank(); i++) {
      axes.add(new Axis(1, 1, i));
    }
    return axes;
  }

  @Override
  public List<Axis> state(Op.State op) {
    return List.of();
  }

  @Override
  public List<Axis> constant(Op.Constant op) {
    return List.of();
  }

  @Override
  public List<Axis> size(Op.Size op) {
    return List.of();
  }

  @Override
  public List<Axis> index(Op.Index op) {
    return List.of();
  }

  @Override
  public List<Axis> random(Op.Random op) {
    return List.of();
  }

  @Override
  public List<Axis> map(Op.Map op) {
    return joined(axis -> axis);
  }

  @Override
  public List<Axis> reduce(Op.Reduce op) {
    return moved(view(0), axis -> op.axes().contains(axis)
        ? LOST : axis - (int) op.axes().stream().filter(removed -> removed < axis).count());
  }

  @Override
  public List<Axis> contract(Op.Contract op) {
    return join(moved(view(0), axis -> op.out().indexOf(op.a().get(axis))),
        moved(view(1), axis -> op.out().indexOf(op.b().get(axis))));
  }

  @Override
  public List<Axis> top(Op.Top op) {
    int last = node.rank() - 1;
    return moved(view(0), axis -> axis == last ? LOST : axis);
  }

  @Override
  public List<Axis> reshape(Op.Reshape op) {
    Shape from = node.operand(0).shape();
    return moved(view(0), axis -> sameAxis(from, axis, op.shape()));
  }

  @Override
  public List<Axis> permute(Op.Permute op) {
    return moved(view(0), op.axes()::indexOf);
  }

  @Override
  public List<Axis> broadcast(Op.Broadcast op) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < node.rank(); i++) {
      if (!op.axes().contains(i)) {
        kept.add(i);
      }
    }
    return moved(view(0), kept::get);
  }

  @Override
  public List<Axis> slice(Op.Slice op) {
    return view(0).stream()
        .map(axis -> axis.at() == op.axis()
            ? new Axis(axis.extent(), axis.jump() * Math.abs(op.step()), axis.at()) : axis)
        .toList();
  }

  @Override
  public List<Axis> pad(Op.Pad op) {
    return view(0).stream()
        .map(axis -> axis.at() == op.axis()
            ? new Axis(axis.extent(), axis.jump() / (op.interior() + 1), axis.at()) : axis)
        .toList();
  }

  @Override
  public List<Axis> concat(Op.Concat op) {
    return joined(axis -> axis);
  }

  @Override
  public List<Axis> window(Op.Window op) {
    return view(0).stream().map(axis -> {
      if (axis.at() != op.axis()) {
        return axis.at() > op.axis() ? axis.moved(axis.at() + 1) : axis;
      }
      double reach = op.size().isConstant() ? (op.size().value() - 1.0) * op.dilation() * axis.jump() : ALL;
      return new Axis(axis.extent() + reach, axis.jump() * op.stride(), axis.at());
    }).toList();
  }

  @Override
  public List<Axis> fold(Op.Fold op) {
    Dim size = node.operand(0).dim(op.axis() + 1);
    return view(0).stream().map(axis -> {
      if (axis.at() != op.axis()) {
        return axis.at() == op.axis() + 1 ? axis.all() : axis.at() > op.axis() ? axis.moved(axis.at() - 1) : axis;
      }
      double parts = size.isConstant() ? Math.ceil((double) size.value() / op.stride()) - 1 : ALL;
      return new Axis(axis.extent() + parts * axis.jump(), axis.jump() / op.stride(), axis.at());
    }).toList();
  }

  @Override
  public List<Axis> gather(Op.Gather op) {
    int places = node.operand(1).rank() - op.shared();
    return join(
        moved(view(0), axis -> axis < op.shared() ? axis : axis == op.shared() ? LOST : axis + places - 1),
        view(1));
  }

  @Override
  public List<Axis> scatterAdd(Op.ScatterAdd op) {
    int places = node.operand(1).rank() - op.shared();
    IntUnaryOperator into = axis ->
        axis < op.shared() ? axis : axis < op.shared() + places ? LOST : axis - places + 1;
    return join(view(0), join(moved(view(1), into), moved(view(2), into)));
  }

  @Override
  public List<Axis> parameter(Op.Parameter op) {
    return List.of();
  }

  /** What a step saw before, later ones see too. */
  @Override
  public List<Axis> scan(Op.Scan op) {
    return joined(axis -> LOST);
  }

  @Override
  public List<Axis> derivative(Op.Derivative op) {
    return joined(axis -> LOST);
  }

  @Override
  public List<Axis> rows(Op.Rows op) {
    return moved(view(0), axis -> axis + 1);
  }

  private List<Axis> view(int operand) {
    return views.get(node.operand(operand));
  }

  private List<Axis> joined(IntUnaryOperator axes) {
    List<Axis> joined = List.of();
    for (int i = 0; i < node.operands().size(); i++) {
      joined = join(joined, moved(view(i), axes));
    }
    return joined;
  }

  /** The view after the axes of a value have become others; of one that is gone the whole has been seen. */
  private static List<Axis> moved(List<Axis> view, IntUnaryOperator axes) {
    return view.stream().map(axis -> {
      int to = axis.at() == LOST ? LOST : axes.applyAsInt(axis.at());
      return axis.at() == LOST || to != LOST ? axis.moved(to) : axis.all();
    }).toList();
  }

  private static List<Axis> join(List<Axis> left, List<Axis> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() ? right : left;
    }
    List<Axis> joined = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      Axis a = left.get(i);
      Axis b = right.get(i);
      boolean together = a.at() == b.at() && a.jump() == b.jump();
      boolean oneLost = a.at() == LOST || b.at() == LOST;
      Axis followed = a.at() == LOST ? b : a;
      joined.add(together || oneLost
          ? new Axis(Math.max(a.extent(), b.extent()), followed.jump(), followed.at())
          : a.all());
    }
    return joined;
  }

  /** The axis of a reshaped value that is an axis of the old one, as it has as many elements before and in it. */
  private static int sameAxis(Shape from, int axis, Shape to) {
    Dim before = from.range(0, axis).elements();
    for (int i = 0; i < to.rank(); i++) {
      if (to.range(0, i).elements().equals(before) && to.dim(i).equals(from.dim(axis))) {
        return i;
      }
    }
    return LOST;
  }
}
