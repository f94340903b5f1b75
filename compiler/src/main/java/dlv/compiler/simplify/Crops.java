package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a slice leaves out is not computed: slices move into products, windows and margins. The gradient of a convolution
 * with margins is a wider one, of which a slice is wanted.
 */
final class Crops {
  static final List<Rule> RULES = List.of(
      new Rule("slice-product", Op.Slice.class, Crops::product),
      Rule.of("slice-window", Op.Slice.class, Crops::window),
      Rule.of("slice-margin", Op.Slice.class, Crops::margin));

  private Crops() {}

  private static Build at(Node node) {
    return new Build(node.origin());
  }

  /** A slice of a product is a product of slices, where nothing else reads the rest. */
  private static Node product(Node node, Predicate<Node> once) {
    Node product = node.operand(0);
    if (!(node.op() instanceof Op.Slice slice) || !(product.op() instanceof Op.Contract op) || !once.test(product)) {
      return null;
    }
    int label = op.out().get(slice.axis());
    return at(product).node(op, sliced(slice, product.operand(0), op.a().indexOf(label)),
        sliced(slice, product.operand(1), op.b().indexOf(label)));
  }

  private static Node sliced(Op.Slice slice, Node operand, int axis) {
    return axis < 0 ? operand : at(operand).slice(operand, axis, slice.start(), slice.size(), slice.step());
  }

  /** Some of the windows are the windows of what they cover; other axes do not know of windows. */
  private static Node window(Node node) {
    Node windows = node.operand(0);
    if (!(node.op() instanceof Op.Slice slice) || !(windows.op() instanceof Op.Window op)
        || slice.axis() == op.axis() + 1 || slice.axis() == op.axis() && (slice.step() < 1 || slice.size().is(0))) {
      return null;
    }
    Node x = windows.operand(0);
    if (slice.axis() != op.axis()) {
      int axis = slice.axis() > op.axis() ? slice.axis() - 1 : slice.axis();
      Node inner = at(node).slice(x, axis, slice.start(), slice.size(), slice.step());
      return at(windows).node(op, inner);
    }
    long stride = op.stride() * slice.step();
    Dim reach = slice.size().minus(1).times(stride).plus(op.size().minus(1).times(op.dilation())).plus(1);
    Node inner = at(node).slice(x, op.axis(), slice.start().times(op.stride()), reach, 1);
    return at(windows).window(inner, op.axis(), op.size(), stride, op.dilation());
  }

  /** A slice that reaches into a margin leaves some of it, round some of the value; other margins go round the slice. */
  private static Node margin(Node node) {
    Node padded = node.operand(0);
    if (!(node.op() instanceof Op.Slice slice) || !(padded.op() instanceof Op.Pad pad)) {
      return null;
    }
    Node x = padded.operand(0);
    if (slice.axis() != pad.axis()) {
      Node inner = at(node).slice(x, slice.axis(), slice.start(), slice.size(), slice.step());
      return at(padded).node(pad, inner);
    }
    Dim n = x.dim(pad.axis());
    boolean numbers = List.of(slice.start(), slice.size(), pad.low(), pad.high(), n).stream().allMatch(Dim::isConstant);
    if (!numbers || slice.step() != 1 || pad.interior() != 0) {
      return null;
    }
    long start = slice.start().value() - pad.low().value();
    long end = start + slice.size().value();
    long first = Math.max(0, start);
    long last = Math.min(n.value(), end);
    return first >= last ? null : at(padded).pad(
        at(node).slice(x, pad.axis(), Dim.of(first), Dim.of(last - first), 1), pad.axis(),
        Dim.of(first - start), Dim.of(end - last), 0);
  }
}
