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
  static final List<Rule> RULES = List.of(
      new Rule("fold-product", Op.Fold.class, Folds::product),
      new Rule("fold-fold", Op.Fold.class, Folds::inside),
      new Rule("fold-slice", Op.Fold.class, Folds::insideSlice));

  private Folds() {}

  /**
   * {@code Fold(Σ g[p] w[i])} where only {@code g} has the places p and only {@code w} the taps i. Element m is the
   * sum over i of {@code g[(m - i·dilation) / stride] w[i]}.
   */
  private static Node product(Node node, Predicate<Node> once) {
    var fold = (Op.Fold) node.op();
    if (!(node.operand(0).op() instanceof Op.Contract op) || !once.test(node.operand(0)) || !overlaps(node)) {
      return null;
    }
    int places = op.out().get(fold.axis());
    int taps = op.out().get(fold.axis() + 1);
    for (int i = 0; i < 2; i++) {
      List<Integer> g = labels(op, i);
      List<Integer> w = labels(op, 1 - i);
      if (g.contains(places) && !g.contains(taps) && w.contains(taps) && !w.contains(places)) {
        return fold.stride() > 1 && fold.dilation() == 1 ? interleaved(node, i) : spread(node, i);
      }
    }
    return null;
  }

  private static List<Integer> labels(Op.Contract op, int i) {
    return i == 0 ? op.a() : op.b();
  }

  /** Whether windows share elements. */
  private static boolean overlaps(Node node) {
    var fold = (Op.Fold) node.op();
    Dim size = node.operand(0).dim(fold.axis() + 1);
    return !size.isConstant() || fold.stride() < fold.dilation() * (size.value() - 1) + 1;
  }

  /**
   * Windows of g, with stride - 1 zeros between its elements and a margin around, times w reversed; {@code i} is the
   * operand that is g.
   */
  private static Node spread(Node node, int i) {
    var fold = (Op.Fold) node.op();
    var op = (Op.Contract) node.operand(0).op();
    int places = op.out().get(fold.axis());
    int taps = op.out().get(fold.axis() + 1);
    int placeAxis = labels(op, i).indexOf(places);
    int tapAxis = labels(op, 1 - i).indexOf(taps);
    var build = new Build(node.origin());
    Node g = node.operand(0).operand(i);
    Node w = node.operand(0).operand(1 - i);
    Dim size = w.dim(tapAxis);
    Dim length = g.dim(placeAxis).minus(1).times(fold.stride()).plus(1);
    Dim margin = size.minus(1).times(fold.dilation());
    Node padded = build.pad(g, placeAxis, margin, fold.n().minus(length), fold.stride() - 1);
    Node windows = build.window(padded, placeAxis, size, 1, fold.dilation());
    Node reversed = build.slice(w, tapAxis, size.minus(1), size, -1);
    List<Integer> out = op.out().stream().filter(l -> l != taps).toList();
    return contract(build, i, windows, after(labels(op, i), placeAxis, taps), reversed, labels(op, 1 - i), out);
  }

  /**
   * Under a stride s, elements of one residue r by s see only the taps {@code r + s·t}: so w is laid out by [t, r],
   * one product over windows of g computes all residues, and a fold without overlap puts them in turn.
   */
  private static Node interleaved(Node node, int i) {
    var fold = (Op.Fold) node.op();
    var op = (Op.Contract) node.operand(0).op();
    int places = op.out().get(fold.axis());
    int taps = op.out().get(fold.axis() + 1);
    int placeAxis = labels(op, i).indexOf(places);
    int tapAxis = labels(op, 1 - i).indexOf(taps);
    var build = new Build(node.origin());
    Node g = node.operand(0).operand(i);
    Node w = node.operand(0).operand(1 - i);
    long stride = fold.stride();
    Dim turns = w.dim(tapAxis).ceilDiv(stride);
    Dim length = fold.n().ceilDiv(stride);
    Node padded = build.pad(g, placeAxis, turns.minus(1), length.minus(g.dim(placeAxis)), 0);
    Node windows = build.window(padded, placeAxis, turns, 1, 1);
    Node whole = build.pad(w, tapAxis, Dim.ZERO, turns.times(stride).minus(w.dim(tapAxis)), 0);
    Node byResidue = build.reshape(whole,
        whole.shape().with(tapAxis, turns).insert(tapAxis + 1, Dim.of(stride)));
    Node reversed = build.slice(byResidue, tapAxis, turns.minus(1), turns, -1);
    int residue = unused(op);
    List<Integer> out = op.out().stream().map(l -> l == taps ? residue : l).toList();
    Node product = contract(build, i, windows, after(labels(op, i), placeAxis, taps), reversed,
        after(labels(op, 1 - i), tapAxis, residue), out);
    Node inTurn = build.fold(product, fold.axis(), length.times(stride), stride, 1);
    return build.slice(inTurn, fold.axis(), Dim.ZERO, fold.n(), 1);
  }

  /** The first letter that is no label yet. */
  private static int unused(Op.Contract op) {
    int label = 'a';
    while (op.a().contains(label) || op.b().contains(label)) {
      label++;
    }
    return label;
  }

  /** {@code labels} with {@code label} after the axis {@code axis}. */
  private static List<Integer> after(List<Integer> labels, int axis, int label) {
    var list = new ArrayList<>(labels);
    list.add(axis + 1, label);
    return list;
  }

  /** The product of g and w, with g as operand {@code i}. */
  private static Node contract(Build build, int i, Node g, List<Integer> gLabels, Node w, List<Integer> wLabels,
      List<Integer> out) {
    return i == 0 ? build.node(new Op.Contract(gLabels, wLabels, out), g, w)
        : build.node(new Op.Contract(wLabels, gLabels, out), w, g);
  }

  /** A fold with overlap goes inside one without, towards its product. */
  private static Node inside(Node node, Predicate<Node> once) {
    Node inner = node.operand(0);
    if (!inner.is(Op.Fold.class) || !overlaps(node) || overlaps(inner) || !once.test(inner)) {
      return null;
    }
    var first = (Op.Fold) node.op();
    var view = (Op.Fold) inner.op();
    boolean before = first.axis() < view.axis();
    var build = new Build(node.origin());
    Node folded = build.fold(inner.operand(0), before ? first.axis() : first.axis() + 1, first.n(), first.stride(),
        first.dilation());
    return new Build(inner.origin()).fold(folded, before ? view.axis() - 1 : view.axis(), view.n(), view.stride(),
        view.dilation());
  }

  /** A fold goes inside a slice of another axis, where a fold follows: slices stand outside. */
  private static Node insideSlice(Node node, Predicate<Node> once) {
    var fold = (Op.Fold) node.op();
    Node inner = node.operand(0);
    if (!(inner.op() instanceof Op.Slice slice) || !inner.operand(0).is(Op.Fold.class)
        || !once.test(inner) || slice.axis() == fold.axis() || slice.axis() == fold.axis() + 1) {
      return null;
    }
    Node folded = new Build(node.origin()).fold(inner.operand(0), fold.axis(), fold.n(), fold.stride(),
        fold.dilation());
    int axis = slice.axis() > fold.axis() ? slice.axis() - 1 : slice.axis();
    return new Build(inner.origin()).slice(folded, axis, slice.start(), slice.size(), slice.step());
  }
}
