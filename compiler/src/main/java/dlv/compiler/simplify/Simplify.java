package dlv.compiler.simplify;

import dlv.compiler.ir.Bodies;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All families of rules, applied until nothing changes. */
public final class Simplify {
  /** Every rule shrinks or orders its expression, so a fixed point comes long before; this only bounds a mistake. */
  private static final int TURNS = 200;

  private static final int REWRITES_AT_ONE_NODE = 20;

  static final List<Rule> RULES = rules();

  private static final Map<Class<?>, List<Rule>> BY_OPERATION = byOperation();

  private Simplify() {}

  private static Map<Class<?>, List<Rule>> byOperation() {
    var rules = new HashMap<Class<?>, List<Rule>>();
    for (Class<?> op : Op.class.getPermittedSubclasses()) {
      rules.put(op, RULES.stream().filter(rule -> rule.concerns(op)).toList());
    }
    return rules;
  }

  private static List<Rule> rules() {
    var rules = new ArrayList<Rule>();
    rules.addAll(Constants.RULES);
    rules.addAll(Algebra.RULES);
    rules.addAll(Views.RULES);
    rules.addAll(Crops.RULES);
    rules.addAll(Broadcasts.RULES);
    rules.addAll(Reductions.RULES);
    rules.addAll(Products.RULES);
    rules.addAll(Folds.RULES);
    return List.copyOf(rules);
  }

  public static Graph in(Graph graph) {
    for (int turn = 0; turn < TURNS; turn++) {
      Graph next = Sharing.in(turn(Bodies.rewrite(graph, Simplify::in)));
      if (new HashSet<>(next.roots()).equals(new HashSet<>(graph.roots()))) {
        return next;
      }
      graph = next;
    }
    return graph;
  }

  /** Every node once, operands first. */
  private static Graph turn(Graph graph) {
    var replaced = new IdentityHashMap<Node, Node>();
    Set<Node> shared = Collections.newSetFromMap(new IdentityHashMap<>());
    var readers = graph.readers();
    var roots = new HashSet<>(graph.roots());
    for (Node node : graph.nodes()) {
      Node result = node.withOperands(node.operands().stream().map(replaced::get).toList());
      result = simplest(result, shared);
      replaced.put(node, result);
      if (readers.get(node).size() + (roots.contains(node) ? 1 : 0) > 1) {
        shared.add(result);
      }
    }
    return graph.replace(replaced);
  }

  private static Node simplest(Node node, Set<Node> shared) {
    for (int i = 0; i < REWRITES_AT_ONE_NODE; i++) {
      Node before = node;
      for (Rule rule : BY_OPERATION.get(node.op().getClass())) {
        Node simpler = rule.rewrite().of(node, n -> !shared.contains(n));
        if (simpler != null) {
          node = simpler;
          break;
        }
      }
      if (node == before) {
        break;
      }
    }
    return node;
  }
}
