package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** How many neighbours along each axis of a product belong together: the elements of one pooling window, or all gates. */
final class Granularity {
  private Granularity() {}

  /** One number for each axis: 1, the stride of the windows behind it, or all where single places are read. */
  static List<Long> of(Kernel kernel, Node anchor, List<Node> results) {
    var signature = Signature.none();
    Set<Node> body = Collections.newSetFromMap(new IdentityHashMap<>());
    body.addAll(kernel.body());
    List<Index> at = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (int axis = 0; axis < anchor.rank(); axis++) {
      Dim size = anchor.dim(axis);
      at.add(Index.variable("d" + axis, 0, size.isConstant() ? size.value() - 1 : Index.UNBOUNDED));
      sizes.add(1L);
    }
    for (Node result : results) {
      Reach reach = Reach.between(anchor, result, body, signature);
      if (reach.reduces()) {
        reach.targets(at).forEach(target -> target.at().forEach(index -> look(index, at, sizes)));
        for (int axis = 0; axis < anchor.rank(); axis++) {
          if (reach.held().contains(at.get(axis))) {
            sizes.set(axis, anchor.dim(axis).value());
          }
        }
      }
    }
    return sizes;
  }

  private static void look(Index index, List<Index> at, List<Long> sizes) {
    for (Index.Atom atom : index.divisions()) {
      if (atom instanceof Index.Quotient quotient) {
        for (int axis = 0; axis < at.size(); axis++) {
          if (quotient.of().equals(at.get(axis))) {
            sizes.set(axis, Math.max(sizes.get(axis), quotient.by()));
          }
        }
      }
    }
  }
}
