package dlv.compiler.fuse;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Printer;
import dlv.compiler.type.Dim;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups the nodes of a graph into kernels by fixed rules:
 *
 * <ul>
 *   <li>Every product, reduction, selection, gather and scattered sum belongs to one kernel. Reductions over the same
 *       rows of the same values share one, and so do gathers of the same places.</li>
 *   <li>A map joins the latest kernel whose values it reads: a product absorbs what follows it element by element, also
 *       across small inner axes that its tile holds whole (pool windows, and their gradients).</li>
 *   <li>A sum of a product's operand over the labels that the product sums joins it.</li>
 *   <li>What products and overlapping windows read lies in memory, beneath affine views and casts. Any other value that
 *       several kernels need is stored by its kernel only where it does not follow cheaply from one that is.</li>
 *   <li>The results of one loop over time share a kernel of form LOOP, whose steps are fused by the same rules.</li>
 *   <li>Views and cheap leaves are computed in every kernel that reads them.</li>
 *   <li>Scalars that are wanted or costly share one kernel, elementwise work over one shape another.</li>
 * </ul>
 *
 * <p>No kernel waits for itself through others; that is checked whenever a node joins one.
 */
public final class Fuse {
  private Fuse() {}

  /** The schedule of {@code graph}, in which no {@code Derivative} and no {@code Rows} may remain. */
  public static Schedule in(Graph graph) {
    Prepared prepared = Roots.distinct(Prepared.of(graph));
    List<Node> nodes = prepared.nodes();
    Map<Node, List<Node>> readers = prepared.readers();
    var demands = new Demands(prepared, readers);
    var grouping = new Grouping(nodes, demands);
    SideSums.join(grouping);
    var cut = new Cut(grouping, demands, readers);
    var stored = new IdentityHashMap<Cluster, List<Node>>();
    grouping.clusters().forEach(cluster -> stored.put(cluster, cut.stored(cluster)));
    List<Kernel> kernels = Kernels.of(grouping.clusters(), stored, Printer.numbers(nodes));
    return ScheduleCheck.checked(Ordering.of(prepared.graph(), kernels, placements(nodes)));
  }

  private static Map<Node, Placement> placements(List<Node> nodes) {
    var placements = new IdentityHashMap<Node, Placement>();
    for (Node node : nodes) {
      if (node.op() instanceof Op.Concat concat) {
        Dim offset = Dim.ZERO;
        for (Node part : node.operands()) {
          placements.put(part, new Placement(node, concat.axis(), offset));
          offset = offset.plus(part.dim(concat.axis()));
        }
      }
    }
    return placements;
  }
}
