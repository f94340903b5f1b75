package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.layout.Flavour;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A private copy of the weights that the rows of tiles share, {@code [tile][summed places][rows][columns]}: columns of
 * a large matrix lie so far apart that they fall into the same sets of the cache, and many examples go past one copy.
 *
 * @param tile the tile, one of whose operands no example varies
 * @param operand that operand's number
 * @param turn which of the tiles is meant
 */
record Panel(Tile tile, int operand, Index turn) {
  /** Fewer blocks of examples than this read the weights where they lie, if those of a row lie apart. */
  private static final int WORTH = 8;
  private static final String NAME = "panel";
  /** Elements that may be copied at a time. */
  private static final List<Integer> VECTORS = List.of(16, 8, 4);
  /** Smaller operands stay in the cache as they are. */
  private static final long LARGE = 1 << 16;
  /** Numbers of a copy. */
  static final long MOST = 1 << 17;
  /** Blocks of examples that go past weights which lie side by side. */
  static final long SLICE = 64;
  /** So few sums leave registers for those of three more blocks of examples. */
  static final long FEW = 6;

  /** The panel of a tile; null where its weights are small, or where there are none. */
  static Panel of(Tile tile) {
    int operand = weights(tile.anchor());
    if (operand < 0 || tile.rows() < 0) {
      return null;
    }
    var panel = new Panel(tile, operand, Index.ZERO);
    boolean whole = panel.has(tile.rows()) && (tile.columns() < 0 || panel.has(tile.columns()));
    return whole && size(tile) <= MOST ? panel : null;
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

  /** The same of another tile. */
  Panel at(Index turn) {
    return new Panel(tile, operand, turn);
  }

  /** Sums of a tile for each example. */
  static long width(Tile tile) {
    return tile.span(tile.rows()).size() * columns(tile);
  }

  private static long columns(Tile tile) {
    return tile.columns() < 0 ? 1 : tile.span(tile.columns()).size();
  }

  /** Numbers that a tile's results are multiplied with. */
  static long size(Tile tile) {
    return width(tile) * tile.summed().stream().mapToLong(label -> tile.size(label).value()).reduce(1, (a, b) -> a * b);
  }

  private Index place(Map<Integer, Index> summed, long element) {
    Index place = turn;
    for (int label : tile.summed()) {
      place = place.times(tile.size(label).value()).plus(summed.get(label));
    }
    return place.times(width(tile)).plus(element);
  }

  /** Declares and fills it for up to {@code most} tiles; {@code start} is the first element of the item's results. */
  void fill(Code code, Elements elements, List<Index> start, long most, String turns) {
    code.line("float " + NAME + "[" + most * size(tile) + "];");
    var summed = new HashMap<Integer, Index>();
    for (int label : tile.summed()) {
      long size = tile.size(label).value();
      summed.put(label, code.loop("k", Long.toString(size), size - 1));
    }
    Index turn = most == 1 ? Index.ZERO : code.loop("g", turns, most - 1);
    List<Index> first = moved(start, tile.rows(), turn.times(tile.span(tile.rows()).size()));
    int width = VECTORS.stream().filter(w -> w <= width(tile) && isContiguous(elements, w, first, summed))
        .findFirst().orElse(1);
    Elements wide = elements.memory().elements(code, width == 1 ? Lanes.NONE : new Lanes(width, true));
    for (long element : starts(width)) {
      String text = value(wide, moved(first, wide.lanes().lane().plus(element)), summed).text();
      Index to = at(turn).place(summed, element);
      code.line(width == 1 ? NAME + "[" + to + "] = " + text + ";"
          : "vstore" + width + "(" + text + ", 0, " + NAME + " + " + to + ");");
    }
    if (most > 1) {
      code.close();
    }
    tile.summed().forEach(label -> code.close());
  }

  /** Where vectors begin that together have all numbers of a summed place; the last two may overlap. */
  private List<Long> starts(int width) {
    long all = width(tile);
    return LongStream.range(0, (all + width - 1) / width).mapToObj(i -> Math.min(i * width, all - width)).toList();
  }

  private Value value(Elements elements, List<Index> at, Map<Integer, Index> summed) {
    return elements.element(tile.anchor().operand(operand), Summation.place(tile, labels(), at, summed));
  }

  /** Whether a tile's elements can be copied in vectors; else compilers pick vectors together, one by one. */
  private boolean isContiguous(Elements elements, int width, List<Index> first, Map<Integer, Index> summed) {
    var lanes = new Lanes(width, true);
    try {
      for (long element : starts(width)) {
        value(elements.memory().elements(new Code(), lanes), moved(first, lanes.lane().plus(element)), summed);
      }
      return true;
    } catch (Lanes.Scattered e) {
      return false;
    }
  }

  /** The place in the tile of the element of this number. */
  private List<Index> moved(List<Index> first, Index element) {
    return moved(moved(first, tile.rows(), element.over(columns(tile))), tile.columns(), element.mod(columns(tile)));
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
    String text = NAME + "[" + place(summed, within(tile.rows(), at) * columns(tile) + column) + "]";
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
