package dlv.compiler.fuse;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a value's axes follow from the axes of a kernel's loops: each axis is a number whose digits, outermost first, are
 * digits of loop axes. {@code [h]} of 28 seen through windows of 2 is {@code [h / 2], [h % 2]}. A digit that no loop
 * gives is free: along it the value repeats, or a row is walked.
 */
record Coordinates(List<List<Digit>> axes) {
  /** The most elements of an inner axis of which a kernel takes single places. */
  private static final long HELD = 16;

  /** The loop axis that is none. */
  static final int FREE = -1;

  /** Digit {@code axis / stride % extent} of a loop axis. */
  record Digit(int axis, Dim stride, Dim extent) {
    boolean isFree() {
      return axis == FREE;
    }
  }

  Coordinates {
    axes = axes.stream().map(Coordinates::joined).toList();
  }

  private static Digit free(Dim extent) {
    return new Digit(FREE, Dim.ONE, extent);
  }

  /** One loop axis for each axis of {@code shape}, numbered from {@code first}. */
  static Coordinates loops(Shape shape, int first) {
    var axes = new ArrayList<List<Digit>>();
    for (int i = 0; i < shape.rank(); i++) {
      axes.add(List.of(new Digit(first + i, Dim.ONE, shape.dim(i))));
    }
    return new Coordinates(axes);
  }

  /** Those of a reduction's or selection's operand: loops along the kept axes, free digits along the others. */
  static Coordinates rows(Shape shape, List<Integer> within, int first) {
    var axes = new ArrayList<List<Digit>>();
    int next = first;
    for (int i = 0; i < shape.rank(); i++) {
      int axis = within.contains(i) ? FREE : next++;
      axes.add(List.of(new Digit(axis, Dim.ONE, shape.dim(i))));
    }
    return new Coordinates(axes);
  }

  /** Digits of size 1 dropped, neighbours that continue each other joined. */
  private static List<Digit> joined(List<Digit> digits) {
    var list = new ArrayList<Digit>();
    for (Digit digit : digits) {
      if (digit.extent().is(1)) {
        continue;
      }
      Digit last = list.isEmpty() ? null : list.get(list.size() - 1);
      boolean continues = last != null && last.axis() == digit.axis()
          && (digit.isFree() || last.stride().equals(digit.stride().times(digit.extent())));
      if (continues) {
        Dim extent = last.extent().times(digit.extent());
        list.set(list.size() - 1, digit.isFree() ? free(extent) : new Digit(digit.axis(), digit.stride(), extent));
      } else {
        list.add(digit.isFree() ? free(digit.extent()) : digit);
      }
    }
    return List.copyOf(list);
  }

  List<Digit> axis(int i) {
    return axes.get(i);
  }

  /** All digits, outermost first. */
  List<Digit> digits() {
    return axes.stream().flatMap(List::stream).toList();
  }

  List<Digit> digits(List<Integer> which) {
    return which.stream().flatMap(i -> axes.get(i).stream()).toList();
  }

  /** The product of the free digits' sizes. */
  Dim free() {
    return digits().stream().filter(Digit::isFree).map(Digit::extent).reduce(Dim.ONE, Dim::times);
  }

  Coordinates without(List<Integer> removed) {
    var list = new ArrayList<List<Digit>>();
    for (int i = 0; i < axes.size(); i++) {
      if (!removed.contains(i)) {
        list.add(axes.get(i));
      }
    }
    return new Coordinates(list);
  }

  /** The coordinates of {@code view}, whose operand has these; empty where digits do not describe them. */
  Optional<Coordinates> through(Node view) {
    if (view.op() instanceof Op.Permute permute) {
      return Optional.of(new Coordinates(permute.axes().stream().map(axes::get).toList()));
    }
    if (view.op() instanceof Op.Broadcast broadcast) {
      return Optional.of(spread(broadcast));
    }
    if (view.op() instanceof Op.Reshape reshape) {
      return reshaped(reshape.shape());
    }
    if (view.op() instanceof Op.Window window) {
      return windows(window, view);
    }
    if (view.op() instanceof Op.Fold fold) {
      return folded(fold, view.operand(0));
    }
    if (view.op() instanceof Op.Slice slice) {
      return sliced(slice, view.operand(0));
    }
    return Optional.empty();
  }

  /** One place of a small axis, which a tile holds whole: nothing is left of the axis. */
  private Optional<Coordinates> sliced(Op.Slice op, Node operand) {
    Dim n = operand.dim(op.axis());
    if (!op.size().is(1) || !n.isConstant() || n.value() > HELD) {
      return Optional.empty();
    }
    var list = new ArrayList<>(axes);
    list.set(op.axis(), List.of());
    return Optional.of(new Coordinates(list));
  }

  private Coordinates spread(Op.Broadcast op) {
    var list = new ArrayList<>(axes);
    for (int i = 0; i < op.axes().size(); i++) {
      list.add(op.axes().get(i), List.of(free(op.sizes().get(i))));
    }
    return new Coordinates(list);
  }

  private Optional<Coordinates> reshaped(Shape shape) {
    var rest = new ArrayList<>(digits());
    var list = new ArrayList<List<Digit>>();
    for (int i = shape.rank() - 1; i >= 0; i--) {
      var axis = new ArrayList<Digit>();
      Dim need = shape.dim(i);
      while (!need.is(1)) {
        if (rest.isEmpty()) {
          return Optional.empty();
        }
        Digit digit = rest.remove(rest.size() - 1);
        Optional<Dim> more = need.exactDiv(digit.extent());
        Optional<Dim> less = digit.extent().exactDiv(need);
        if (more.isPresent()) {
          axis.add(0, digit);
          need = more.get();
        } else if (less.isPresent()) {
          axis.add(0, new Digit(digit.axis(), digit.stride(), need));
          rest.add(new Digit(digit.axis(), digit.stride().times(need), less.get()));
          need = Dim.ONE;
        } else {
          return Optional.empty();
        }
      }
      list.add(0, axis);
    }
    return rest.isEmpty() ? Optional.of(new Coordinates(list)) : Optional.empty();
  }

  /** Windows side by side that leave nothing over split an axis in two. */
  private Optional<Coordinates> windows(Op.Window op, Node view) {
    Dim size = op.size();
    Dim places = view.dim(op.axis());
    boolean tiles = op.dilation() == 1 && size.is(op.stride())
        && places.times(size).equals(view.operand(0).dim(op.axis()));
    if (!tiles || axes.get(op.axis()).size() != 1) {
      return Optional.empty();
    }
    Digit digit = axes.get(op.axis()).get(0);
    var list = new ArrayList<>(axes);
    list.set(op.axis(), List.of(new Digit(digit.axis(), digit.stride().times(size), places)));
    list.add(op.axis() + 1, List.of(new Digit(digit.axis(), digit.stride(), size)));
    return Optional.of(new Coordinates(list));
  }

  /** The reverse. */
  private Optional<Coordinates> folded(Op.Fold op, Node operand) {
    Dim size = operand.dim(op.axis() + 1);
    boolean tiles = op.dilation() == 1 && size.is(op.stride())
        && operand.dim(op.axis()).times(size).equals(op.n());
    if (!tiles) {
      return Optional.empty();
    }
    var both = new ArrayList<>(axes.get(op.axis()));
    both.addAll(axes.get(op.axis() + 1));
    var list = new ArrayList<>(axes);
    list.remove(op.axis() + 1);
    list.set(op.axis(), both);
    return Optional.of(new Coordinates(list));
  }

  /** Which loop axes occur. */
  List<Integer> loopAxes() {
    return digits().stream().filter(d -> !d.isFree()).map(Digit::axis).distinct().sorted().toList();
  }
}
