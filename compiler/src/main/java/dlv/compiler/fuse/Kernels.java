package dlv.compiler.fuse;

import dlv.compiler.ir.CompilerBug;
import dlv.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Kernels out of clusters: from what each stores down to what lies in memory. */
final class Kernels {
  private final Map<Node, Integer> order;
  private final Map<Node, Cluster> storedBy = new IdentityHashMap<>();
  private final Map<Node, Cluster> anchorOf = new IdentityHashMap<>();
  private final Names names = new Names();

  private Kernels(Map<Node, Integer> order) {
    this.order = order;
  }

  /** One kernel for each cluster, in the clusters' order; {@code order} numbers the nodes. */
  static List<Kernel> of(List<Cluster> clusters, Map<Cluster, List<Node>> stored, Map<Node, Integer> order) {
    var kernels = new Kernels(order);
    for (Cluster cluster : clusters) {
      stored.get(cluster).forEach(node -> kernels.storedBy.put(node, cluster));
      cluster.nodes().stream().filter(n -> Kind.of(n) == Kind.ANCHOR).forEach(n -> kernels.anchorOf.put(n, cluster));
    }
    return clusters.stream().map(cluster -> kernels.kernel(cluster, stored.get(cluster))).toList();
  }

  private Kernel kernel(Cluster cluster, List<Node> stored) {
    List<Node> results = stored.stream().sorted(Comparator.comparing(order::get)).toList();
    Set<Node> body = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Node> operands = Collections.newSetFromMap(new IdentityHashMap<>());
    var stack = new ArrayList<>(results);
    while (!stack.isEmpty()) {
      Node node = stack.remove(stack.size() - 1);
      Cluster by = storedBy.get(node);
      Kind kind = Kind.of(node);
      if (by != null && by != cluster || by == null && (kind == Kind.LEAF || kind == Kind.CONCAT)) {
        operands.add(node);
      } else if (body.add(node)) {
        check(node, cluster);
        stack.addAll(node.operands());
      }
    }
    // The product, whose loops these are, comes before sums that joined it.
    List<Node> anchors = sorted(body).stream().filter(node -> anchorOf.get(node) == cluster)
        .sorted(Comparator.comparing(node -> node == cluster.nodes().get(0) ? 0 : 1)).toList();
    String name = names.name(cluster.form(), anchors, results);
    return new Kernel(name, cluster.form(), anchors, sorted(body), sorted(operands), results);
  }

  private void check(Node node, Cluster cluster) {
    Cluster owner = anchorOf.get(node);
    if (owner != null && owner != cluster) {
      throw new CompilerBug("kernel " + owner.number() + " does not store " + node + ", which kernel "
          + cluster.number() + " needs", node.origin());
    }
  }

  private List<Node> sorted(Set<Node> nodes) {
    return nodes.stream().sorted(Comparator.comparing(order::get)).toList();
  }
}
