package dlv.compiler.simplify;

import dlv.compiler.ir.Bodies;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rewrites loop by loop, inner ones first: a rule sees all results of a run together. */
final class Runs {
  /** What becomes of the results of a loop over {@code operands}; empty where all stay as they are. */
  interface Rule {
    Map<Op.Scan, Node> results(Loop loop, List<Node> operands, List<Op.Scan> results, Build build);
  }

  private Runs() {}

  static Graph rewrite(Graph graph, Rule rule) {
    Graph inner = Bodies.rewrite(graph, body -> rewrite(body, rule));
    var wanted = new HashMap<Loop.Run, List<Op.Scan>>();
    List<Node> nodes = inner.nodes();
    nodes.stream().filter(node -> node.is(Op.Scan.class)).forEach(node ->
        wanted.computeIfAbsent(Loop.Run.of(node), run -> new ArrayList<>()).add((Op.Scan) node.op()));
    var found = new HashMap<Loop.Run, Map<Op.Scan, Node>>();
    var replaced = new IdentityHashMap<Node, Node>();
    for (Node node : nodes) {
      Node now = node.withOperands(node.operands().stream().map(replaced::get).toList());
      if (node.op() instanceof Op.Scan scan) {
        Loop.Run run = Loop.Run.of(node);
        if (!found.containsKey(run)) {
          found.put(run, rule.results(scan.loop(), now.operands(), wanted.get(run), new Build(node.origin())));
        }
        now = found.get(run).getOrDefault(scan, now);
      }
      replaced.put(node, now);
    }
    return inner.replace(replaced);
  }

  /**
   * A loop built again: {@code stands} says what stands for nodes of the body, outer nodes for what is the same in every
   * step; carries that are not among {@code carries} go.
   *
   * @param sequences what the new loop walks, by what stands in the body for this step's element
   */
  static Map<Op.Scan, Node> rebuilt(Loop loop, List<Node> operands, List<Op.Scan> results, List<Node> carries,
      Map<Node, Node> sequences, Map<Node, Node> stands, Build build) {
    var next = carries.stream().map(carry -> loop.next().get(loop.carries().indexOf(carry))).toList();
    var outputs = results.stream().filter(r -> r.result() == Op.Result.OUTPUT).map(Op.Scan::of).toList();
    var roots = new ArrayList<>(next);
    roots.addAll(outputs);
    List<Node> initial = carries.stream().map(carry -> operands.get(loop.carries().indexOf(carry))).toList();
    List<Node> elements = List.copyOf(sequences.keySet());
    var scanned = build.scan(loop.length(), loop.reversed(), initial, List.copyOf(sequences.values()), (now, row) -> {
      var all = new IdentityHashMap<>(stands);
      carries.forEach(carry -> all.put(carry, now.get(carries.indexOf(carry))));
      elements.forEach(element -> all.put(element, row.get(elements.indexOf(element))));
      List<Node> step = Graph.replaced(roots, all);
      return new Build.Step(step.subList(0, next.size()), step.subList(next.size(), step.size()));
    }, loop.ended() == Loop.NEVER ? Loop.NEVER : carries.indexOf(loop.carries().get(loop.ended())));
    var found = new LinkedHashMap<Op.Scan, Node>();
    for (Op.Scan result : results) {
      int carry = carries.indexOf(result.of());
      found.put(result, switch (result.result()) {
        case FINAL -> scanned.finals().get(carry);
        case HISTORY -> scanned.histories().get(carry);
        case OUTPUT -> scanned.outputs().get(outputs.indexOf(result.of()));
        case TURNS -> throw new IllegalArgumentException("turns are made by fusion");
      });
    }
    return found;
  }

  /** What stands outside for parameters that are the same in every step. */
  static Map<Node, Node> invariants(Loop loop, List<Node> operands) {
    var stands = new IdentityHashMap<Node, Node>();
    loop.invariants().forEach(p -> stands.put(p, operands.get(loop.parameters().indexOf(p))));
    return stands;
  }
}
