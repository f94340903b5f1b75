package dlv.compiler.fuse;

import dlv.compiler.ir.Node;
import java.util.List;

/**
 * Nodes that are computed together.
 *
 * <p>The body is what its results need, down to its operands: anchors, maps, views and cheap leaves ({@code Index},
 * {@code Size}, a constant of one value, {@code Random}). Apart from anchors, a body node may stand in several
 * kernels, and is then computed in each. A constant of several values, an {@code Input} and a {@code State} are
 * operands.
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
}
