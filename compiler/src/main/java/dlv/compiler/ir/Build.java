package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Makes nodes of one origin: a short name for each primitive, nothing more. */
public record Build(Origin origin) {
  public Node node(Op op, Node... operands) {
    return Node.of(op, List.of(operands), origin);
  }

  public Node map(Scalar function, Node... operands) {
    return node(new Op.Map(function), operands);
  }

  /** A float constant filling {@code shape}. */
  public Node constant(double value, Shape shape) {
    return constant(value, Element.FLOAT, shape);
  }

  public Node constant(double value, Element element, Shape shape) {
    return node(new Op.Constant(List.of(value), element, shape));
  }

  public Node add(Node a, Node b) {
    return map(Scalar.ADD, a, b);
  }

  public Node sub(Node a, Node b) {
    return map(Scalar.SUB, a, b);
  }

  public Node mul(Node a, Node b) {
    return map(Scalar.MUL, a, b);
  }

  public Node div(Node a, Node b) {
    return map(Scalar.DIV, a, b);
  }

  public Node neg(Node a) {
    return map(Scalar.NEG, a);
  }

  /** {@code a · factor}, elementwise. */
  public Node scale(Node a, double factor) {
    return mul(a, constant(factor, a.shape()));
  }

  public Node select(Node condition, Node then, Node otherwise) {
    return map(Scalar.SELECT, condition, then, otherwise);
  }

  public Node reduce(Op.Reducer reducer, Node x, List<Integer> axes) {
    return axes.isEmpty() ? x : node(new Op.Reduce(reducer, axes), x);
  }

  public Node sum(Node x, List<Integer> axes) {
    return reduce(Op.Reducer.SUM, x, axes);
  }

  /** The sum of all elements. */
  public Node sum(Node x) {
    return sum(x, IntStream.range(0, x.rank()).boxed().toList());
  }

  /** A product by labels, one letter an axis: {@code "bi,io->bo"}. */
  public Node contract(String labels, Node a, Node b) {
    String[] parts = labels.split(",|->", -1);
    return node(new Op.Contract(letters(parts[0]), letters(parts[1]), letters(parts[2])), a, b);
  }

  private static List<Integer> letters(String text) {
    return text.trim().chars().boxed().toList();
  }

  public Node reshape(Node x, Shape shape) {
    return x.shape().equals(shape) ? x : node(new Op.Reshape(shape), x);
  }

  public Node permute(Node x, List<Integer> axes) {
    boolean same = axes.equals(IntStream.range(0, x.rank()).boxed().toList());
    return same ? x : node(new Op.Permute(axes), x);
  }

  public Node permute(Node x, Integer... axes) {
    return permute(x, Arrays.asList(axes));
  }

  /** {@code x} repeated along new axes at the given places of the result (ascending). */
  public Node broadcast(Node x, List<Integer> axes, List<Dim> sizes) {
    return axes.isEmpty() ? x : node(new Op.Broadcast(axes, sizes), x);
  }

  /** A scalar filling {@code shape}. */
  public Node fill(Node scalar, Shape shape) {
    return broadcast(scalar, IntStream.range(0, shape.rank()).boxed().toList(), shape.dims());
  }

  /** {@code x}, whose axes are those of {@code shape} without {@code axes}, repeated along {@code axes}. */
  public Node spread(Node x, List<Integer> axes, Shape shape) {
    return broadcast(x, axes, axes.stream().map(shape::dim).toList());
  }

  public Node slice(Node x, int axis, Dim start, Dim size, long step) {
    boolean all = step == 1 && start.is(0) && size.equals(x.dim(axis));
    return all ? x : node(new Op.Slice(axis, start, size, step), x);
  }

  public Node pad(Node x, int axis, Dim low, Dim high, long interior) {
    return low.is(0) && high.is(0) && interior == 0 ? x : node(new Op.Pad(axis, low, high, interior), x);
  }

  public Node concat(int axis, List<Node> parts) {
    return parts.size() == 1 ? parts.get(0) : Node.of(new Op.Concat(axis), parts, origin);
  }

  public Node window(Node x, int axis, Dim size, long stride, long dilation) {
    return node(new Op.Window(axis, size, stride, dilation), x);
  }

  public Node fold(Node x, int axis, Dim n, long stride, long dilation) {
    return node(new Op.Fold(axis, n, stride, dilation), x);
  }

  public Node gather(Node x, Node places, int shared) {
    return node(new Op.Gather(shared), x, places);
  }

  public Node scatterAdd(Node base, Node places, Node values, int shared) {
    return node(new Op.ScatterAdd(shared), base, places, values);
  }

  /** The value of a dimension, as a rank-0 integer. */
  public Node size(Dim dim) {
    return node(new Op.Size(dim));
  }

  public Node index(Dim size) {
    return node(new Op.Index(size));
  }

  public Node top(Node x, int k) {
    return node(new Op.Top(k), x);
  }

  /** What one step of a loop computes: the next value of each carry, and values to keep of each step. */
  public record Step(List<Node> next, List<Node> outputs) {}

  /**
   * The results of a loop: each carry after the last step; each carry's history {@code [T + 1, …]}, row s after s steps;
   * each output {@code [T, …]} in the order of the sequences.
   */
  public record Scanned(List<Node> finals, List<Node> histories, List<Node> outputs) {}

  /**
   * A loop over {@code length} steps, from the sequences' start or, {@code reversed}, from their end.
   *
   * @param initial the carries' values before the first step
   * @param sequences {@code [length, …]} each
   * @param step gets placeholders for the carries and for this step's element of each sequence; what it uses besides
   *     these is the same in every step
   */
  public Scanned scan(Dim length, boolean reversed, List<Node> initial, List<Node> sequences,
      BiFunction<List<Node>, List<Node>, Step> step) {
    return scan(length, reversed, initial, sequences, step, Loop.NEVER);
  }

  /** The same, of which carry {@code ended} says when further steps change nothing. */
  public Scanned scan(Dim length, boolean reversed, List<Node> initial, List<Node> sequences,
      BiFunction<List<Node>, List<Node>, Step> step, int ended) {
    var placeholders = new ArrayList<Node>();
    initial.forEach(x -> placeholders.add(Loop.parameter(placeholders.size(), x, x.shape())));
    sequences.forEach(x -> placeholders.add(
        Loop.parameter(placeholders.size(), x, x.shape().range(1, x.rank()))));
    Step done = step.apply(List.copyOf(placeholders.subList(0, initial.size())),
        List.copyOf(placeholders.subList(initial.size(), placeholders.size())));
    if (done.next().size() != initial.size()) {
      throw new IllegalArgumentException(initial.size() + " carries, " + done.next().size() + " next values");
    }
    var operands = new ArrayList<>(initial);
    operands.addAll(sequences);
    return Closure.scan(this, length, reversed, operands, placeholders, done, ended);
  }

  public Node derivative(Node y, Node x) {
    return node(new Op.Derivative(), y, x);
  }

  /** Axes {@code 0 … n-1} without {@code removed}. */
  public static List<Integer> axesWithout(int n, List<Integer> removed) {
    var axes = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    axes.removeAll(removed);
    return axes;
  }
}
