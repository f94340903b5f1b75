package dlv.compiler.lower;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Substitution;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** An optimiser's equations, declared over names of sizes, for some weights. */
final class Instance {
  private final Map<String, Node> given;
  private final Lowering lowering;
  private final Substitution sizes;
  private final Map<Node, Node> done = new IdentityHashMap<>();

  /** @param given what stands for the equations' inputs and states, by name; other states are those of the block */
  Instance(Map<String, Node> given, Lowering lowering, Substitution sizes) {
    this.given = given;
    this.lowering = lowering;
    this.sizes = sizes;
  }

  /** One equation, with everything that several equations share computed once. */
  Node of(Node equation) {
    for (Node node : Graph.topological(List.of(equation))) {
      done.computeIfAbsent(node, this::replaced);
    }
    return done.get(equation);
  }

  private Node replaced(Node node) {
    if (node.op() instanceof Op.Input input) {
      return given.get(input.name());
    }
    if (node.op() instanceof Op.State state) {
      Node own = given.get(state.path());
      return own != null ? own : lowering.state(state.path());
    }
    return sizes.of(node, done);
  }
}
