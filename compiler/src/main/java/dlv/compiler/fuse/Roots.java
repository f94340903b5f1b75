package dlv.compiler.fuse;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph in which every wanted value, and every part of a {@code Concat}, is a node of its own that a kernel can
 * store: leaves, partial sums and values that are wanted twice get a copy, a {@code Reshape} to the same shape.
 */
final class Roots {
  private final Prepared prepared;
  private final Map<Node, Integer> uses = new IdentityHashMap<>();
  private final Map<Node, Node> replaced = new IdentityHashMap<>();
  private final Set<Node> taken = Collections.newSetFromMap(new IdentityHashMap<>());

  private Roots(Prepared prepared) {
    this.prepared = prepared;
  }

  static Prepared distinct(Prepared prepared) {
    return new Roots(prepared).result();
  }

  /** {@code node} once more, as a value of its own. */
  static Node copy(Node node) {
    return Node.of(new Op.Reshape(node.shape()), List.of(node), node.origin());
  }

  private Prepared result() {
    List<Node> nodes = prepared.nodes();
    Graph graph = prepared.graph();
    nodes.forEach(node -> node.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum)));
    graph.roots().forEach(root -> uses.merge(root, 1, Integer::sum));
    for (Node node : nodes) {
      var operands = new ArrayList<Node>();
      for (Node operand : node.operands()) {
        Node now = replaced.get(operand);
        operands.add(node.is(Op.Concat.class) && !isPart(operand) ? copy(now) : now);
      }
      replaced.put(node, node.withOperands(operands));
    }
    var outputs = graph.outputs().stream().map(o -> new Graph.Output(o.name(), wanted(o.node(), false))).toList();
    var updates = graph.updates().stream().map(u -> new Graph.Update(u.state(), wanted(u.next(), true))).toList();
    return new Prepared(new Graph(graph.name(), outputs, updates),
        prepared.carried().stream().map(replaced::get).toList());
  }

  private boolean isPart(Node part) {
    Kind kind = Kind.of(part);
    return uses.get(part) == 1 && kind != Kind.LEAF && kind != Kind.CONCAT && !part.is(Op.Scan.class);
  }

  private Node wanted(Node root, boolean update) {
    Kind kind = Kind.of(root);
    boolean storable = taken.add(root) && kind != Kind.LEAF && kind != Kind.CHEAP
        && !Sums.isPartial(root) && !(update && (kind == Kind.CONCAT || root.is(Op.Scan.class)));
    Node now = replaced.get(root);
    return storable ? now : copy(now);
  }
}
