package dlv.compiler.autodiff;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One walk backwards from values whose adjoints are known; the results of a loop are walked through together. */
final class Sweep {
  private final Set<Node> depends = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Node, List<Node>> parts = new IdentityHashMap<>();
  private final Map<Node, Node> adjoints = new IdentityHashMap<>();
  private final Map<Loop.Run, List<Node>> runs = new HashMap<>();

  private Sweep() {}

  /** The adjoints of {@code targets}, and of all that lies between them and {@code seeds}, values with adjoints. */
  static Map<Node, Node> of(Map<Node, Node> seeds, Set<Node> targets) {
    var sweep = new Sweep();
    List<Node> order = Graph.topological(List.copyOf(seeds.keySet()));
    for (Node node : order) {
      if (targets.contains(node) || !sweep.flowing(node).isEmpty()) {
        sweep.depends.add(node);
        if (node.is(Op.Scan.class)) {
          sweep.runs.computeIfAbsent(Loop.Run.of(node), run -> new ArrayList<>()).add(node);
        }
      }
    }
    seeds.forEach((node, adjoint) -> sweep.parts.put(node, new ArrayList<>(List.of(adjoint))));
    for (int at = order.size() - 1; at >= 0; at--) {
      if (sweep.depends.contains(order.get(at))) {
        sweep.visit(order.get(at));
      }
    }
    return sweep.adjoints;
  }

  /** The operands through which a derivative flows to {@code node}. */
  private List<Integer> flowing(Node node) {
    var found = new ArrayList<Integer>();
    for (int i = 0; i < node.operands().size(); i++) {
      if (depends.contains(node.operand(i)) && Adjoint.flows(node, i)) {
        found.add(i);
      }
    }
    return found;
  }

  private void visit(Node node) {
    if (parts.containsKey(node)) {
      adjoints.put(node, Parts.total(node, parts.get(node)));
    }
    if (node.is(Op.Scan.class)) {
      List<Node> results = runs.get(Loop.Run.of(node));
      if (results.get(0) == node && results.stream().anyMatch(adjoints::containsKey)) {
        new LoopAdjoint(results, adjoints).operands(flowing(node)).forEach((i, g) -> give(node.operand(i), g));
      }
    } else if (adjoints.containsKey(node)) {
      flowing(node).forEach(i -> give(node.operand(i), Adjoint.of(node, i, adjoints.get(node))));
    }
  }

  private void give(Node node, Node part) {
    parts.computeIfAbsent(node, n -> new ArrayList<>()).add(part);
  }
}
