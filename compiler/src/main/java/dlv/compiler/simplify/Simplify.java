package dlv.compiler.simplify;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** All families of rules, applied until nothing changes. */
public final class Simplify {
  /** Every rule shrinks or orders its expression, so a fixed point comes long before; this only bounds a mistake. */
  private static final int TURNS = 200;

  private static final int REWRITES_AT_ONE_NODE = 20;

  static final List<Rule> RULES = rules();

  private Simplify() {}

  private static List<Rule> rules() {
    var rules = new ArrayList<Rule>();
    rules.addAll(Constants.RULES);
    rules.addAll(Algebra.RULES);
    rules.addAll(Views.RULES);
    rules.addAll(Broadcasts.RULES);
    rules.addAll(Reductions.RULES);
    rules.addAll(Products.RULES);
    rules.addAll(Folds.RULES);
    return List.copyOf(rules);
  }

  public static Graph in(Graph graph) {
    return in(graph, RULES);
  }

  /** {@code graph} under some of the rules. */
  static Graph in(Graph graph, List<Rule> rules) {
    for (int turn = 0; turn < TURNS; turn++) {
      Graph next = Sharing.in(turn(graph, rules));
      if (new HashSet<>(next.roots()).equals(new HashSet<>(graph.roots()))) {
        return next;
      }
      graph = next;
    }
    return graph;
  }

  private static Graph turn(Graph graph, List<Rule> rules) {
    var replaced = new IdentityHashMap<Node, Node>();
    Set<Node> shared = Collections.newSetFromMap(new IdentityHashMap<>());
    var readers = graph.readers();
    var roots = new HashSet<>(graph.roots());
    for (Node node : graph.nodes()) {
      Node result = node.withOperands(node.operands().stream().map(replaced::get).toList());
      result = simplest(result, rules, shared);
      replaced.put(node, result);
      if (readers.get(node).size() + (roots.contains(node) ? 1 : 0) > 1) {
        shared.add(result);
      }
    }
    return graph.replace(replaced);
  }

  private static Node simplest(Node node, List<Rule> rules, Set<Node> shared) {
    for (int i = 0; i < REWRITES_AT_ONE_NODE; i++) {
      Node before = node;
      for (Rule rule : rules) {
        Node simpler = rule.rewrite().of(node, n -> !shared.contains(n));
        node = simpler == null ? node : simpler;
      }
      if (node == before) {
        break;
      }
    }
    return node;
  }
}
