package dlv.compiler.check;

import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a file can ask about tensors, networks and examples. */
final class Questions {
  private Questions() {}

  static List<Primitive> all() {
    return List.of(
        Primitive.of("shape", "x", call ->
            new Value.Items(call.tensor("x").sizes().stream().map(size -> (Value) new Value.Whole(size)).toList())),
        Primitive.of("elements", "x", call ->
            new Value.Whole(call.tensor("x").sizes().stream().reduce(Size.of(1), Size::times))),
        Primitive.of("rank", "x", call -> Value.Whole.of(call.tensor("x").rank())),
        Primitive.of("length", "list", Questions::length),
        Primitive.of("size2", "h w?", call -> call.has("w") ? new Value.Extent(call.whole("h"), call.whole("w"))
            : Statics.extent(call.evaluator(), call.value("h"), call.spanOf("h"), "`h`")),
        Primitive.of("rows", "x", Questions::rows),
        Primitive.of("gradient", "y x", Questions::gradient),
        Primitive.of("parameters", "network", Questions::parameters));
  }

  private static Value length(Arguments call) {
    if (call.value("list") instanceof Value.Items items) {
      return Value.Whole.of(items.elements().size());
    }
    throw call.error("argument", "`length` takes a list, not " + call.value("list").text());
  }

  /** All examples of this application: {@code float[batch, …]}. */
  private static Value rows(Arguments call) {
    Value.Tensor x = call.tensor("x");
    Activation here = call.evaluator().here();
    boolean inBlock = here.declaration() == null;
    outsideCells(call, "`rows`", "apply what looks at other examples to the whole sequence, before or after the cell");
    if (!here.training() && !inBlock) {
      throw call.evaluator().here().report(dlv.compiler.diagnostic.Diagnostic
          .error("rows", call.span(), "outside training an example is alone: `rows` has no others to show")
          .help("use `rows` under `if training`, or in a state's next value"));
    }
    List<Dim> declared = new ArrayList<>(x.declared());
    declared.add(0, Dim.BATCH);
    return new Value.Tensor(call.build().node(new Op.Rows(), x.node()), declared, x.categories());
  }

  private static void outsideCells(Arguments call, String what, String help) {
    if (call.evaluator().here().steps() != null) {
      throw call.evaluator().here().report(dlv.compiler.diagnostic.Diagnostic
          .error("unsupported", call.span(), what + " inside a cell would be another at each step").help(help));
    }
  }

  /** d sum(y) / dx, itself an expression that has gradients. */
  private static Value gradient(Arguments call) {
    Value.Tensor y = call.floats("y");
    Value.Tensor x = call.floats("x");
    outsideCells(call, "a gradient", "take the gradient of what the whole cell answers");
    if (y.node().element() != Element.FLOAT) {
      throw call.error("type", "a gradient is of numbers");
    }
    return new Value.Tensor(call.build().derivative(y.node(), x.node()), x.declared(), Optional.empty());
  }

  private static Value parameters(Arguments call) {
    Value network = call.value("network");
    if (network instanceof Value.Builtin) {
      return Value.Whole.of(0);
    }
    boolean bare = network instanceof Value.Template template
        && template.declaration().kind() == Declaration.Kind.NETWORK;
    if (!bare && !(network instanceof Value.Network)) {
      throw call.error("argument", "`parameters` takes a network, not " + network.text());
    }
    return new Value.Whole(Size.of(new Standalone(call.evaluator().here().session()).parameters(network, call)));
  }
}
