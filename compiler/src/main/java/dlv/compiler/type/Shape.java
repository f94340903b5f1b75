package dlv.compiler.type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The sizes of a tensor's axes, outermost first; the empty shape is a scalar's. */
public record Shape(List<Dim> dims) {
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    dims = List.copyOf(dims);
  }

  public static Shape of(Dim... dims) {
    return new Shape(List.of(dims));
  }

  public static Shape of(long... dims) {
    return new Shape(java.util.Arrays.stream(dims).mapToObj(Dim::of).toList());
  }

  public int rank() {
    return dims.size();
  }

  public Dim dim(int axis) {
    return dims.get(axis);
  }

  /** The product of all sizes. */
  public Dim elements() {
    return dims.stream().reduce(Dim.ONE, Dim::times);
  }

  /** This shape with {@code size} in place of one axis. */
  public Shape with(int axis, Dim size) {
    var list = new ArrayList<>(dims);
    list.set(axis, size);
    return new Shape(list);
  }

  /** This shape with a new axis before position {@code axis}. */
  public Shape insert(int axis, Dim size) {
    var list = new ArrayList<>(dims);
    list.add(axis, size);
    return new Shape(list);
  }

  /** This shape without the given axes. */
  public Shape without(Collection<Integer> axes) {
    var list = new ArrayList<Dim>();
    for (int i = 0; i < rank(); i++) {
      if (!axes.contains(i)) {
        list.add(dims.get(i));
      }
    }
    return new Shape(list);
  }

  /** Axes {@code from} (inclusive) to {@code to} (exclusive). */
  public Shape range(int from, int to) {
    return new Shape(dims.subList(from, to));
  }

  public Shape concat(Shape other) {
    var list = new ArrayList<>(dims);
    list.addAll(other.dims);
    return new Shape(list);
  }

  public Shape substitute(Map<String, Dim> values) {
    return new Shape(dims.stream().map(dim -> dim.substitute(values)).toList());
  }

  public boolean isConstant() {
    return dims.stream().allMatch(Dim::isConstant);
  }

  /** The sizes as numbers; {@link IllegalStateException} where a name remains. */
  public long[] values() {
    return dims.stream().mapToLong(Dim::value).toArray();
  }

  /** As types are written: {@code [16, h, w]}; empty for a scalar. */
  public String text() {
    return rank() == 0 ? "" : dims.stream().map(Dim::text).collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public String toString() {
    return text();
  }
}
