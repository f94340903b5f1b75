package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A loop whose steps pass nothing on is no loop: its body is computed once, with the steps as a leading axis. */
public final class Spread {
  private Spread() {}

  public static Graph in(Graph graph) {
    return Runs.rewrite(graph, Spread::results);
  }

  private static Map<Op.Scan, Node> results(Loop loop, List<Node> operands, List<Op.Scan> results, Build build) {
    var found = new LinkedHashMap<Op.Scan, Node>();
    if (loop.next().isEmpty()) {
      var outside = new Outside(loop, operands, node -> null);
      results.forEach(result -> found.put(result, outside.inEveryStep(result.of())));
    }
    return found;
  }
}
