package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a product's results are cut: along each label of the result a number of blocks of equal size, from a start on.
 * The rows of a block are accumulated side by side, so that they share the loads of one operand (and the columns those
 * of the other); its other elements one after another.
 *
 * @param spans one for each label of the result, in its order; null for the batch
 * @param rows the label whose block is accumulated side by side, or -1
 * @param columns a second such label, or -1
 */
record Tile(Node anchor, List<Span> spans, int rows, int columns) {
  /** {@code blocks} blocks of {@code size} elements from {@code start} on. */
  record Span(long start, long blocks, long size) {}

  Op.Contract op() {
    return (Op.Contract) anchor.op();
  }

  List<Integer> summed() {
    return op().a().stream().filter(label -> !op().out().contains(label)).toList();
  }

  Dim size(int label) {
    return op().a().contains(label) ? anchor.operand(0).dim(op().a().indexOf(label))
        : anchor.operand(1).dim(op().b().indexOf(label));
  }

  boolean isBatch(int label) {
    return size(label).equals(Dim.BATCH);
  }

  Span span(int label) {
    return spans.get(op().out().indexOf(label));
  }

  boolean sideBySide(int label) {
    return label == rows || label == columns;
  }

  /** The elements along {@code label} of a panel in which an operand of the product lies; 0: none does. */
  static long panel(Node anchor, int label, Layouts layouts) {
    var op = (Op.Contract) anchor.op();
    for (int i = 0; i < 2; i++) {
      int axis = (i == 0 ? op.a() : op.b()).indexOf(label);
      Node weights = layouts.whole(anchor.operand(i));
      if (axis >= 0 && layouts.storages().containsKey(weights) && layouts.of(weights).panelAxis() == axis) {
        return layouts.of(weights).panel();
      }
    }
    return 0;
  }

  /** The tiles that together cover a result, whose labels are cut into blocks of the given sizes. */
  static List<Tile> cover(Node anchor, List<Long> sizes, int rows, int columns) {
    var tiles = new ArrayList<Tile>();
    cover(anchor, sizes, rows, columns, new ArrayList<>(), tiles);
    return tiles;
  }

  private static void cover(Node anchor, List<Long> sizes, int rows, int columns, List<Span> spans,
      List<Tile> tiles) {
    int i = spans.size();
    if (i == sizes.size()) {
      tiles.add(new Tile(anchor, Collections.unmodifiableList(new ArrayList<>(spans)), rows, columns));
      return;
    }
    var options = new ArrayList<Span>();
    if (sizes.get(i) == null) {
      options.add(null);
    } else {
      long n = anchor.dim(i).value();
      long whole = n / sizes.get(i);
      if (whole > 0) {
        options.add(new Span(0, whole, sizes.get(i)));
      }
      if (n % sizes.get(i) > 0) {
        options.add(new Span(whole * sizes.get(i), 1, n % sizes.get(i)));
      }
    }
    for (Span span : options) {
      spans.add(span);
      cover(anchor, sizes, rows, columns, spans, tiles);
      spans.remove(spans.size() - 1);
    }
  }
}
