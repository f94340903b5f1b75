package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The loops of a product over its summed labels, for some elements of the result at once. A loop along which an operand
 * is padded runs over the elements alone: the zeros add nothing.
 */
final class Summation {
  /** A last loop of at most so many turns is written out. */
  private static final long WRITTEN_OUT = 7;

  private final Tile tile;
  private final Code code;
  private final Signature signature;
  private final Elements elements;
  private final Index slab;
  private final Panel panel;

  /** {@code panel}: where the weights are read, or null. */
  Summation(Tile tile, Code code, Signature signature, Elements elements, Index slab, Panel panel) {
    this.tile = tile;
    this.code = code;
    this.signature = signature;
    this.elements = elements;
    this.slab = slab;
    this.panel = panel;
  }

  /** Adds the products for each of {@code results}, indices of the anchor, into the accumulator of equal number. */
  void add(List<List<Index>> results, List<String> accumulators) {
    var order = new ArrayList<Integer>();
    tile.summed().stream().filter(tile::isBatch).forEach(order::add);
    tile.summed().stream().filter(label -> !tile.isBatch(label)).forEach(order::add);
    sweep(order, 0, new HashMap<>(), results, accumulators);
  }

  private void sweep(List<Integer> order, int depth, Map<Integer, Index> summed, List<List<Index>> results,
      List<String> accumulators) {
    if (depth == order.size()) {
      half(summed, results, accumulators);
      return;
    }
    int label = order.get(depth);
    Dim size = tile.size(label);
    boolean last = depth == order.size() - 1;
    if (size.is(1)) {
      summed.put(label, Index.ZERO);
      sweep(order, depth + 1, summed, results, accumulators);
    } else if (tile.isBatch(label)) {
      int rows = elements.lanes().width() == 1 ? 1 : Flavour.SLAB_ROWS;
      Index from = slab != null ? slab.times(Flavour.SLAB_ROWS) : Index.ZERO;
      boolean loop = slab == null || rows == 1;
      String count = slab != null ? Integer.toString(Flavour.SLAB_ROWS) : signature.text(size.floorDiv(rows));
      Index block = loop ? code.loop("n", count, slab != null ? Flavour.SLAB_ROWS - 1 : Index.UNBOUNDED) : Index.ZERO;
      summed.put(label, from.plus(block.times(rows)));
      sweep(order, depth + 1, summed, results, accumulators);
      if (loop) {
        code.close();
      }
    } else {
      bounded(order, depth, summed, results, accumulators, last && size.isConstant() && size.value() <= WRITTEN_OUT);
    }
  }

  private void bounded(List<Integer> order, int depth, Map<Integer, Index> summed, List<List<Index>> results,
      List<String> accumulators, boolean small) {
    int label = order.get(depth);
    Dim size = tile.size(label);
    String name = code.fresh("k");
    var variable = new Index.Variable(name, 0, size.isConstant() ? size.value() - 1 : Index.UNBOUNDED, false);
    summed.put(label, Index.of(variable));
    Bounds bounds = new Bounds(tile, variable, elements, order.subList(0, depth + 1), summed, results);
    if (small && bounds.free()) {
      for (long i = 0; i < size.value(); i++) {
        summed.put(label, Index.of(i));
        sweep(order, depth + 1, summed, results, accumulators);
      }
      return;
    }
    code.loop(name, bounds.first(), name + " < " + bounds.end(signature.text(size)), 0, variable.high());
    List<Node> inside = bounds.paddings();
    inside.forEach(elements::enter);
    sweep(order, depth + 1, summed, results, accumulators);
    inside.forEach(elements::leave);
    code.close();
  }

  /** Sixteen summed rows are two vectors of eight. */
  private void half(Map<Integer, Index> summed, List<List<Index>> results, List<String> accumulators) {
    int width = elements.lanes().width();
    Integer batch = tile.summed().stream().filter(tile::isBatch).findFirst().orElse(null);
    if (batch == null || width == 1) {
      products(summed, results, accumulators);
      return;
    }
    Index rows = summed.get(batch);
    boolean loop = width < Flavour.SLAB_ROWS;
    Index half = loop ? code.loop("h", Integer.toString(Flavour.SLAB_ROWS / width), Flavour.SLAB_ROWS / width - 1)
        : Index.ZERO;
    summed.put(batch, rows.plus(half.times(width)).plus(elements.lanes().lane()));
    products(summed, results, accumulators);
    summed.put(batch, rows);
    if (loop) {
      code.close();
    }
  }

  private void products(Map<Integer, Index> summed, List<List<Index>> results, List<String> accumulators) {
    for (int i = 0; i < results.size(); i++) {
      List<Index> at = results.get(i);
      Value a = operand(0, tile.op().a(), at, summed);
      Value b = operand(1, tile.op().b(), at, summed);
      String sum = accumulators.get(i);
      code.line(Math.max(a.width(), b.width()) == Flavour.SLAB_ROWS
          ? sum + " = fused_16(" + sum + ", " + a.widened(16) + ", " + b.widened(16) + ");"
          : sum + " += " + a.text() + " * " + b.text() + ";");
    }
  }

  private Value operand(int number, List<Integer> labels, List<Index> at, Map<Integer, Index> summed) {
    return panel != null && panel.operand() == number ? panel.read(code, summed, at)
        : elements.element(tile.anchor().operand(number), place(tile, labels, at, summed));
  }

  /** The index of an operand with {@code labels}; a summed label without an index is 0. */
  static List<Index> place(Tile tile, List<Integer> labels, List<Index> at, Map<Integer, Index> summed) {
    Op.Contract op = tile.op();
    return labels.stream().map(label -> op.out().contains(label) ? at.get(op.out().indexOf(label))
        : summed.getOrDefault(label, Index.ZERO)).toList();
  }
}
