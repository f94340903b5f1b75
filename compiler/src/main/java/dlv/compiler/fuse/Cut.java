package dlv.compiler.fuse;

import dlv.compiler.ir.Node;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of the values that a kernel has at hand it stores: those that must be, and those that others read. Of several
 * values that follow cheaply from one, that one is stored, and readers compute the rest; so it is where a value follows
 * cheaply from a costly one ({@code 1 - t²} from {@code t = tanh(x)}).
 */
final class Cut {
  private final Grouping grouping;
  private final Demands demands;
  private final Map<Node, List<Node>> readers;

  Cut(Grouping grouping, Demands demands, Map<Node, List<Node>> readers) {
    this.grouping = grouping;
    this.demands = demands;
    this.readers = readers;
  }

  /** The values that {@code cluster} stores, operands before users. */
  List<Node> stored(Cluster cluster) {
    Set<Node> exits = Collections.newSetFromMap(new IdentityHashMap<>());
    cluster.nodes().stream().filter(node -> demands.isStored(node) || isReadOutside(node, cluster))
        .forEach(exits::add);
    Set<Node> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    Map<Node, Node> stems = new IdentityHashMap<>();
    exits.stream().filter(exit -> !demands.isStored(exit))
        .forEach(exit -> stems.put(exit, stem(exit, cluster, exits)));
    for (Node exit : stems.keySet()) {
      exits.remove(exit);
      Node stored = exit;
      while (stems.get(stored) != null) {
        stored = stems.get(stored);
      }
      kept.add(stored);
    }
    kept.addAll(exits);
    return cluster.nodes().stream().filter(kept::contains).toList();
  }

  /** Whether something outside {@code cluster} reads {@code node}, through views perhaps. */
  private boolean isReadOutside(Node node, Cluster cluster) {
    for (Node reader : readers.get(node)) {
      Home home = grouping.home(reader);
      boolean here = home != null && home.cluster() == cluster;
      boolean passes = here && Kind.of(reader) == Kind.VIEW && !grouping.isOwned(reader);
      if (!here || passes && isReadOutside(reader, cluster)) {
        return true;
      }
    }
    return false;
  }

  /** What to store instead of {@code exit}: a value it follows cheaply from that is stored anyway, or is costly. */
  private Node stem(Node exit, Cluster cluster, Set<Node> exits) {
    Node node = exit;
    while (Kind.of(node) == Kind.MAP && !Kind.isCostly(node)) {
      List<Node> own = node.operands().stream().map(operand -> shown(operand, cluster)).distinct()
          .filter(operand -> operand != null).toList();
      if (own.size() != 1) {
        return null;
      }
      node = own.get(0);
      if (exits.contains(node) || Kind.isCostly(node)) {
        return node;
      }
    }
    return null;
  }

  /** The value of {@code cluster} that {@code node} is or shows; null where it is none. */
  private Node shown(Node node, Cluster cluster) {
    Node base = node;
    while (Kind.of(base) == Kind.VIEW && !grouping.isOwned(base)) {
      base = base.operand(0);
    }
    Home home = grouping.home(base);
    return home != null && home.cluster() == cluster && grouping.isOwned(base) ? base : null;
  }
}
