package dlv.compiler.fuse;

import dlv.compiler.ir.Node;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of the values that a kernel has at hand it stores: those that must be, and those that others read. A value that
 * follows cheaply from others that are stored is left to its readers; where it follows cheaply from one that is costly,
 * or smaller, that one is stored instead ({@code t = tanh(x)} for {@code 1 - t²}).
 */
final class Cut {
  /** So many maps in a row still cost less than storing and reading. */
  private static final int CHEAP = 8;

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
    Set<Node> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node> nodes = cluster.nodes();
    nodes.stream().filter(node -> demands.isStored(node) || isReadOutside(node, cluster)).forEach(kept::add);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (kept.contains(node) && !demands.isStored(node)) {
        kept.remove(node);
        if (cost(node, cluster, kept) > CHEAP) {
          kept.add(stem(node, cluster));
        }
      }
    }
    return nodes.stream().filter(kept::contains).toList();
  }

  /** How many cheap maps lead from kept values of {@code cluster} to {@code node}; many if others are needed. */
  private int cost(Node node, Cluster cluster, Set<Node> kept) {
    if (kept.contains(node)) {
      return 0;
    }
    if (Kind.of(node) != Kind.MAP || Kind.isCostly(node)) {
      return CHEAP + 1;
    }
    int cost = 1;
    for (Node own : own(node, cluster)) {
      cost = Math.min(CHEAP + 1, cost + cost(own, cluster, kept));
    }
    return cost;
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

  /** What to store instead of {@code node}: a costly or smaller value from which alone it follows cheaply, if any. */
  private Node stem(Node node, Cluster cluster) {
    Node stem = node;
    for (int i = 0; i < CHEAP && Kind.of(stem) == Kind.MAP && !Kind.isCostly(stem); i++) {
      List<Node> own = own(stem, cluster);
      if (own.size() != 1) {
        return node;
      }
      stem = own.get(0);
      if (Kind.isCostly(stem) || isSmaller(stem, node)) {
        return stem;
      }
    }
    return node;
  }

  private static boolean isSmaller(Node a, Node b) {
    return b.shape().elements().exactDiv(a.shape().elements()).filter(times -> !times.is(1)).isPresent();
  }

  /** The values of {@code cluster} that a map reads, through views perhaps. */
  private List<Node> own(Node map, Cluster cluster) {
    return map.operands().stream().map(operand -> shown(operand, cluster)).distinct()
        .filter(operand -> operand != null).toList();
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
