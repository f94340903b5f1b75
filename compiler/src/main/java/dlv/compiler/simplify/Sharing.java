package dlv.compiler.simplify;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.HashMap;
import java.util.List;

/** Equal operations over equal operands become one node, which keeps the first one's origin. */
public final class Sharing {
  private record Key(Op op, List<Node> operands) {}

  private Sharing() {}

  public static Graph in(Graph graph) {
    var known = new HashMap<Key, Node>();
    return graph.rewrite(node -> known.computeIfAbsent(new Key(node.op(), node.operands()), key -> node));
  }
}
