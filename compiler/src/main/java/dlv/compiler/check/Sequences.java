package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sequences along the first axis, and the cells that run along them. */
final class Sequences {
  private Sequences() {}

  static List<Primitive> all() {
    return List.of(
        Primitive.of("last", "x", Sequences::last),
        Primitive.of("reverse", "x cell?", Sequences::reverse),
        Primitive.of("padded", "x length", Sequences::padded),
        Primitive.of("masked", "x value?", Sequences::masked),
        Each.primitive(),
        Primitive.of("another", "network", Sequences::another),
        Primitive.of("beside", "there back", Sequences::beside));
  }

  private static Value.Tensor sequence(Arguments call) {
    Value.Tensor x = call.tensor("x");
    if (x.rank() == 0) {
      throw call.error("shape", "a scalar is no sequence");
    }
    return x;
  }

  /** The last element. */
  private static Value last(Arguments call) {
    Value.Tensor x = sequence(call);
    Build build = call.build();
    if (!call.real().differing(x, List.of(0)).isEmpty()) {
      Node place = build.map(Scalar.SUB, call.real().length(x, 0), build.constant(1, Element.INT, Shape.SCALAR));
      return new Value.Tensor(build.gather(x.node(), place, 0), x.declared().subList(1, x.rank()), x.categories());
    }
    Node slice = build.slice(x.node(), 0, x.node().dim(0).minus(1), Dim.ONE, 1);
    return new Value.Tensor(build.reshape(slice, slice.shape().without(List.of(0))),
        x.declared().subList(1, x.rank()), x.categories());
  }

  /** A sequence from its end to its beginning, a cell that runs so, or such a cell applied to a sequence. */
  private static Value reverse(Arguments call) {
    if (call.has("cell")) {
      Given sequence = new Given(Optional.empty(), call.value("x"), call.spanOf("x"));
      return new Calls(call.evaluator()).invoke(reversed(call, "cell"), List.of(sequence), call.span());
    }
    if (!(call.value("x") instanceof Value.Tensor)) {
      return reversed(call, "x");
    }
    Value.Tensor x = sequence(call);
    Dim n = x.node().dim(0);
    Build build = call.build();
    if (call.real().differing(x, List.of(0)).isEmpty()) {
      return new Value.Tensor(build.slice(x.node(), 0, n.minus(1), n, -1), x.declared(), x.categories());
    }
    Node places = build.index(n);
    Node length = build.fill(call.real().length(x, 0), places.shape());
    Node mirrored = build.map(Scalar.SUB, build.map(Scalar.SUB, length, places),
        build.constant(1, Element.INT, places.shape()));
    Node within = build.select(build.map(Scalar.LT, places, length), mirrored, places);
    return new Value.Tensor(build.gather(x.node(), within, 0), x.declared(), x.categories());
  }

  /** A tensor of which only the first {@code length} places of the first axis are real. */
  private static Value padded(Arguments call) {
    Value.Tensor x = sequence(call);
    Value.Tensor length = call.integers("length");
    if (length.rank() > 0) {
      throw call.evaluator().error("shape", call.spanOf("length"), "a length is one number for each example, not "
          + length.text());
    }
    Size own = call.evaluator().here().own(x.size(0));
    call.evaluator().here().session().lengths().set(own.declared(), length.node());
    List<Dim> declared = new ArrayList<>(x.declared());
    declared.set(0, own.declared());
    return new Value.Tensor(x.node(), declared, x.categories());
  }

  /** A tensor with a value at every place that is not real. */
  private static Value masked(Arguments call) {
    Value.Tensor x = call.floats("x");
    return call.real().masked(x, RealPlaces.all(x), call.number("value", 0));
  }

  private static Value.Network reversed(Arguments call, String name) {
    Value value = call.value(name) instanceof Value.Template
        ? new Calls(call.evaluator()).invoke(call.value(name), List.of(), call.spanOf(name)) : call.value(name);
    boolean cell = value instanceof Value.Network network
        && network.instance().declaration().kind() == Declaration.Kind.CELL;
    if (!cell) {
      throw call.evaluator().error("type", call.spanOf(name), "`reverse` takes a sequence or a cell, not "
          + value.text());
    }
    return new Value.Network(((Value.Network) value).instance(), !((Value.Network) value).reversed());
  }

  /** A network or cell like one that is given, with weights of its own. */
  private static Value another(Arguments call) {
    Value given = call.value("network");
    if (given instanceof Value.Builtin) {
      return given;
    }
    if (!(given instanceof Value.Network network)) {
      throw call.error("type", "`another` takes a network or a cell, not " + given.text());
    }
    return new Value.Network(network.instance().another(call.evaluator().here().instance(),
        call.evaluator().key(call.span())), network.reversed());
  }

  /** Two runs joined along the last axis: what they answer, and the final states that both have. */
  private static Value beside(Arguments call) {
    Value.Tensor there = call.floats("there");
    Value.Tensor back = call.floats("back");
    Map<String, Value.Tensor> finals = new LinkedHashMap<>();
    there.finals().forEach((name, state) -> {
      Value.Tensor other = back.finals().get(name);
      if (other != null && state.rank() > 0) {
        finals.put(name, joined(call, state, other));
      }
    });
    Value.Tensor both = joined(call, there, back);
    return new Value.Tensor(both.node(), both.declared(), both.categories(), finals);
  }

  private static Value.Tensor joined(Arguments call, Value.Tensor a, Value.Tensor b) {
    int axis = a.rank() - 1;
    boolean fits = a.rank() == b.rank() && axis >= 0
        && a.shape().with(axis, Dim.ONE).equals(b.shape().with(axis, Dim.ONE));
    if (!fits) {
      throw call.error("shape", a.text() + " and " + b.text() + " do not stand side by side: all axes but the last"
          + " are equal");
    }
    List<Dim> declared = new ArrayList<>(a.declared());
    declared.set(axis, a.size(axis).plus(b.size(axis)).declared());
    return new Value.Tensor(call.build().concat(axis, List.of(a.node(), b.node())), declared, a.categories());
  }
}
