package dlv.compiler.simplify;

import dlv.compiler.ir.Bodies;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Element;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Where a graph wants it, products read their operands in bfloat16: each is rounded once, beneath the views through
 * which it is read, and stored so. Sums, states and everything else stay in 32 bits.
 */
public final class Narrow {
  private final Map<Node, Node> narrow = new IdentityHashMap<>();

  private Narrow() {}

  public static Graph in(Graph graph) {
    return graph.products() == Element.FLOAT ? graph : products(Bodies.rewrite(graph, Narrow::products));
  }

  private static Graph products(Graph graph) {
    var narrow = new Narrow();
    return graph.rewrite(node -> node.is(Op.Contract.class)
        ? node.withOperands(node.operands().stream().map(narrow::operand).toList()) : node);
  }

  private Node operand(Node node) {
    if (Outside.isView(node)) {
      return node.withOperands(node.operands().stream().map(this::operand).toList());
    }
    return isExact(node) ? node : narrow.computeIfAbsent(node, Narrow::rounded);
  }

  private static Node rounded(Node node) {
    Build build = new Build(node.origin());
    return build.map(Scalar.TO_FLOAT, build.map(Scalar.TO_BF16, node));
  }

  /** Whether rounding changes nothing: whole numbers below 257. */
  private static boolean isExact(Node node) {
    return node.is(Scalar.TO_FLOAT)
        && (node.operand(0).element() == Element.BYTE || node.operand(0).element() == Element.BOOL);
  }
}
