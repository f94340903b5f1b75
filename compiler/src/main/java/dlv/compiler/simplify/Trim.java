package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Carries that no wanted result depends on, and operands that no step reads, leave their loop; an operand that is one value
 * in every place is a literal of the body.
 */
public final class Trim {
  private Trim() {}

  public static Graph in(Graph graph) {
    return Runs.rewrite(graph, Trim::results);
  }

  private static Map<Op.Scan, Node> results(Loop loop, List<Node> operands, List<Op.Scan> results, Build build) {
    Set<Node> live = Collections.newSetFromMap(new IdentityHashMap<>());
    live.addAll(Graph.topological(results.stream().map(Op.Scan::of).toList()));
    if (loop.ended() != Loop.NEVER) {
      live.add(loop.carries().get(loop.ended()));
    }
    int before;
    do {
      before = live.size();
      for (Node carry : loop.carries()) {
        if (live.contains(carry)) {
          live.addAll(Graph.topological(List.of(loop.next().get(loop.carries().indexOf(carry)))));
        }
      }
    } while (live.size() > before);
    Map<Node, Node> stands = Runs.invariants(loop, operands);
    var sequences = new LinkedHashMap<Node, Node>();
    for (Node element : loop.elements()) {
      Node all = operands.get(loop.parameters().indexOf(element));
      if (Constants.isUniform(all)) {
        stands.put(element, build.constant(Constants.value(all), element.element(), element.shape()));
      } else if (live.contains(element)) {
        sequences.put(element, all);
      }
    }
    boolean literals = stands.values().stream().anyMatch(Constants::isUniform);
    if (!literals && live.containsAll(loop.parameters())) {
      return Map.of();
    }
    List<Node> carries = loop.carries().stream().filter(live::contains).toList();
    return Runs.rebuilt(loop, operands, results, carries, sequences, stands, build);
  }
}
