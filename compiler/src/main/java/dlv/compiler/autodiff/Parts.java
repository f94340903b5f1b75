package dlv.compiler.autodiff;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The sum of what several readers give back to one value. */
final class Parts {
  private Parts() {}

  /**
   * The sum of {@code parts}, each of the shape of {@code node}. Parts that fill separate stretches of one axis are
   * joined end to end instead, zeros in the gaps: so the gradient of an arena is one {@code Concat} in the order of
   * its weights.
   */
  static Node total(Node node, List<Node> parts) {
    var build = new Build(node.origin());
    var stretches = new ArrayList<Node>();
    var others = new ArrayList<Node>();
    for (Node part : parts) {
      (isStretch(part, parts) ? stretches : others).add(part);
    }
    if (stretches.size() > 1) {
      Node joined = join(build, stretches);
      if (joined == null) {
        others = new ArrayList<>(parts);
      } else {
        others.add(joined);
      }
    } else {
      others.addAll(stretches);
    }
    return others.stream().reduce(build::add).orElseThrow();
  }

  /** Whether {@code part} is zero outside one stretch, known as numbers, of the axis of the first such part. */
  private static boolean isStretch(Node part, List<Node> parts) {
    return part.op() instanceof Op.Pad pad && pad.interior() == 0 && pad.low().isConstant()
        && part.operand(0).dim(pad.axis()).isConstant()
        && parts.stream().filter(p -> p.is(Op.Pad.class)).findFirst()
            .map(p -> ((Op.Pad) p.op()).axis() == pad.axis()).orElse(false);
  }

  private static long start(Node stretch) {
    return ((Op.Pad) stretch.op()).low().value();
  }

  /** The stretches in order with zeros between; null where two overlap. */
  private static Node join(Build build, List<Node> stretches) {
    Node first = stretches.get(0);
    int axis = ((Op.Pad) first.op()).axis();
    var ordered = new ArrayList<>(stretches);
    ordered.sort(Comparator.comparingLong(Parts::start));
    var joined = new ArrayList<Node>();
    long end = 0;
    for (Node stretch : ordered) {
      if (start(stretch) < end) {
        return null;
      }
      addZeros(build, joined, first, axis, Dim.of(start(stretch) - end));
      joined.add(stretch.operand(0));
      end = start(stretch) + stretch.operand(0).dim(axis).value();
    }
    addZeros(build, joined, first, axis, first.dim(axis).minus(end));
    return build.concat(axis, joined);
  }

  private static void addZeros(Build build, List<Node> joined, Node like, int axis, Dim size) {
    if (!size.is(0)) {
      joined.add(build.constant(0, like.shape().with(axis, size)));
    }
  }
}
