package dlv.compiler.check;

import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What is computed while a file is compiled, in 64 bits: tables of constants, and numbers to decide by. */
final class Tables {
  /** The most elements that all steps of one table may have together. */
  private static final long WORK = 1L << 26;

  private Tables() {}

  static List<Primitive> all() {
    return List.of(
        Primitive.of("table", "x", Tables::table),
        Primitive.of("number", "x", Tables::number));
  }

  /** The same values as a constant. While dimensions are open it stays a computation. */
  private static Value table(Arguments call) {
    Value.Tensor x = call.tensor("x");
    Array values = values(call, x.node());
    if (values == null) {
      return x;
    }
    Node constant = call.build().node(new Op.Constant(Arrays.stream(values.data()).boxed().toList(),
        x.node().element(), x.shape()));
    return new Value.Tensor(constant, x.declared(), x.categories());
  }

  /** A scalar as a static number. */
  private static Value number(Arguments call) {
    if (Arithmetic.isNumber(call.value("x"))) {
      return call.value("x");
    }
    Value.Tensor x = call.tensor("x");
    if (x.rank() > 0) {
      throw call.error("shape", "`number` takes a scalar, not " + x.text());
    }
    Array value = values(call, x.node());
    return value == null ? new Value.Formula(x.node(), false) : new Value.Real(value.data()[0]);
  }

  /** The values of a node; null while dimensions are open. */
  private static Array values(Arguments call, Node root) {
    List<Node> nodes = Graph.topological(List.of(root));
    for (Node node : nodes) {
      String what = varying(node);
      if (what != null) {
        throw call.error("static", "this is computed while the file is compiled, and depends on " + what);
      }
    }
    if (nodes.stream().anyMatch(node -> !node.shape().isConstant()
        || node.op() instanceof Op.Size size && !size.dim().isConstant())) {
      return null;
    }
    if (nodes.stream().mapToDouble(node -> node.shape().elements().value()).sum() > WORK) {
      throw call.error("limit", "this table takes more than " + WORK + " numbers to compute");
    }
    Map<Node, Array> values = new IdentityHashMap<>();
    Interpreter.evaluate(nodes, Bindings.of(Map.of()), values);
    return values.get(root);
  }

  private static String varying(Node node) {
    if (node.op() instanceof Op.State state) {
      return state.path().equals("seed") ? "chance" : state.path().equals("step") ? "the step of training"
          : "`" + state.path() + "`";
    }
    return node.is(Op.Rows.class) ? "the batch"
        : node.op() instanceof Op.Input input ? "the input `" + input.name() + "`"
        : node.is(Op.Derivative.class) ? "a gradient" : null;
  }
}
