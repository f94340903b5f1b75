package dlv.compiler.autodiff;

import dlv.compiler.ir.Bodies;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces every {@code Derivative(y, x)}, innermost first, by the nodes that compute d sum(y) / dx. All derivatives
 * of one {@code y} share one backward sweep; a value that {@code y} does not depend on has the derivative 0.
 */
public final class Differentiate {
  private final Map<Node, Node> replaced = new IdentityHashMap<>();
  private final Map<Node, List<Node>> wanted = new IdentityHashMap<>();

  private Differentiate() {}

  public static Graph in(Graph graph) {
    return new Differentiate().expand(Bodies.rewrite(graph, Differentiate::in));
  }

  private Graph expand(Graph graph) {
    List<Node> nodes = graph.nodes();
    for (Node node : nodes) {
      if (node.is(Op.Derivative.class)) {
        wanted.computeIfAbsent(node.operand(0), y -> new ArrayList<>()).add(node);
      }
    }
    if (wanted.isEmpty()) {
      return graph;
    }
    for (Node node : nodes) {
      if (node.is(Op.Derivative.class)) {
        expand(node.operand(0));
      } else {
        replaced.put(node, node.withOperands(node.operands().stream().map(replaced::get).toList()));
      }
    }
    return graph.replace(replaced);
  }

  /** All derivatives of {@code y} at once; what {@code y} does not depend on may not have been reached yet. */
  private void expand(Node y) {
    List<Node> derivatives = wanted.get(y);
    if (replaced.containsKey(derivatives.get(0))) {
      return;
    }
    var targets = identitySet();
    for (Node derivative : derivatives) {
      Node target = replaced.get(derivative.operand(1));
      if (target != null) {
        targets.add(target);
      }
    }
    Node value = replaced.get(y);
    Node one = new Build(value.origin()).constant(1, value.shape());
    Map<Node, Node> adjoints = Sweep.of(Map.of(value, one), targets);
    for (Node derivative : derivatives) {
      Node target = replaced.get(derivative.operand(1));
      Node adjoint = target == null ? null : adjoints.get(target);
      Node zeros = new Build(derivative.origin()).constant(0, derivative.shape());
      replaced.put(derivative, adjoint == null ? zeros : adjoint);
    }
  }

  private static Set<Node> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
