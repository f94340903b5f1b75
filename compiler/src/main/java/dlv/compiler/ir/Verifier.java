package dlv.compiler.ir;

import dlv.compiler.type.Element;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Says whether a graph is what a stage promises; it runs after every pass, and a fault is a {@link CompilerBug}. */
public final class Verifier {
  /** What lowering and differentiation have removed. */
  public enum Form {
    /** No {@code Rows}, and no statistic between two updates. */
    LOWERED,
    /** Lowered, and no {@code Derivative}. */
    DIFFERENTIATED
  }

  private final Graph graph;
  private final Form form;

  private Verifier(Graph graph, Form form) {
    this.graph = graph;
    this.form = form;
  }

  /** Throws {@link CompilerBug} where {@code graph} does not have {@code form}; {@code after} says who made it. */
  public static void check(Graph graph, Form form, String after) {
    try {
      new Verifier(graph, form).check();
    } catch (CompilerBug bug) {
      throw new CompilerBug("after " + after + ": " + bug.getMessage(), bug.origin(), bug);
    }
  }

  private void check() {
    var inputs = new HashMap<String, Op>();
    var states = new HashMap<String, Op>();
    for (Node node : graph.nodes()) {
      shape(node);
      form(node);
      if (node.is(Op.Parameter.class)) {
        throw new CompilerBug(node + " outside of its loop", node.origin());
      }
      if (node.op() instanceof Op.Input input) {
        same(inputs.putIfAbsent(input.name(), input), input, node.origin());
      } else if (node.op() instanceof Op.State state) {
        same(states.putIfAbsent(state.path(), state), state, node.origin());
      }
    }
    bodies(graph.nodes());
    updates(states);
    outputs();
  }

  /** A loop's body reads its own parameters and literals alone; a graph has no parameters. */
  private void bodies(List<Node> nodes) {
    Loop.told(nodes).forEach((loop, told) -> {
      var own = new HashSet<>(loop.parameters());
      List<Node> body = loop.nodes(told);
      for (Node node : body) {
        shape(node);
        form(node);
        boolean leaf = node.operands().isEmpty() && !own.contains(node);
        if (leaf && !node.is(Op.Constant.class) && !node.is(Op.Index.class)) {
          throw new CompilerBug(node + " is read in a " + loop + " and is none of its operands", node.origin());
        }
      }
      bodies(body);
    });
  }

  /** The shape that a node has is the one that its operation gives now. */
  private static void shape(Node node) {
    Node again;
    try {
      again = Node.of(node.op(), node.operands(), node.origin());
    } catch (IllegalArgumentException e) {
      throw new CompilerBug(e.getMessage(), node.origin(), e);
    }
    if (!again.shape().equals(node.shape()) || again.element() != node.element()) {
      throw new CompilerBug(node + " should be " + again, node.origin());
    }
  }

  private void form(Node node) {
    boolean late = node.is(Op.Derivative.class) && form == Form.DIFFERENTIATED || node.is(Op.Rows.class)
        || node.op() instanceof Op.State state && state.turn() != 0;
    if (late) {
      throw new CompilerBug(node + " is left in a graph that is " + form, node.origin());
    }
  }

  /** One name is one leaf, whoever reads it. */
  private static void same(Op known, Op op, Origin origin) {
    if (known != null && !known.equals(op)) {
      throw new CompilerBug(op + " and " + known + " are one name for two things", origin);
    }
  }

  private void updates(Map<String, Op> states) {
    var updated = new HashSet<String>();
    for (Graph.Update update : graph.updates()) {
      Node next = update.next();
      if (next.element() != update.state().element() || !next.shape().equals(update.state().shape())) {
        throw new CompilerBug(update.state() + " cannot become " + next, next.origin());
      }
      if (!updated.add(update.state().path())) {
        throw new CompilerBug(update.state() + " has two next values", next.origin());
      }
      same(states.putIfAbsent(update.state().path(), update.state()), update.state(), next.origin());
    }
  }

  private void outputs() {
    var names = new HashSet<String>();
    for (Graph.Output output : graph.outputs()) {
      if (!names.add(output.name())) {
        throw new CompilerBug("two outputs are named " + output.name(), output.node().origin());
      }
      if (output.node().element() == Element.BYTE) {
        throw new CompilerBug("the output " + output.name() + " is bytes", output.node().origin());
      }
    }
  }
}
