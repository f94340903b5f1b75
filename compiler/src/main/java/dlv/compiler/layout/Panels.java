package dlv.compiler.layout;

import dlv.compiler.fuse.Alias;
import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.fuse.Steps;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which weights lie in panels: values that some kernel stores, that no example varies, and that products with a batch
 * multiply with every example, also in the steps of loops. A panel holds what the results of one tile are multiplied
 * with, so that it is read in the order of memory. The first product decides; others find its tiles in their rows.
 */
final class Panels {
  /** Sums for which there are registers beside those of three more blocks of examples. */
  private static final long SUMS = 6;
  /** A last axis that a tile holds whole, gates say. */
  private static final long SHORT = 4;

  private final Map<Node, Storage> panels = new IdentityHashMap<>();
  private final Set<Node> rows = Collections.newSetFromMap(new IdentityHashMap<>());

  private Panels() {}

  /** The storages of the weights of {@code schedule} that lie in panels; none of a leaf or of {@code visible} ones. */
  static Map<Node, Storage> in(Schedule schedule, Set<Node> visible) {
    var all = new Panels();
    all.read(schedule, node -> node);
    all.panels.keySet().removeIf(node -> all.rows.contains(node) || visible.contains(node) || node.operands().isEmpty()
        || schedule.placements().containsKey(node));
    return all.panels;
  }

  /** {@code outside}: what a value of this schedule is, as the outermost one has it. */
  private void read(Schedule schedule, UnaryOperator<Node> outside) {
    for (Kernel kernel : schedule.kernels()) {
      if (kernel.form() == Form.LOOP) {
        Steps steps = schedule.loops().get(kernel.name());
        steps.aliases().values().stream().filter(Alias::row).forEach(alias -> rows.add(outside.apply(alias.of())));
        read(steps.schedule(), node -> {
          Alias alias = steps.aliases().get(node);
          return alias == null || alias.row() ? node : outside.apply(alias.of());
        });
      } else if (kernel.form() == Form.CONTRACTION) {
        kernel.anchors().stream().filter(anchor -> anchor.is(Op.Contract.class)).forEach(anchor -> {
          for (int i = 0; i < 2; i++) {
            if (kernel.operands().contains(anchor.operand(i))) {
              add(anchor, i, outside.apply(anchor.operand(i)));
            }
          }
        });
      }
    }
  }

  private void add(Node product, int number, Node weights) {
    boolean shared = weights.shape().isConstant() && product.operand(1 - number).shape().dims().contains(Dim.BATCH)
        && product.shape().dims().contains(Dim.BATCH);
    int axis = shared ? axis((Op.Contract) product.op(), number, weights) : -1;
    if (axis >= 0) {
      long panel = size(weights.dim(axis).value(), SUMS / weights.dim(axis + 1).value());
      panels.putIfAbsent(weights, Storage.inPanels(weights.element(), weights.shape(), axis, Math.toIntExact(panel)));
    }
  }

  /** The axis of results before a short last one; -1: none. */
  private static int axis(Op.Contract op, int number, Node weights) {
    var labels = number == 0 ? op.a() : op.b();
    var own = new HashSet<>(op.out());
    own.removeAll(number == 0 ? op.b() : op.a());
    int axis = labels.size() - 2;
    boolean gates = axis >= 1 && own.contains(labels.get(axis)) && own.contains(labels.get(axis + 1))
        && weights.dim(axis + 1).value() > 1 && weights.dim(axis + 1).value() <= SHORT
        && weights.dim(axis).value() >= SHORT;
    return gates ? axis : -1;
  }

  /** The largest size up to {@code most} that divides {@code n}, or {@code most} with a rest. */
  private static long size(long n, long most) {
    for (long size = most; size > 1; size--) {
      if (n % size == 0) {
        return size;
      }
    }
    return most;
  }
}
