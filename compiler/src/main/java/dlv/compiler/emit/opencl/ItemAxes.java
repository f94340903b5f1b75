package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;

/** Which axes of a result work-items count: rows where rows are reduced, enough of the leading ones otherwise. */
record ItemAxes(Kernel kernel, Node node, Flavour flavour) {
  /** Elements that an item of a CPU should have to work on. */
  private static final long ENOUGH = 64;

  List<Integer> axes() {
    List<Integer> own = new ArrayList<>();
    for (int axis = 0; axis < node.rank(); axis++) {
      if (!node.dim(axis).equals(Dim.BATCH) && node.dim(axis).isConstant()) {
        own.add(axis);
      }
    }
    if (kernel.form() == Form.ROW_REDUCE && !kernel.anchors().isEmpty()) {
      own.removeAll(reduced());
      return own;
    }
    if (flavour == Flavour.GPU) {
      return own;
    }
    long inner = kernel.form() == Form.CONTRACTION ? ENOUGH : 1;
    while (!own.isEmpty() && inner < ENOUGH) {
      inner *= node.dim(own.remove(own.size() - 1)).value();
    }
    return own;
  }

  /** The axes of the node that its rows run along. */
  private List<Integer> reduced() {
    Node anchor = kernel.anchors().get(0);
    if (anchor.operands().isEmpty() || !node.shape().equals(anchor.operand(0).shape())) {
      return List.of();
    }
    return anchor.op() instanceof Op.Reduce op ? op.axes() : anchor.is(Op.Top.class) ? List.of(node.rank() - 1)
        : List.of();
  }
}
