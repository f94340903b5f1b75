package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.lower.Lift.Lifted;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a loop's body computes without its carries leaves it: products of the sequences become one product over all steps,
 * and what is the same in every step is computed once.
 */
public final class Hoist {
  private final Loop loop;
  private final Set<Node> carried = set();
  private final Set<Node> varying = set();
  private final Set<Node> costly = set();

  private Hoist(Loop loop, List<Node> body) {
    this.loop = loop;
    for (Node node : body) {
      if (loop.carries().contains(node) || node.operands().stream().anyMatch(carried::contains)) {
        carried.add(node);
      }
      if (loop.elements().contains(node) || node.operands().stream().anyMatch(varying::contains)) {
        varying.add(node);
      }
      if (Outside.isAnchor(node) || node.operands().stream().anyMatch(costly::contains)
          || !varying.contains(node) && (node.is(Op.Map.class) || node.is(Op.Concat.class))) {
        costly.add(node);
      }
    }
  }

  private static Set<Node> set() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  public static Graph in(Graph graph) {
    return Runs.rewrite(graph, Hoist::results);
  }

  private static Map<Op.Scan, Node> results(Loop loop, List<Node> operands, List<Op.Scan> results, Build build) {
    List<Node> body = loop.nodes(results.stream().map(Op.Scan::of).toList());
    var hoist = new Hoist(loop, body);
    var leaving = set();
    for (Node node : body) {
      if (hoist.carried.contains(node)) {
        node.operands().stream().map(hoist::base).filter(hoist::leaves).forEach(leaving::add);
      }
    }
    loop.next().stream().map(hoist::base).filter(hoist::leaves).forEach(leaving::add);
    if (leaving.isEmpty()) {
      return Map.of();
    }
    var sequences = new LinkedHashMap<Node, Node>();
    loop.elements().forEach(e -> sequences.put(e, operands.get(loop.parameters().indexOf(e))));
    Map<Node, Node> stands = Runs.invariants(loop, operands);
    var outside = new Outside(loop, operands, node -> null);
    for (Node node : body) {
      if (leaving.contains(node)) {
        Lifted lifted = outside.of(node);
        (lifted.varies() ? sequences : stands).put(node, lifted.node());
      }
    }
    return Runs.rebuilt(loop, operands, results, loop.carries(), sequences, stands, build);
  }

  private boolean leaves(Node node) {
    return !carried.contains(node) && costly.contains(node);
  }

  /** What {@code node} shows: views stay with their readers. */
  private Node base(Node node) {
    Node base = node;
    while (Outside.isView(base)) {
      base = base.operand(0);
    }
    return base;
  }
}
