package dlv.compiler.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The bodies of a graph's loops as graphs of their own. */
public final class Bodies {
  private Bodies() {}

  /** {@code graph} with the body of each loop rewritten, whose parameters stay what they are. */
  public static Graph rewrite(Graph graph, UnaryOperator<Graph> rewrite) {
    Map<Loop, Set<Node>> told = Loop.told(graph.nodes());
    if (told.isEmpty()) {
      return graph;
    }
    var loops = new IdentityHashMap<Loop, Loop>();
    var nodes = new IdentityHashMap<Node, Node>();
    told.forEach((loop, outputs) -> loops.put(loop, rewritten(loop, List.copyOf(outputs), rewrite, nodes)));
    return graph.rewrite(node -> {
      if (!(node.op() instanceof Op.Scan scan)) {
        return node;
      }
      Node of = scan.result() == Op.Result.OUTPUT ? nodes.get(scan.of()) : scan.of();
      Op.Scan now = new Op.Scan(loops.get(scan.loop()), scan.result(), of);
      return now.equals(scan) ? node : Node.of(now, node.operands(), node.origin());
    });
  }

  private static Loop rewritten(Loop loop, List<Node> outputs, UnaryOperator<Graph> rewrite, Map<Node, Node> nodes) {
    var named = new ArrayList<Graph.Output>();
    for (Node root : loop.next()) {
      named.add(new Graph.Output("next" + named.size(), root));
    }
    for (Node root : outputs) {
      named.add(new Graph.Output("output" + named.size(), root));
    }
    List<Node> roots = rewrite.apply(new Graph("step", named, List.of())).roots();
    List<Node> next = roots.subList(0, loop.next().size());
    for (int i = 0; i < outputs.size(); i++) {
      nodes.put(outputs.get(i), roots.get(next.size() + i));
    }
    return next.equals(loop.next()) ? loop
        : new Loop(loop.length(), loop.reversed(), loop.parameters(), loop.elements().size(), next, loop.ended());
  }
}
