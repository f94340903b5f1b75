package dlv.compiler.fuse;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.List;

/**
 * Nodes that are computed together.
 *
 * <p>All results of one element (of one row, of one tile) are computed before the first of them is stored, because a
 * result may be stored over an operand. A product or sum over the batch, or over few long rows, may be left as partial
 * sums (slabs): such a result is never an output or a state's next value, and only views of it are in this kernel.
 *
 * <p>The body is what its results need, down to its operands: anchors, maps, views and cheap leaves ({@code Index},
 * {@code Size}, a constant of one value, {@code Random}). Apart from anchors, a body node may stand in several
 * kernels, and is then computed in each. A constant of several values, an {@code Input} and a {@code State} are
 * operands. A {@code Gather} of places for other gathers is computed wherever it is read, and no anchor.
 *
 * @param name unique within the schedule, by form and shape: {@code conv_6x28x28}
 * @param anchors the products, reductions, gathers … of the body around which loops are built, operands before users;
 *     empty for POINTWISE and, mostly, SCALAR. The first one gives the loops; see {@link Form}.
 * @param body every node computed inside, operands before users
 * @param operands what is read from memory: leaves, or results of earlier kernels
 * @param results body nodes that are stored, operands before users
 */
public record Kernel(String name, Form form, List<Node> anchors, List<Node> body, List<Node> operands,
                     List<Node> results) {
  public Kernel {
    anchors = List.copyOf(anchors);
    body = List.copyOf(body);
    operands = List.copyOf(operands);
    results = List.copyOf(results);
  }

  /**
   * Whether this kernel reads {@code operand}, if at all, only at the element it then writes: POINTWISE, and no view
   * comes between.
   */
  public boolean isElementwise(Node operand) {
    return form == Form.POINTWISE && body.stream()
        .allMatch(node -> node.op() instanceof Op.Map || !node.operands().contains(operand));
  }
}
