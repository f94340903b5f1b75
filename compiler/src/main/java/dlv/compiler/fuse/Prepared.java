package dlv.compiler.fuse;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph whose loops are ready for fusion: each carry lies in its history, whose row 0 a kernel fills, or, where nobody
 * asks for earlier values, in two rows that take turns; last values and outputs that are carries are views of these.
 *
 * @param carried histories and turns, wanted whoever reads them
 */
record Prepared(Graph graph, List<Node> carried) {
  static Prepared of(Graph graph) {
    return new Rewriting(graph).prepared();
  }

  /** Every node that the graph or a carry needs, operands before users. */
  List<Node> nodes() {
    var roots = new ArrayList<>(graph.roots());
    roots.addAll(carried);
    return Graph.topological(roots);
  }

  /** Who reads each node. */
  Map<Node, List<Node>> readers() {
    var readers = new IdentityHashMap<Node, List<Node>>();
    for (Node node : nodes()) {
      readers.putIfAbsent(node, new ArrayList<>());
      node.operands().forEach(operand -> readers.get(operand).add(node));
    }
    return readers;
  }

  private static final class Rewriting {
    /** The operands that a run has now, and where its carries lie. */
    private record Walk(List<Node> operands, List<Node> carried) {}

    private final Graph graph;
    private final Map<Node, Node> replaced = new IdentityHashMap<>();
    private final Map<Loop.Run, Walk> walks = new HashMap<>();
    private final Map<Loop.Run, Set<Node>> kept = new HashMap<>();
    private final List<Node> carried = new ArrayList<>();

    Rewriting(Graph graph) {
      this.graph = graph;
    }

    Prepared prepared() {
      List<Node> nodes = graph.nodes();
      for (Node node : nodes) {
        if (node.op() instanceof Op.Scan scan && scan.result() != Op.Result.FINAL) {
          kept.computeIfAbsent(Loop.Run.of(node), run -> new HashSet<>()).add(scan.of());
        }
      }
      for (Node node : nodes) {
        replaced.put(node, node.op() instanceof Op.Scan scan ? result(node, scan)
            : node.withOperands(node.operands().stream().map(replaced::get).toList()));
      }
      return new Prepared(graph.replace(replaced), List.copyOf(carried));
    }

    private Walk walk(Loop.Run run, Node scan) {
      var operands = new ArrayList<>(run.operands().stream().map(replaced::get).toList());
      Loop loop = run.loop();
      for (int i = 0; i < loop.next().size(); i++) {
        operands.set(i, Roots.copy(operands.get(i)));
      }
      var own = new ArrayList<Node>();
      for (int i = 0; i < loop.next().size(); i++) {
        Set<Node> told = kept.getOrDefault(run, Set.of());
        Node carry = loop.carries().get(i);
        boolean all = told.contains(carry) || told.contains(loop.next().get(i)) || !loop.length().isConstant();
        own.add(Node.of(new Op.Scan(loop, all ? Op.Result.HISTORY : Op.Result.TURNS, carry), operands, scan.origin()));
      }
      carried.addAll(own);
      return new Walk(operands, own);
    }

    private Node result(Node node, Op.Scan scan) {
      Loop loop = scan.loop();
      Loop.Run run = Loop.Run.of(node);
      Walk walk = walks.get(run);
      if (walk == null) {
        walk = walk(run, node);
        walks.put(run, walk);
      }
      int before = loop.carries().indexOf(scan.of());
      int after = loop.next().indexOf(scan.of());
      Node history = walk.carried().isEmpty() ? null : walk.carried().get(Math.max(0, before >= 0 ? before : after));
      return switch (scan.result()) {
        case FINAL -> last(loop, history);
        case HISTORY, TURNS -> history;
        case OUTPUT -> before >= 0 ? rows(loop, history, 0) : after >= 0 ? rows(loop, history, 1)
            : Node.of(scan, walk.operands(), node.origin());
      };
    }

    private static Node last(Loop loop, Node history) {
      var build = new Build(history.origin());
      boolean all = ((Op.Scan) history.op()).result() == Op.Result.HISTORY;
      Dim row = all ? loop.length() : Dim.of(loop.length().value() % 2);
      return build.reshape(build.slice(history, 0, row, Dim.ONE, 1), history.shape().without(List.of(0)));
    }

    /** Rows from {@code first} on, one a step, in the order of the sequences. */
    private static Node rows(Loop loop, Node history, long first) {
      var build = new Build(history.origin());
      return loop.reversed() ? build.slice(history, 0, loop.length().minus(1).plus(first), loop.length(), -1)
          : build.slice(history, 0, Dim.of(first), loop.length(), 1);
    }
  }
}
