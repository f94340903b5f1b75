package dlv.compiler.fuse;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Sums that a product computes in passing: those of an operand over all the labels that the product sums, as a bias
 * gradient is of the operand of the weight gradient.
 */
final class SideSums {
  private SideSums() {}

  /** Joins every such sum to its product. */
  static void join(Grouping grouping) {
    for (Cluster sum : List.copyOf(grouping.clusters())) {
      if (sum.form() == Form.ROW_REDUCE && sum.nodes().stream().allMatch(node -> isSum(node) || isViewOfSum(node))) {
        product(sum, grouping.clusters()).ifPresent(product -> grouping.merge(sum, product));
      }
    }
  }

  private static boolean isSum(Node node) {
    return node.is(Op.Reducer.SUM) && Sums.isPartial(node);
  }

  private static boolean isViewOfSum(Node node) {
    return Kind.of(node) == Kind.VIEW && isSum(node.operand(0));
  }

  private static Optional<Cluster> product(Cluster sum, List<Cluster> clusters) {
    return clusters.stream().filter(product -> product.form() == Form.CONTRACTION
        && sum.nodes().stream().filter(SideSums::isSum).allMatch(node -> sumsOperand(product.nodes().get(0), node))
        && !product.dependsOn(sum) && !sum.dependsOn(product)).findFirst();
  }

  private static boolean sumsOperand(Node product, Node sum) {
    Op.Contract labels = (Op.Contract) product.op();
    return sums(product.operand(0), labels.a(), labels.out(), sum)
        || sums(product.operand(1), labels.b(), labels.out(), sum);
  }

  /** Whether {@code sum} is over the digits of its base that {@code operand}'s summed labels are, and all of them. */
  private static boolean sums(Node operand, List<Integer> labels, List<Integer> out, Node sum) {
    Seen one = Seen.of(operand);
    Seen other = Seen.of(sum.operand(0));
    if (one == null || other == null || one.base() != other.base()) {
      return false;
    }
    List<Integer> summed = IntStream.range(0, labels.size()).filter(i -> !out.contains(labels.get(i))).boxed().toList();
    return digits(one, summed).equals(digits(other, Sums.within(sum)));
  }

  private static Set<Coordinates.Digit> digits(Seen seen, List<Integer> axes) {
    return new HashSet<>(seen.at().digits(axes));
  }

  /** A node as reshapes and permutations of a base show it, in digits of the base's axes. */
  private record Seen(Node base, Coordinates at) {
    static Seen of(Node node) {
      var views = new ArrayList<Node>();
      Node base = node;
      while (base.is(Op.Reshape.class) || base.is(Op.Permute.class)) {
        views.add(0, base);
        base = base.operand(0);
      }
      Coordinates at = Coordinates.loops(base.shape(), 0);
      for (Node view : views) {
        Optional<Coordinates> next = at.through(view);
        if (next.isEmpty()) {
          return null;
        }
        at = next.get();
      }
      return new Seen(base, at);
    }
  }
}
