package dlv.compiler.layout;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values carry their padding with them: results that products read through a {@code Pad}, where the zeros add
 * no more than a half. More than that would cost the product more than tests do.
 */
final class Halos {
  private static final double MOST = 1.5;

  private final Schedule schedule;
  private final Set<Node> visible;

  Halos(Schedule schedule, Set<Node> visible) {
    this.schedule = schedule;
    this.visible = visible;
  }

  Map<Node, List<Margin>> margins() {
    Map<Node, List<Margin>> all = new IdentityHashMap<>();
    for (Kernel kernel : schedule.kernels()) {
      if (kernel.form() == Form.CONTRACTION) {
        kernel.body().stream().filter(node -> node.is(Op.Pad.class)).forEach(pad -> add(kernel, pad, all));
      }
    }
    all.keySet().removeIf(node -> !isProduced(node) || !small(node, all.get(node)));
    return all;
  }

  private static void add(Kernel kernel, Node pad, Map<Node, List<Margin>> all) {
    var op = (Op.Pad) pad.op();
    Node inner = pad.operand(0);
    while (!kernel.operands().contains(inner) && inner.op() instanceof Op.Pad next && next.axis() != op.axis()
        && next.interior() == 0) {
      inner = inner.operand(0);
    }
    boolean numbers = op.interior() == 0 && op.low().isConstant() && op.high().isConstant();
    if (!numbers || !kernel.operands().contains(inner) || !inner.dim(op.axis()).isConstant()) {
      return;
    }
    var margins = all.computeIfAbsent(inner, n -> new ArrayList<>(Collections.nCopies(n.rank(), Margin.NONE)));
    margins.set(op.axis(), margins.get(op.axis()).max(new Margin(op.low().value(), op.high().value())));
  }

  /** Only a kernel writes margins, and only into a buffer that is the value's own and that the host does not see. */
  private boolean isProduced(Node node) {
    boolean whole = schedule.placements().values().stream().anyMatch(placement -> placement.whole() == node);
    return !whole && !schedule.placements().containsKey(node) && !visible.contains(node)
        && schedule.kernels().stream().anyMatch(k -> k.form() != Form.LOOP && k.results().contains(node));
  }

  private static boolean small(Node node, List<Margin> margins) {
    double factor = 1;
    for (int axis = 0; axis < node.rank(); axis++) {
      Dim size = node.dim(axis);
      if (margins.get(axis).size() > 0) {
        factor *= (size.value() + margins.get(axis).size()) / (double) size.value();
      }
    }
    return factor <= MOST;
  }
}
