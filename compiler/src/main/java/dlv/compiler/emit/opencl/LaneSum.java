package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A product that sums over the batch and a longer axis, as gradients of weights over time do. An item has some columns of
 * one operand and rows of the other: it transposes its columns block by block, so that lanes become neighbours along the
 * result, and multiplies them by the numbers of the other operand, one by one; no lanes are added up.
 *
 * @param columns the operand whose elements become vectors
 * @param vectors how many of them a row of the item's sums has
 * @param rows how many rows an item has
 */
record LaneSum(Kernel kernel, Layouts layouts, Node anchor, List<Node> results, int columns, int vectors, long rows)
    implements Part {
  private static final int LANES = 16;
  /** Fewer rows do not pay for the transposition. */
  private static final long FEW = 8;
  /** Rows of an item at most: its sums stay in the nearest cache. */
  private static final long MOST = 256;
  /** Items that there should be. */
  private static final long MANY = 16;
  /** Vectors of a row, the best first. */
  private static final List<Integer> VECTORS = List.of(2, 3);
  /** Turns of the longest loop that are transposed at a time. */
  private static final long CHUNK = 8;

  /** The part that computes {@code results} of a product; null where it has not this form. */
  static LaneSum of(Kernel kernel, Layouts layouts, Node anchor, List<Node> results) {
    var op = (Op.Contract) anchor.op();
    boolean apart = op.a().stream().noneMatch(label -> op.b().contains(label) && op.out().contains(label));
    boolean lanes = layouts.flavour().lanes() == LANES && anchor.shape().isConstant()
        && anchor.operands().stream().allMatch(x -> x.shape().dims().contains(Dim.BATCH));
    boolean longSum = op.a().stream().filter(label -> !op.out().contains(label))
        .map(label -> anchor.operand(0).dim(op.a().indexOf(label)))
        .anyMatch(size -> size.isConstant() && size.value() >= CHUNK);
    if (!apart || !longSum || !lanes || pads(kernel, layouts) || layouts.of(results.get(0)).hasSlabs()) {
      return null;
    }
    LaneSum best = null;
    for (int columns = 0; columns < 2; columns++) {
      var one = new LaneSum(kernel, layouts, anchor, results, columns, 1, 1);
      long width = one.size(columns);
      long height = one.size(1 - columns);
      if (width % LANES == 0 && height >= FEW && (best == null || width > best.size(best.columns))) {
        int vectors = one.fitting(width);
        long rows = Math.min(height, MOST);
        while (rows > 2 * FEW && width / (vectors * LANES) * ((height + rows - 1) / rows) < MANY) {
          rows = (rows + 1) / 2;
        }
        best = new LaneSum(kernel, layouts, anchor, results, columns, vectors, rows);
      }
    }
    return best;
  }

  /** As many vectors as registers hold, with whole groups of the last axis: then it is known which of it each has. */
  private int fitting(long width) {
    List<Integer> own = own(columns);
    long last = dim(own.get(own.size() - 1)).value();
    return VECTORS.stream().filter(count -> width % (count * LANES) == 0
        && (count * LANES % last == 0 || last % (count * LANES) == 0)).findFirst().orElse(1);
  }

  private static boolean pads(Kernel kernel, Layouts layouts) {
    var signature = new Signature(kernel.operands(), kernel.results(), true, null);
    var memory = new Memory(new Code(), signature, layouts, Lanes.NONE);
    var elements = new Elements(new Code(), signature, memory, Lanes.NONE);
    return kernel.body().stream().anyMatch(node -> node.is(Op.Pad.class) && !elements.haloed(node));
  }

  private Op.Contract op() {
    return (Op.Contract) anchor.op();
  }

  private List<Integer> labels(int operand) {
    return operand == 0 ? op().a() : op().b();
  }

  /** The labels of an operand that the result has. */
  private List<Integer> own(int operand) {
    return labels(operand).stream().filter(op().out()::contains).toList();
  }

  private Dim dim(int label) {
    int operand = op().a().contains(label) ? 0 : 1;
    return anchor.operand(operand).dim(labels(operand).indexOf(label));
  }

  /** Elements of the result along an operand's own labels. */
  private long size(int operand) {
    return own(operand).stream().mapToLong(label -> dim(label).value()).reduce(1, (a, b) -> a * b);
  }

  private int width() {
    return vectors * LANES;
  }

  private long stretches() {
    return (size(1 - columns) + rows - 1) / rows;
  }

  @Override
  public long items() {
    return size(columns) / width() * stretches();
  }

  @Override
  public Dim blocks() {
    return Dim.ONE;
  }

  @Override
  public void write(Code code, Signature signature) {
    new Writing(code, signature).write();
  }

  /** The text of one item. */
  private final class Writing {
    private final Code code;
    private final Signature signature;
    private final Elements elements;
    private final Index column;
    private final Index first;
    /** The summed labels, the batch first; the last one is cut into chunks. */
    private final List<Integer> summed = new ArrayList<>();

    Writing(Code code, Signature signature) {
      this.code = code;
      this.signature = signature;
      var lanes = new Lanes(LANES, false);
      this.elements = new Elements(code, signature, new Memory(code, signature, layouts, lanes), lanes);
      Index item = Index.variable("item", 0, items() - 1);
      this.column = item.over(stretches()).times(width());
      this.first = item.mod(stretches()).times(rows);
      op().a().stream().filter(label -> !op().out().contains(label)).sorted((a, b) ->
          Long.compare(length(a), length(b))).forEach(summed::add);
    }

    /** By which loops are ordered: the batch goes first, and the longest last. */
    private long length(int label) {
      return dim(label).isConstant() ? dim(label).value() : 0;
    }

    /** The rows of this item, as C: the last stretch may have fewer. */
    private String height() {
      long all = size(1 - columns);
      return all % rows == 0 ? Long.toString(rows) : "min(" + rows + ", " + all + " - " + first.atom() + ")";
    }

    void write() {
      code.line("float sums[" + rows * width() + "];");
      Index i = code.loop("i", Long.toString(rows * vectors), rows * vectors - 1);
      code.line("vstore16((float16)(0.0f), " + i + ", sums);");
      code.close();
      sweep(0, new HashMap<>());
      store();
    }

    private void sweep(int depth, Map<Integer, Index> places) {
      int label = summed.get(depth);
      boolean batch = dim(label).equals(Dim.BATCH);
      if (depth < summed.size() - 1) {
        Index n = code.loop("n", batch ? signature.text(Dim.BATCH.floorDiv(LANES)) : Long.toString(dim(label).value()),
            batch ? Index.UNBOUNDED : dim(label).value() - 1);
        places.put(label, batch ? n.times(LANES) : n);
        sweep(depth + 1, places);
      } else {
        long turns = dim(label).value();
        long chunks = (turns + CHUNK - 1) / CHUNK;
        Index from = code.loop("n", Long.toString(chunks), chunks - 1).times(CHUNK);
        chunk(label, from, turns % CHUNK == 0 ? Long.toString(CHUNK) : "min(" + CHUNK + ", " + turns + " - "
            + from.atom() + ")", places);
      }
      code.close();
    }

    /** Transposes the columns of some turns along {@code label} from {@code from} on, and adds products. */
    private void chunk(int label, Index from, String count, Map<Integer, Index> places) {
      code.within("", true, () -> {
        code.line("float panel[" + CHUNK * LANES * width() + "];");
        turns(label, from, count, places, this::fill);
        code.line("#if WIDE");
        blocks(8, vectors, label, from, count, places);
        code.line("#else");
        blocks(6, 1, label, from, count, places);
        code.line("#endif");
      });
    }

    private interface Turn {
      void write(Index turn, Map<Integer, Index> places);
    }

    private void turns(int label, Index from, String count, Map<Integer, Index> places, Turn turn) {
      Index k = code.loop("k", count, CHUNK - 1);
      var now = new HashMap<>(places);
      now.put(label, from.plus(k));
      turn.write(k, now);
      code.close();
    }

    private int batchLabel() {
      return summed.stream().filter(label -> dim(label).equals(Dim.BATCH)).findFirst().orElseThrow();
    }

    /** The index of an operand whose own labels have the element {@code number}. */
    private List<Index> place(int operand, Index number, Map<Integer, Index> places) {
      var all = new HashMap<>(places);
      all.putAll(digits(operand, number));
      return labels(operand).stream().map(all::get).toList();
    }

    private Map<Integer, Index> digits(int operand, Index number) {
      var digits = new HashMap<Integer, Index>();
      List<Integer> own = own(operand);
      Index rest = number;
      for (int i = own.size() - 1; i >= 0; i--) {
        long size = dim(own.get(i)).value();
        digits.put(own.get(i), i == 0 ? rest : rest.mod(size));
        rest = rest.over(size);
      }
      return digits;
    }

    private void fill(Index turn, Map<Integer, Index> places) {
      var there = new HashMap<>(places);
      there.computeIfPresent(batchLabel(), (label, row) -> row.plus(elements.lanes().lane()));
      for (int w = 0; w < vectors; w++) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
          Index number = column.plus(w * LANES + i);
          Value value = elements.element(anchor.operand(columns), place(columns, number, there));
          values.add(new Value(value.widened(LANES), value.element(), LANES));
        }
        values = Transposition.turned(code, values);
        for (int i = 0; i < LANES; i++) {
          code.line("vstore16(" + values.get(i).text() + ", " + turn.times(LANES * vectors).plus(i * vectors + w)
              + ", panel);");
        }
      }
    }

    /** All rows of the item, {@code high} at a time, by {@code wide} vectors at a time. */
    private void blocks(long high, int wide, int label, Index from, String count, Map<Integer, Index> places) {
      long all = size(1 - columns);
      for (int w = 0; w < vectors; w += wide) {
        int start = w;
        String r = code.fresh("r");
        code.line("int " + r + " = 0;");
        for (long step : rows % high == 0 && all % rows == 0 ? List.of(high) : List.of(high, 1L)) {
          Index row = code.resume(r, (int) step, r + " + " + step + " <= " + height(), 0, rows - step);
          code.within("", true, () -> {
            var sums = new ArrayList<String>();
            for (int i = 0; i < step * wide; i++) {
              sums.add(code.fresh("a"));
              code.line("float16 " + sums.get(i) + " = vload16(0, sums + " + sum(row, i / wide, start + i % wide) + ");");
            }
            turns(label, from, count, places, (turn, now) -> products(row, step, start, wide, turn, now, sums));
            for (int i = 0; i < step * wide; i++) {
              code.line("vstore16(" + sums.get(i) + ", 0, sums + " + sum(row, i / wide, start + i % wide) + ");");
            }
          });
          code.close();
        }
      }
    }

    private Index sum(Index row, long further, int vector) {
      return row.plus(further).times(width()).plus((long) vector * LANES);
    }

    private void products(Index row, long high, int start, int wide, Index turn, Map<Integer, Index> places,
                          List<String> sums) {
      Index lane = code.loop("l", Integer.toString(LANES), LANES - 1);
      var there = new HashMap<>(places);
      there.computeIfPresent(batchLabel(), (label, example) -> example.plus(lane));
      Index panel = turn.times(LANES * width()).plus(lane.times(width()));
      var vector = new ArrayList<String>();
      for (int w = 0; w < wide; w++) {
        vector.add(code.fresh("v"));
        code.line("const float16 " + vector.get(w) + " = vload16(0, panel + " + panel.plus((start + w) * (long) LANES)
            + ");");
      }
      for (int i = 0; i < high; i++) {
        int other = 1 - columns;
        Value x = elements.element(anchor.operand(other), place(other, first.plus(row).plus(i), there));
        for (int w = 0; w < wide; w++) {
          String sum = sums.get(i * wide + w);
          code.line(sum + " = fused_16(" + sum + ", " + vector.get(w) + ", " + x.widened(LANES) + ");");
        }
      }
      code.close();
    }

    private void store() {
      Index row = code.loop("r", height(), rows - 1);
      code.within("", true, () -> {
        Index place = elements.place(new Value(first.plus(row).atom(), Element.INT, 1), Dim.of(size(1 - columns)));
        var stores = new Stores(kernel, anchor, results, code, signature, elements);
        for (int i = 0; i < width(); i++) {
          var places = digits(columns, column.plus(i));
          places.putAll(digits(1 - columns, place));
          String sum = "sums[" + row.times(width()).plus(i) + "]";
          stores.store(op().out().stream().map(places::get).toList(), elements.named(anchor.element(), 1, sum));
        }
      });
      code.close();
    }
  }
}
