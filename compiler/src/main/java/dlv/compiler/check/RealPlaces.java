package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Scalar;
import dlv.compiler.source.Span;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is real of a tensor whose axes have room for the longest example. */
final class RealPlaces {
  private final Activation here;
  private final Span span;
  private final Build build;
  private final Lengths lengths;

  RealPlaces(Activation here, Span span) {
    this.here = here;
    this.span = span;
    this.build = here.build(span);
    this.lengths = here.session().lengths();
  }

  /** Those of some axes whose length differs by example. */
  List<Integer> differing(Value.Tensor x, List<Integer> axes) {
    return axes.stream().filter(axis -> lengths.differs(x.declared().get(axis))).toList();
  }

  boolean differs(Value.Tensor x) {
    return !differing(x, all(x)).isEmpty();
  }

  static List<Integer> all(Value.Tensor x) {
    return IntStream.range(0, x.rank()).boxed().toList();
  }

  /** The real places of an axis whose length differs: {@code int}. */
  Node length(Value.Tensor x, int axis) {
    if (x.declared().contains(Dim.BATCH)) {
      throw here.report(Diagnostic.error("unsupported", span, "all examples together, " + x.text()
          + ", have no one length").help("reduce the axis whose length differs before `rows`"));
    }
    return lengths.length(x.declared().get(axis), build).orElseThrow(() -> here.report(Diagnostic.error("unsupported",
        span, "how long axis " + axis + " of " + x.text() + " is in each example cannot be told: it was made of an axis"
            + " whose length differs by example").help("reduce that axis first, with `sum`, `mean` or `last`")));
  }

  /** {@code x} with {@code value} at every place of these axes that is not real; the same tensor where all are. */
  Value.Tensor masked(Value.Tensor x, List<Integer> axes, double value) {
    Node node = x.node();
    for (int axis : differing(x, axes)) {
      node = build.select(real(x, axis), node, build.constant(value, x.node().element(), x.shape()));
    }
    return node == x.node() ? x : new Value.Tensor(node, x.declared(), x.categories());
  }

  /** Whether each element's place along an axis is real: {@code bool}, like x. */
  private Node real(Value.Tensor x, int axis) {
    Node places = build.index(x.shape().dim(axis));
    Node real = build.map(Scalar.LT, places, build.fill(length(x, axis), places.shape()));
    return build.spread(real, Build.axesWithout(x.rank(), List.of(axis)), x.shape());
  }

  /** How many elements are real along these axes together: {@code float}; empty where that is the same everywhere. */
  Optional<Node> count(Value.Tensor x, List<Integer> axes) {
    List<Integer> differing = differing(x, axes);
    if (differing.isEmpty()) {
      return Optional.empty();
    }
    Dim rest = axes.stream().filter(axis -> !differing.contains(axis)).map(x.shape()::dim).reduce(Dim.ONE, Dim::times);
    Node count = rest.isConstant() ? build.constant(rest.value(), Element.INT, Shape.SCALAR) : build.size(rest);
    for (int axis : differing) {
      Node length = length(x, axis);
      count = count.isConstant(1) ? length : build.map(Scalar.MUL, count, length);
    }
    return Optional.of(build.map(Scalar.TO_FLOAT, count));
  }

  /** Refuses a part that begins at another place in each example, or goes backwards from the longest's end. */
  void fromStart(Value.Tensor x, int axis, Size start, long step) {
    boolean moves = lengths.differs(start.declared()) || step < 0;
    if (moves && lengths.differs(x.declared().get(axis))) {
      throw here.report(Diagnostic.error("unsupported", span, "axis " + axis + " of " + x.text()
          + " ends elsewhere in each example: a part of it can be counted from its beginning alone")
          .help("`last(x)` is the last real place, `reverse(x)` begins there"));
    }
  }

  /** Refuses an element that a shorter example does not have. */
  void first(Value.Tensor x, int axis, Size at) {
    fromStart(x, axis, at, 1);
    if (!at.is(0) && lengths.differs(x.declared().get(axis))) {
      throw here.report(Diagnostic.error("unsupported", span, "axis " + axis + " of " + x.text()
          + " differs in length from example to example, and one may end before place " + at)
          .help("`last(x)` is the last real place"));
    }
  }

  /** A number that is made of a length: what it is in each example; empty where it is the same in all. */
  Optional<Node> number(Value value) {
    boolean whole = value instanceof Value.Whole number && lengths.differs(number.size().declared());
    if (whole) {
      return Optional.of(build.map(Scalar.TO_FLOAT, length(((Value.Whole) value).size())));
    }
    if (value instanceof Value.Ratio ratio) {
      Optional<Node> over = number(new Value.Whole(ratio.over()));
      Optional<Node> under = number(new Value.Whole(ratio.under()));
      var arithmetic = new Arithmetic(build);
      return over.isEmpty() && under.isEmpty() ? Optional.empty()
          : Optional.of(build.div(over.orElseGet(() -> arithmetic.node(new Value.Whole(ratio.over()))),
              under.orElseGet(() -> arithmetic.node(new Value.Whole(ratio.under())))));
    }
    return Optional.empty();
  }

  private Node length(Size size) {
    return lengths.length(size.declared(), build).orElseThrow(() -> here.report(Diagnostic.error("unsupported", span,
        "what " + size + " is in each example cannot be told: it was made of a length that differs by example")));
  }

  /** The first of several tensors that are joined, its axes declared as those of another whose length differs. */
  Value.Tensor joined(List<Value.Tensor> parts, int along) {
    Value.Tensor first = parts.get(0);
    List<Dim> declared = new ArrayList<>(first.declared());
    for (Value.Tensor part : parts) {
      for (int axis : differing(part, all(part))) {
        boolean other = lengths.differs(declared.get(axis)) && !lengths.same(declared.get(axis),
            part.declared().get(axis));
        if (axis == along || other) {
          throw here.report(Diagnostic.error("unsupported", span, "axis " + axis + " of " + part.text()
              + " differs in length from example to example, and cannot be joined with another"));
        }
        declared.set(axis, part.declared().get(axis));
      }
    }
    return new Value.Tensor(first.node(), declared, first.categories());
  }

  /** Refuses a result in which an axis whose length differs by example would have one length. */
  Value.Tensor kept(Value.Tensor x, Value.Tensor result) {
    for (int axis : differing(x, all(x))) {
      if (all(result).stream().noneMatch(other -> holds(x, axis, result, other))) {
        throw lost(x, axis, result);
      }
    }
    return result;
  }

  /** The same for elements in row-major order, of which the real ones must come first: all axes before stay before. */
  Value.Tensor reshaped(Value.Tensor x, Value.Tensor result) {
    for (int axis : differing(x, all(x))) {
      Dim before = x.shape().range(0, axis).elements();
      if (all(result).stream().noneMatch(other -> holds(x, axis, result, other)
          && result.shape().range(0, other).elements().equals(before))) {
        throw lost(x, axis, result);
      }
    }
    return result;
  }

  private boolean holds(Value.Tensor x, int axis, Value.Tensor result, int other) {
    Dim dim = result.declared().get(other);
    return lengths.differs(dim) && dim.names().containsAll(x.declared().get(axis).names());
  }

  private Failed lost(Value.Tensor x, int axis, Value.Tensor result) {
    return here.report(Diagnostic.error("shape", span, "axis " + axis + " of " + x.text()
        + " differs in length from example to example, and " + result.text() + " has no such axis")
        .help("reduce it first, with `sum`, `mean` or `last`"));
  }
}
