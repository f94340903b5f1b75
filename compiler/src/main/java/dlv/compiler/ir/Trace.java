package dlv.compiler.ir;

import dlv.compiler.type.Shape;
import java.util.List;

/** Where an axis of a result comes from. */
final class Trace {
  /** The axis is made of several, or of another length. */
  static final int LOST = -2;

  private Trace() {}

  /**
   * The axis of an operand whose element i alone is read for element i of an axis of the result;
   * {@link View#NONE} where the operand repeats along it, {@link #LOST} where there is no such axis.
   */
  static int back(Node node, int operand, int axis) {
    Op op = node.op();
    Shape from = node.operand(operand).shape();
    if (op instanceof Op.Map) {
      return axis;
    } else if (op instanceof Op.Reduce reduce) {
      return Build.axesWithout(from.rank(), reduce.axes()).get(axis);
    } else if (op instanceof Op.Contract contract) {
      return (operand == 0 ? contract.a() : contract.b()).indexOf(contract.out().get(axis));
    } else if (op instanceof Op.Permute permute) {
      return permute.axes().get(axis);
    } else if (op instanceof Op.Broadcast broadcast) {
      return broadcast.axes().contains(axis) ? View.NONE
          : axis - (int) broadcast.axes().stream().filter(added -> added < axis).count();
    } else if (op instanceof Op.Reshape) {
      return reshaped(from, node.shape(), axis);
    } else if (op instanceof Op.Gather gather) {
      return gathered(gather.shared(), node.operand(1).rank() - gather.shared(), operand, axis);
    }
    return along(op, axis, from.rank());
  }

  private static int reshaped(Shape from, Shape to, int axis) {
    for (int i = 0; i < from.rank(); i++) {
      if (from.dim(i).equals(to.dim(axis)) && from.range(0, i).elements().equals(to.range(0, axis).elements())) {
        return i;
      }
    }
    return LOST;
  }

  /** {@code x[s, n, r], places[s, k] → [s, k, r]}. */
  private static int gathered(int shared, int places, int operand, int axis) {
    if (axis < shared) {
      return axis;
    }
    boolean isPlace = axis < shared + places;
    return operand == 1 ? (isPlace ? axis : View.NONE) : isPlace ? View.NONE : axis - places + 1;
  }

  /** Operations along one axis: the others are as they were. */
  private static int along(Op op, int axis, int rank) {
    if (op instanceof Op.Window window) {
      return axis < window.axis() ? axis : axis > window.axis() + 1 ? axis - 1 : LOST;
    } else if (op instanceof Op.Fold fold) {
      return axis < fold.axis() ? axis : axis > fold.axis() ? axis + 1 : LOST;
    }
    int moved = op instanceof Op.Slice slice ? slice.axis() : op instanceof Op.Pad pad ? pad.axis()
        : op instanceof Op.Concat concat ? concat.axis() : op instanceof Op.Top ? rank - 1 : View.NONE;
    return moved == View.NONE || axis == moved ? LOST : axis;
  }

  /** The axes that a result has no more: it sums over them. */
  static List<Integer> summed(Node node, int operand) {
    if (node.op() instanceof Op.Reduce reduce) {
      return reduce.axes();
    } else if (node.op() instanceof Op.Contract contract) {
      List<Integer> labels = operand == 0 ? contract.a() : contract.b();
      return Build.axesWithout(labels.size(), List.of()).stream()
          .filter(axis -> !contract.out().contains(labels.get(axis))).toList();
    }
    return List.of();
  }
}
