package dlv.compiler.simplify;

import dlv.compiler.ir.Bodies;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Equal operations over equal operands become one node, which keeps the first one's origin; for what commutes, the
 * order of the operands does not count.
 */
public final class Sharing {
  private record Key(Op op, List<Node> operands) {}

  private static final Set<Scalar> COMMUTING = EnumSet.of(Scalar.ADD, Scalar.MUL, Scalar.EQ, Scalar.NE, Scalar.AND,
      Scalar.OR);

  private final Map<Key, Node> known = new HashMap<>();
  private final Map<Node, Integer> numbers = new IdentityHashMap<>();

  private Sharing() {}

  public static Graph in(Graph graph) {
    var sharing = new Sharing();
    return Bodies.rewrite(graph, Sharing::in).rewrite(sharing::shared);
  }

  private Node shared(Node node) {
    Node first = known.computeIfAbsent(key(node), key -> node);
    numbers.putIfAbsent(first, numbers.size());
    return first;
  }

  private Key key(Node node) {
    boolean turned = node.op() instanceof Op.Map map && COMMUTING.contains(map.function())
        && numbers.get(node.operand(0)) > numbers.get(node.operand(1));
    return new Key(node.op(), turned ? List.of(node.operand(1), node.operand(0)) : node.operands());
  }
}
