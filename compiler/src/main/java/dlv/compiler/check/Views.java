package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The same elements in another order or shape: views, joins, windows. */
final class Views {
  private Views() {}

  static List<Primitive> all() {
    return List.of(
        Primitive.of("reshape", "x shape", Views::reshape),
        Primitive.of("permute", "x axes", Views::permute),
        Primitive.of("broadcast", "x size axis?", Views::broadcast),
        Primitive.of("slice", "x axis start size step?", Views::slice),
        Primitive.of("pad", "x axis low high? interior?", Views::pad),
        Primitive.of("concat", "parts* axis?", Views::concat),
        Primitive.of("stack", "parts* axis?", Views::stack),
        Primitive.of("window", "x axis size stride? dilation?", Views::window),
        Primitive.of("fold", "x axis size stride? dilation?", Views::fold));
  }

  private static Value reshape(Arguments call) {
    Value.Tensor x = call.tensor("x");
    List<Size> sizes = call.sizes("shape");
    Shape shape = Shaping.shape(sizes);
    Dim difference = x.shape().elements().minus(shape.elements());
    if (!difference.equals(Dim.ZERO)) {
      throw call.error("shape", x.text() + " has " + x.shape().elements() + " elements, and " + shape.text() + " has "
          + shape.elements());
    }
    Node node = call.build().reshape(x.node(), shape);
    return call.real().reshaped(x, new Value.Tensor(node, sizes.stream().map(Size::declared).toList(), x.categories()));
  }

  private static Value permute(Arguments call) {
    Value.Tensor x = call.tensor("x");
    List<Integer> axes = new ArrayList<>();
    if (call.value("axes") instanceof Value.Items items) {
      Axes resolve = new Axes(call.evaluator(), call.spanOf("axes"));
      for (Value element : items.elements()) {
        if (element instanceof Value.Ellipsis ellipsis) {
          ellipsis.axes().forEach(size -> axes.add(resolve.one(new Value.Whole(size), x)));
        } else {
          axes.add(resolve.one(element, x));
        }
      }
    }
    if (axes.size() != x.rank() || axes.stream().distinct().count() != x.rank()) {
      throw call.error("argument", "`permute` takes each of the " + x.rank() + " axes of " + x.text() + " once");
    }
    return new Value.Tensor(call.build().permute(x.node(), axes), axes.stream().map(x.declared()::get).toList(),
        x.categories());
  }

  /** A new axis in front of place {@code axis}, counted in the result. */
  private static int newAxis(Arguments call, int rank) {
    if (!call.has("axis")) {
      return 0;
    }
    Size axis = call.whole("axis");
    long place = axis.isConstant() ? axis.value().value() : rank + 1;
    long at = place < 0 ? place + rank + 1 : place;
    if (at < 0 || at > rank) {
      throw call.evaluator().error("range", call.spanOf("axis"), "a new axis at place " + axis + " of " + rank
          + " axes");
    }
    return (int) at;
  }

  private static Value broadcast(Arguments call) {
    Value.Tensor x = call.tensor("x");
    Size size = call.whole("size");
    int axis = newAxis(call, x.rank());
    List<Dim> declared = new ArrayList<>(x.declared());
    declared.add(axis, size.declared());
    return new Value.Tensor(call.build().broadcast(x.node(), List.of(axis), List.of(size.value())), declared,
        x.categories());
  }

  private static List<Dim> with(Value.Tensor x, int axis, Dim size) {
    List<Dim> declared = new ArrayList<>(x.declared());
    declared.set(axis, size);
    return declared;
  }

  private static Value slice(Arguments call) {
    Value.Tensor x = call.tensor("x");
    int axis = call.axis("axis", x, 0);
    Size size = call.whole("size");
    Size step = call.whole("step", 1);
    if (!step.isConstant() || step.is(0)) {
      throw call.error("range", "a step is a number other than 0");
    }
    Size start = call.whole("start");
    call.real().fromStart(x, axis, start, step.value().value());
    Node node = call.build().slice(x.node(), axis, start.value(), size.value(), step.value().value());
    return call.real().kept(x, new Value.Tensor(node, with(x, axis, size.declared()), x.categories()));
  }

  private static Value pad(Arguments call) {
    Value.Tensor given = call.floats("x");
    int axis = call.axis("axis", given, 0);
    Value.Tensor x = call.real().masked(given, List.of(axis), 0);
    Size low = call.whole("low");
    Size high = call.has("high") ? call.whole("high") : low;
    long interior = call.count("interior", 0, 0);
    for (Size margin : List.of(low, high)) {
      if (margin.isConstant() && margin.value().value() < 0) {
        throw call.error("range", "a margin of " + margin);
      }
    }
    Size n = x.size(axis);
    Size size = low.plus(n).plus(n.plus(-1).times(interior)).plus(high);
    Node node = call.build().pad(x.node(), axis, low.value(), high.value(), interior);
    return new Value.Tensor(node, with(x, axis, size.declared()), Optional.empty());
  }

  private static List<Value.Tensor> parts(Arguments call) {
    List<Value.Tensor> parts = new ArrayList<>();
    for (Given given : call.rest()) {
      List<Value> values = given.value() instanceof Value.Items items
          && items.elements().stream().anyMatch(Value.Tensor.class::isInstance) ? items.elements()
              : List.of(given.value());
      values.forEach(value -> parts.add(call.tensor(new Given(Optional.empty(), value, given.span()), "a part")));
    }
    if (parts.isEmpty()) {
      throw call.error("argument", "there is nothing to join");
    }
    return parts;
  }

  private static Value concat(Arguments call) {
    List<Value.Tensor> parts = parts(call);
    Value.Tensor first = parts.get(0);
    if (first.rank() == 0) {
      throw call.error("shape", "scalars are joined by `stack`");
    }
    int axis = call.axis("axis", first, 0);
    Size total = Size.of(0);
    for (Value.Tensor part : parts) {
      boolean fits = part.rank() == first.rank() && part.node().element() == first.node().element()
          && part.shape().with(axis, Dim.ONE).equals(first.shape().with(axis, Dim.ONE));
      if (!fits) {
        throw call.error("shape", "along axis " + axis + ", " + part.text() + " does not join " + first.text()
            + ": all other axes are equal");
      }
      total = total.plus(part.size(axis));
    }
    Node node = call.build().concat(axis, parts.stream().map(Value.Tensor::node).toList());
    return new Value.Tensor(node, with(call.real().joined(parts, axis), axis, total.declared()), first.categories());
  }

  private static Value stack(Arguments call) {
    List<Value.Tensor> parts = parts(call);
    Value.Tensor first = parts.get(0);
    int axis = newAxis(call, first.rank());
    List<Node> nodes = new ArrayList<>();
    for (Value.Tensor part : parts) {
      if (!part.shape().equals(first.shape()) || part.node().element() != first.node().element()) {
        throw call.error("shape", part.text() + " is not stacked on " + first.text());
      }
      nodes.add(call.build().reshape(part.node(), part.shape().insert(axis, Dim.ONE)));
    }
    List<Dim> declared = new ArrayList<>(call.real().joined(parts, -1).declared());
    declared.add(axis, Dim.of(parts.size()));
    return new Value.Tensor(call.build().concat(axis, nodes), declared, first.categories());
  }

  private static Value window(Arguments call) {
    Value.Tensor given = call.tensor("x");
    int axis = call.axis("axis", given, 0);
    Value.Tensor x = call.real().masked(given, List.of(axis), 0);
    Size size = call.whole("size");
    long stride = call.count("stride", 1, 1);
    long dilation = call.count("dilation", 1, 1);
    Size reach = size.plus(-1).times(dilation).plus(1);
    Size n = x.size(axis);
    Dim room = n.value().minus(reach.value());
    if (room.isConstant() && room.value() < 0 || size.isConstant() && size.value().value() < 1) {
      throw call.error("shape", "a window of " + size + (dilation > 1 ? " with dilation " + dilation + " reaches over "
          + reach + ", and" : "") + " does not fit an axis of " + n);
    }
    Size places = n.minus(reach).floorDiv(Size.of(stride)).plus(1);
    Node node = call.build().window(x.node(), axis, size.value(), stride, dilation);
    List<Dim> declared = with(x, axis, places.declared());
    declared.add(axis + 1, size.declared());
    return new Value.Tensor(node, declared, x.categories());
  }

  private static Value fold(Arguments call) {
    Value.Tensor x = call.floats("x");
    int axis = call.axis("axis", x, 0);
    Size size = call.whole("size");
    Node node = call.build().fold(x.node(), axis, size.value(), call.count("stride", 1, 1), call.count("dilation", 1,
        1));
    List<Dim> declared = with(x, axis, size.declared());
    declared.remove(axis + 1);
    return new Value.Tensor(node, declared, Optional.empty());
  }
}
