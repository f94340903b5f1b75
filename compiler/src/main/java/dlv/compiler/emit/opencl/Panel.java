package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.layout.Flavour;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A private copy of the weights that the rows of a tile share, {@code [summed places][rows][columns]}: columns of a large
 * matrix lie so far apart that they fall into the same sets of the cache, and many examples go past one copy.
 *
 * @param tile the tile, one of whose operands no example varies
 * @param operand that operand's number
 */
record Panel(Tile tile, int operand) {
  /** Fewer blocks of examples than this read the weights where they lie, if those of a row lie apart. */
  private static final int WORTH = 8;
  private static final String NAME = "panel";
  /** Elements that may be copied at a time. */
  private static final List<Integer> VECTORS = List.of(16, 8, 4);
  /** Smaller operands stay in the cache as they are. */
  private static final long LARGE = 1 << 16;
  private static final long MOST = 1 << 15;
  /** Blocks of examples that go past one copy, and how many of their numbers stay in the cache meanwhile. */
  private static final long SLICE = 32;
  private static final long CACHED = 1 << 20;

  /** The panel of a tile; null where its weights are small, or where there are none. */
  static Panel of(Tile tile) {
    int operand = weights(tile.anchor());
    if (operand < 0 || tile.rows() < 0) {
      return null;
    }
    var panel = new Panel(tile, operand);
    boolean whole = panel.has(tile.rows()) && (tile.columns() < 0 || panel.has(tile.columns()));
    return whole && panel.size() <= MOST ? panel : null;
  }

  /** The least number of blocks of examples that go past a copy; gates lie side by side and cost little to copy. */
  int worth() {
    return tile.columns() < 0 ? WORTH : 1;
  }

  /** The number of the operand that is large weights, the same for all examples; -1: neither. */
  static int weights(Node product) {
    boolean batchA = product.operand(0).shape().dims().contains(Dim.BATCH);
    boolean batchB = product.operand(1).shape().dims().contains(Dim.BATCH);
    int operand = batchA ? 1 : 0;
    Shape shape = product.operand(operand).shape();
    boolean large = batchA != batchB && product.shape().dims().contains(Dim.BATCH) && shape.isConstant()
        && shape.elements().value() >= LARGE;
    return large ? operand : -1;
  }

  private List<Integer> labels() {
    return operand == 0 ? tile.op().a() : tile.op().b();
  }

  /** Whether the weights vary along {@code label}. */
  boolean has(int label) {
    return labels().contains(label);
  }

  private long rows() {
    return tile.span(tile.rows()).size();
  }

  private long columns() {
    return tile.columns() < 0 ? 1 : tile.span(tile.columns()).size();
  }

  private long summed() {
    return tile.summed().stream().mapToLong(label -> tile.size(label).value()).reduce(1, (a, b) -> a * b);
  }

  private long size() {
    return rows() * columns() * summed();
  }

  /** Blocks of examples that go past one copy. */
  long slice() {
    return Math.max(WORTH, Math.min(SLICE, CACHED / (summed() * Flavour.SLAB_ROWS)));
  }

  private Index place(Map<Integer, Index> summed, long element) {
    Index place = Index.ZERO;
    for (int label : tile.summed()) {
      place = place.times(tile.size(label).value()).plus(summed.get(label));
    }
    return place.times(rows() * columns()).plus(element);
  }

  /** Declares and fills it; {@code first} is the first element of the item's results. */
  void fill(Code code, Elements elements, List<Index> first) {
    code.line("float " + NAME + "[" + size() + "];");
    var summed = new HashMap<Integer, Index>();
    for (int label : tile.summed()) {
      long size = tile.size(label).value();
      summed.put(label, code.loop("k", Long.toString(size), size - 1));
    }
    int width = VECTORS.stream().filter(w -> rows() * columns() % w == 0 && isContiguous(elements, w, first, summed))
        .findFirst().orElse(1);
    Elements wide = elements.memory().elements(code, width == 1 ? Lanes.NONE : new Lanes(width, true));
    for (long element = 0; element < rows() * columns(); element += width) {
      String text = value(wide, moved(first, wide.lanes().lane().plus(element)), summed).text();
      Index to = place(summed, element);
      code.line(width == 1 ? NAME + "[" + to + "] = " + text + ";"
          : "vstore" + width + "(" + text + ", 0, " + NAME + " + " + to + ");");
    }
    tile.summed().forEach(label -> code.close());
  }

  private Value value(Elements elements, List<Index> at, Map<Integer, Index> summed) {
    return elements.element(tile.anchor().operand(operand), Summation.place(tile, labels(), at, summed));
  }

  /** Whether a tile's elements can be copied in vectors; else compilers pick vectors together, one by one. */
  private boolean isContiguous(Elements elements, int width, List<Index> first, Map<Integer, Index> summed) {
    var lanes = new Lanes(width, true);
    try {
      for (long element = 0; element < rows() * columns(); element += width) {
        value(elements.memory().elements(new Code(), lanes), moved(first, lanes.lane().plus(element)), summed);
      }
      return true;
    } catch (Lanes.Scattered e) {
      return false;
    }
  }

  /** The place in the tile of the element of this number. */
  private List<Index> moved(List<Index> first, Index element) {
    return moved(moved(first, tile.rows(), element.over(columns())), tile.columns(), element.mod(columns()));
  }

  private List<Index> moved(List<Index> at, int label, Index by) {
    int axis = tile.op().out().indexOf(label);
    return axis < 0 ? at : Views.with(at, axis, at.get(axis).plus(by));
  }

  /** The number of an element's place within the tile along a label. */
  private long within(int label, List<Index> at) {
    Tile.Span span = tile.span(label);
    return at.get(tile.op().out().indexOf(label)).plus(-span.start()).mod(span.size()).constant();
  }

  /** The weight for the result at {@code at}, whose place in the tile's rows is known. */
  Value read(Code code, Map<Integer, Index> summed, List<Index> at) {
    long column = tile.columns() < 0 ? 0 : within(tile.columns(), at);
    String text = NAME + "[" + place(summed, within(tile.rows(), at) * columns() + column) + "]";
    Value known = code.known(text);
    if (known == null) {
      String name = code.fresh("v");
      code.line("const float " + name + " = " + text + ";");
      known = new Value(name, tile.anchor().element(), 1);
      code.remember(text, known);
    }
    return known;
  }
}
