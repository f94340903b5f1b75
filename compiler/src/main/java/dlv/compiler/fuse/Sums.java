package dlv.compiler.fuse;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** What reductions and products sum over. */
final class Sums {
  private Sums() {}

  /**
   * Whether a kernel may leave {@code node} as partial sums for its readers to add: it sums over the batch, or few
   * rows over many elements.
   */
  static boolean isPartial(Node node) {
    if (node.op() instanceof Op.Contract contract) {
      return IntStream.range(0, contract.a().size()).filter(i -> !contract.out().contains(contract.a().get(i)))
          .anyMatch(i -> !node.operand(0).dim(i).isConstant());
    }
    return node.op() instanceof Op.Reduce && !hasShortRows(node);
  }

  /** Whether a reduction or selection walks rows of a fixed length, and there are many of them. */
  static boolean hasShortRows(Node node) {
    Shape shape = node.operand(0).shape();
    List<Integer> within = within(node);
    Dim length = within.stream().map(shape::dim).reduce(Dim.ONE, Dim::times);
    Dim rows = shape.without(within).elements();
    return length.isConstant() && (!rows.isConstant() || rows.value() >= length.value());
  }

  /** The axes of its operand that a {@code Reduce} or {@code Top} walks. */
  static List<Integer> within(Node node) {
    return node.op() instanceof Op.Reduce reduce ? reduce.axes() : List.of(node.operand(0).rank() - 1);
  }

  /** The sizes of the rows that a {@code Reduce} or {@code Top} walks. */
  static List<Dim> rows(Node node) {
    return node.operand(0).shape().without(within(node)).dims();
  }
}
