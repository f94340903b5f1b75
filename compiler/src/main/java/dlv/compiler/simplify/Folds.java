package dlv.compiler.simplify;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A sum over overlapping windows of a product becomes a product over windows of its operand, so that the windows are
 * never stored: the gradient of a convolution, and a transposed convolution, are convolutions.
 */
final class Folds {
  static final List<Rule> RULES = List.of(new Rule("fold-product", Op.Fold.class, Folds::product));

  private Folds() {}

  /**
   * {@code Fold(Σ g[p] w[i])} where only {@code g} has the places p and only {@code w} the taps i. Element m is the
   * sum over i of {@code g[(m - i·dilation) / stride] w[i]}: windows of g, with stride - 1 zeros between its elements
   * and a margin around, times w reversed.
   */
  private static Node product(Node node, Predicate<Node> once) {
    if (!(node.op() instanceof Op.Fold fold) || !(node.operand(0).op() instanceof Op.Contract op)
        || !once.test(node.operand(0)) || !overlaps(fold, node.operand(0))) {
      return null;
    }
    int places = op.out().get(fold.axis());
    int taps = op.out().get(fold.axis() + 1);
    for (int i = 0; i < 2; i++) {
      List<Integer> g = i == 0 ? op.a() : op.b();
      List<Integer> w = i == 0 ? op.b() : op.a();
      if (g.contains(places) && !g.contains(taps) && w.contains(taps) && !w.contains(places)) {
        return convolution(node, fold, i, g.indexOf(places), w.indexOf(taps));
      }
    }
    return null;
  }

  private static boolean overlaps(Op.Fold fold, Node folded) {
    Dim size = folded.dim(fold.axis() + 1);
    return !size.isConstant() || fold.stride() < fold.dilation() * (size.value() - 1) + 1;
  }

  /** The product over windows of operand {@code i} along its axis of places. */
  private static Node convolution(Node node, Op.Fold fold, int i, int placeAxis, int tapAxis) {
    Node product = node.operand(0);
    var op = (Op.Contract) product.op();
    var build = new Build(node.origin());
    Node g = product.operand(i);
    Node w = product.operand(1 - i);
    Dim size = w.dim(tapAxis);
    Dim spread = g.dim(placeAxis).minus(1).times(fold.stride()).plus(1);
    Dim margin = size.minus(1).times(fold.dilation());
    Node padded = build.pad(g, placeAxis, margin, fold.n().minus(spread), fold.stride() - 1);
    Node windows = build.window(padded, placeAxis, size, 1, fold.dilation());
    Node reversed = build.slice(w, tapAxis, size.minus(1), size, -1);
    int taps = op.out().get(fold.axis() + 1);
    var labels = new ArrayList<>(i == 0 ? op.a() : op.b());
    labels.add(placeAxis + 1, taps);
    List<Integer> out = op.out().stream().filter(l -> l != taps).toList();
    return i == 0 ? build.node(new Op.Contract(labels, op.b(), out), windows, reversed)
        : build.node(new Op.Contract(op.a(), labels, out), reversed, windows);
  }
}
