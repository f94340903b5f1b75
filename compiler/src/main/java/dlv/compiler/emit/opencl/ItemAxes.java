package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
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

  /** The axes of the node that its rows run along, or the ranks of their largest; of one that is seen in another shape, those that lie within a row. */
  private List<Integer> reduced() {
    if (kernel.anchors().stream().anyMatch(top -> top.is(Op.Top.class) && top.shape().equals(node.shape()))) {
      return List.of(node.rank() - 1);
    }
    Node anchor = kernel.anchors().get(0);
    if (anchor.operands().isEmpty()) {
      return List.of();
    }
    Shape rows = anchor.operand(0).shape();
    List<Integer> along = anchor.op() instanceof Op.Reduce op ? op.axes() : List.of();
    if (node.shape().equals(rows)) {
      return along;
    }
    return along.isEmpty() || along.get(0) != rows.rank() - along.size() || !rows.elements().equals(node.shape().elements())
        ? List.of() : within(rows.range(along.get(0), rows.rank()).elements());
  }

  /** The last axes, whose elements together divide a row. */
  private List<Integer> within(Dim row) {
    List<Integer> axes = new ArrayList<>();
    long inner = 1;
    for (int axis = node.rank() - 1; axis >= 0 && row.isConstant() && node.dim(axis).isConstant(); axis--) {
      inner *= node.dim(axis).value();
      if (row.value() % inner != 0) {
        break;
      }
      axes.add(axis);
    }
    return axes;
  }
}
