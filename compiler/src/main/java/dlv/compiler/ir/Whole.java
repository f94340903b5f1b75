package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Nodes with a name among their dimensions replaced; those that do not mention it stay the same objects. */
final class Whole {
  private final String name;
  private final Substitution substitution;
  private final Map<Node, Node> done = new IdentityHashMap<>();

  Whole(String name, Dim value) {
    this.name = name;
    this.substitution = new Substitution(Map.of(name, value));
  }

  Node of(Node root) {
    for (Node node : Graph.topological(List.of(root))) {
      if (!done.containsKey(node)) {
        boolean changed = mentions(node) || node.operands().stream().anyMatch(operand -> done.get(operand) != operand);
        done.put(node, changed ? substitution.of(node, done) : node);
      }
    }
    return done.get(root);
  }

  private boolean mentions(Node node) {
    if (node.op() instanceof Op.Size size) {
      return size.dim().names().contains(name);
    }
    return node.op() instanceof Op.Scan scan && (scan.loop().length().names().contains(name)
        || scan.loop().nodes(List.of(scan.of())).stream().anyMatch(this::hasAxis)) || hasAxis(node);
  }

  private boolean hasAxis(Node node) {
    return node.shape().dims().stream().anyMatch(dim -> dim.names().contains(name));
  }
}
