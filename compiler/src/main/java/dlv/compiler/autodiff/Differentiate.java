package dlv.compiler.autodiff;

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
    return new Differentiate().expand(graph);
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
    Map<Node, Node> adjoints = sweep(replaced.get(y), targets);
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

  /** The adjoints of {@code targets}, and of all that lies between them and {@code y}. */
  private static Map<Node, Node> sweep(Node y, Set<Node> targets) {
    List<Node> order = Graph.topological(List.of(y));
    var depends = identitySet();
    for (Node node : order) {
      if (targets.contains(node) || operandsThat(depends, node).size() > 0) {
        depends.add(node);
      }
    }
    var parts = new IdentityHashMap<Node, List<Node>>();
    var adjoints = new IdentityHashMap<Node, Node>();
    parts.put(y, List.of(new Build(y.origin()).constant(1, y.shape())));
    for (int at = order.size() - 1; at >= 0; at--) {
      Node node = order.get(at);
      if (!depends.contains(node) || !parts.containsKey(node)) {
        continue;
      }
      Node adjoint = Parts.total(node, parts.get(node));
      adjoints.put(node, adjoint);
      for (int i : operandsThat(depends, node)) {
        parts.computeIfAbsent(node.operand(i), n -> new ArrayList<>()).add(Adjoint.of(node, i, adjoint));
      }
    }
    return adjoints;
  }

  /** The operands of {@code node} in {@code depends} through which a derivative flows. */
  private static List<Integer> operandsThat(Set<Node> depends, Node node) {
    var found = new ArrayList<Integer>();
    for (int i = 0; i < node.operands().size(); i++) {
      if (depends.contains(node.operand(i)) && Adjoint.flows(node, i)) {
        found.add(i);
      }
    }
    return found;
  }
}
