package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;

/** Where an element of a view lies in its operand. */
final class Views {
  private Views() {}

  /** {@code at} with another index along one axis. */
  static List<Index> with(List<Index> at, int axis, Index place) {
    var list = new ArrayList<>(at);
    list.set(axis, place);
    return list;
  }

  /** {@code at} with two axes in place of one. */
  static List<Index> split(List<Index> at, int axis, Index first, Index second) {
    var list = new ArrayList<>(at);
    list.set(axis, first);
    list.add(axis + 1, second);
    return list;
  }

  static List<Index> permute(Op.Permute op, List<Index> at) {
    var list = new ArrayList<>(at);
    for (int i = 0; i < at.size(); i++) {
      list.set(op.axes().get(i), at.get(i));
    }
    return list;
  }

  static List<Index> broadcast(Op.Broadcast op, List<Index> at) {
    var list = new ArrayList<Index>();
    for (int i = 0; i < at.size(); i++) {
      if (!op.axes().contains(i)) {
        list.add(at.get(i));
      }
    }
    return list;
  }

  static List<Index> window(Op.Window op, List<Index> at) {
    var list = new ArrayList<>(at);
    Index tap = list.remove(op.axis() + 1);
    list.set(op.axis(), at.get(op.axis()).times(op.stride()).plus(tap.times(op.dilation())));
    return list;
  }

  static List<Index> gathered(Op.Gather op, List<Index> at, int placesRank, Index place) {
    var list = new ArrayList<>(at.subList(0, op.shared()));
    list.add(place);
    list.addAll(at.subList(placesRank, at.size()));
    return list;
  }

  /** The place itself where {@code places} only counts within an axis of {@code size}, else null. */
  static Index known(Node places, List<Index> at, Dim size) {
    boolean counts = places.op() instanceof Op.Index op && op.size().equals(size);
    return counts ? at.get(0) : null;
  }

  /**
   * The operand's index of a reshape: axes are matched in the shortest groups of equal size, so that an axis that
   * stays (the batch above all) is untouched.
   */
  static List<Index> reshape(Shape from, Shape to, List<Index> at) {
    var result = new ArrayList<Index>();
    int j = 0;
    for (int i = 0; i < from.rank(); ) {
      Dim a = from.dim(i);
      int iEnd = i + 1;
      if (a.is(1)) {
        result.add(Index.ZERO);
        i++;
        continue;
      }
      Dim b = Dim.ONE;
      int jEnd = j;
      while (!a.equals(b)) {
        if (jEnd < to.rank() && (iEnd == from.rank() || less(b, a))) {
          b = b.times(to.dim(jEnd++));
        } else {
          a = a.times(from.dim(iEnd++));
        }
      }
      delinearise(from, i, iEnd, numbered(to, j, jEnd, at), result);
      i = iEnd;
      j = jEnd;
    }
    return result;
  }

  private static boolean less(Dim b, Dim a) {
    return a.isConstant() && b.isConstant() ? b.value() < a.value()
        : !b.equals(a) && (b.isConstant() || a.exactDiv(b).isPresent());
  }

  private static Index numbered(Shape shape, int start, int end, List<Index> at) {
    Index number = Index.ZERO;
    long stride = 1;
    for (int axis = end - 1; axis >= start; axis--) {
      if (!shape.dim(axis).is(1)) {
        number = number.plus(at.get(axis).times(stride));
        stride = axis == firstWide(shape, start, end) ? stride : stride * shape.dim(axis).value();
      }
    }
    return number;
  }

  private static void delinearise(Shape shape, int start, int end, Index number, List<Index> into) {
    var places = new ArrayList<Index>();
    Index rest = number;
    int first = firstWide(shape, start, end);
    for (int axis = end - 1; axis >= start; axis--) {
      if (shape.dim(axis).is(1)) {
        places.add(0, Index.ZERO);
      } else if (axis == first) {
        places.add(0, rest);
      } else {
        long size = shape.dim(axis).value();
        places.add(0, rest.mod(size));
        rest = rest.over(size);
      }
    }
    into.addAll(places);
  }

  private static int firstWide(Shape shape, int start, int end) {
    for (int axis = start; axis < end; axis++) {
      if (!shape.dim(axis).is(1)) {
        return axis;
      }
    }
    return start;
  }
}
