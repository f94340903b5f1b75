package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a loop computes in each step without needing it for the next leaves it, as far as it is more than elementwise: the
 * gradient of a weight, a sum over the steps of products, becomes one product that sums over time as well. What is told
 * as a part of a whole is not told once more.
 */
public final class Sink {
  /** Where a value lies in a joined one that a result tells of. */
  private record Part(Node whole, int axis, Dim start, Dim size) {}

  private final Loop loop;
  private final List<Node> operands;
  private final Build build;
  private final Map<Node, Part> parts = new IdentityHashMap<>();
  private final Set<Node> needed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Node, Boolean> leaves = new IdentityHashMap<>();

  private Sink(Loop loop, List<Node> operands, List<Op.Scan> results, Build build) {
    this.loop = loop;
    this.operands = operands;
    this.build = build;
    needed.addAll(loop.nodes(List.of()));
    needed.addAll(loop.carries());
    results.stream().filter(r -> r.result() == Op.Result.OUTPUT && needed.contains(r.of())).map(Op.Scan::of)
        .forEach(this::remember);
  }

  public static Graph in(Graph graph) {
    return Loop.told(graph.nodes()).isEmpty() ? graph : Runs.rewrite(Sharing.in(graph), Sink::results);
  }

  private void remember(Node whole) {
    if (whole.op() instanceof Op.Concat concat) {
      Dim start = Dim.ZERO;
      for (Node part : whole.operands()) {
        Node base = part.is(Op.Reshape.class) ? part.operand(0) : part;
        parts.putIfAbsent(base, new Part(whole, concat.axis(), start, part.dim(concat.axis())));
        start = start.plus(part.dim(concat.axis()));
      }
    }
  }

  /** {@code node} in every step, as the loop tells it. */
  private Node told(Node node) {
    Part part = parts.get(node);
    Node all = Node.of(new Op.Scan(loop, Op.Result.OUTPUT, part == null ? node : part.whole()), operands,
        build.origin());
    return part == null ? all : build.reshape(build.slice(all, part.axis() + 1, part.start(), part.size(), 1),
        node.shape().insert(0, loop.length()));
  }

  private static Map<Op.Scan, Node> results(Loop loop, List<Node> operands, List<Op.Scan> results, Build build) {
    var sink = new Sink(loop, operands, results, build);
    var outside = new Outside(loop, operands, node -> sink.leaves(node) ? null : sink.told(node));
    var found = new HashMap<Op.Scan, Node>();
    for (Op.Scan result : results) {
      if (result.result() == Op.Result.OUTPUT && (sink.leaves(result.of())
          || sink.parts.containsKey(result.of()))) {
        found.put(result, outside.inEveryStep(result.of()));
      }
    }
    return found;
  }

  private boolean leaves(Node node) {
    Boolean known = leaves.get(node);
    if (known == null) {
      boolean parameter = loop.parameters().contains(node);
      known = parameter ? !loop.carries().contains(node)
          : node.operands().isEmpty() || !needed.contains(node)
          && (Outside.isAnchor(node) || Outside.isView(node)
          || node.operands().stream().anyMatch(operand -> !operand.operands().isEmpty() && leaves(operand)));
      leaves.put(node, known);
    }
    return known;
  }
}
