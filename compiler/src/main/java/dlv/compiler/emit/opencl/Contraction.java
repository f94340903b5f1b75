package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A product and what follows it, tile by tile. For each place of a tile the loops over the summed labels fill a row of
 * accumulators; the results that those reach are computed from them, those that add up several places at the end.
 */
record Contraction(Kernel kernel, Layouts layouts, Tile tile, List<Node> results) implements Part {
  /** Vector products that an item of a CPU should have to do. */
  private static final long ENOUGH = 5000;

  /** Items that there should be; fewer where each runs for every block of the batch. */
  private static final long MANY = 16;
  private static final long FEW = 4;

  boolean sumsBatch() {
    return tile.summed().stream().anyMatch(tile::isBatch);
  }

  /** The vector: the batch's lanes; half of them where they are summed in registers that hold no more. */
  Lanes lanes(boolean wide) {
    int width = layouts.flavour().lanes();
    return new Lanes(sumsBatch() && !wide ? Math.min(width, Flavour.SLAB_ROWS / 2) : width, false);
  }

  @Override
  public Dim blocks() {
    long rows = slice() * Flavour.SLAB_ROWS;
    return slice() == 1 ? Nest.blocks(results.get(0), layouts) : Dim.BATCH.plus(rows - 1).floorDiv(rows);
  }

  /** Blocks of examples that an item takes one after the other, or two of them side by side. */
  private long slice() {
    boolean pairs = sharesRows() && (inner().isEmpty() || !sameLoops())
        && results.stream().allMatch(result -> result.shape().dims().contains(Dim.BATCH));
    return panel() != null ? panel().slice() : pairs ? 2 : 1;
  }

  /** The private copy of the weights, where the results of an item share them; else null. */
  private Panel panel() {
    Panel panel = layouts.flavour() == Flavour.GPU ? null : Panel.of(tile);
    return panel == null || labels().stream().anyMatch(label -> panel.has(label) && !itemLabels().contains(label))
        ? null : panel;
  }

  @Override
  public long items() {
    return itemLabels().stream().mapToLong(label -> tile.span(label).blocks()).reduce(1, (a, b) -> a * b);
  }

  private List<Integer> labels() {
    return tile.op().out().stream().filter(label -> !tile.isBatch(label)).toList();
  }

  /** The labels whose blocks items count; the last ones are looped over inside until an item has enough to do. */
  private List<Integer> itemLabels() {
    var own = new ArrayList<>(labels());
    if (layouts.flavour() == Flavour.GPU) {
      return own;
    }
    Panel panel = Panel.of(tile);
    if (panel != null && tile.columns() >= 0) {
      var shared = own.stream().filter(panel::has).toList();
      if (shared.stream().mapToLong(label -> tile.span(label).blocks()).reduce(1, (a, b) -> a * b) >= MANY) {
        return shared;
      }
    }
    long work = 1;
    for (int label : tile.summed()) {
      Dim size = tile.size(label);
      work *= size.isConstant() ? size.value() : 1;
    }
    for (int label : own) {
      work *= tile.span(label).size();
    }
    boolean pairs = sameLoops();
    for (int i = own.size() - 1; i >= 0 && (work < ENOUGH || pairs); i--) {
      long blocks = tile.span(own.get(i)).blocks();
      long left = own.stream().mapToLong(label -> tile.span(label).blocks()).reduce(1, (a, b) -> a * b) / blocks;
      if (blocks > 1 && left >= (Nest.blocks(results.get(0), layouts).is(1) ? MANY : FEW)) {
        work *= blocks;
        own.remove(i);
        pairs = false;
      }
    }
    return own;
  }

  /** The labels over whose blocks an item loops. */
  private List<Integer> inner() {
    List<Integer> items = itemLabels();
    return labels().stream().filter(label -> !items.contains(label) && tile.span(label).blocks() > 1).toList();
  }

  @Override
  public void write(Code code, Signature signature) {
    Lanes lanes = lanes(false);
    Index[] at = new Index[tile.anchor().rank()];
    List<Integer> items = itemLabels();
    Index rest = Index.variable("item", 0, items() - 1);
    for (int i = items.size() - 1; i >= 0; i--) {
      long blocks = tile.span(items.get(i)).blocks();
      set(at, items.get(i), named(code, i == 0 ? rest : rest.mod(blocks)));
      rest = rest.over(blocks);
    }
    labels().stream().filter(label -> tile.span(label).blocks() == 1).forEach(label -> set(at, label, Index.ZERO));
    int batch = tile.anchor().shape().dims().indexOf(Dim.BATCH);
    if (batch >= 0) {
      at[batch] = Nest.block().times(lanes.width()).plus(lanes.lane());
    }
    if (slice() == 1) {
      loops(code, at, inner(), places -> block(code, signature, places, null));
      return;
    }
    String blocks = signature.text(Dim.BATCH.floorDiv(lanes.width()));
    code.line("const int first = " + Nest.block().times(slice()) + ", last = min(first + " + slice() + ", " + blocks
        + ");");
    Panel panel = panel();
    if (panel == null) {
      slice(code, at, places -> block(code, signature, places, null));
      return;
    }
    boolean always = panel.worth() == 1;
    code.within(always ? "" : "if (last - first >= " + panel.worth() + ")", true, () -> {
      List<Index> corner = Arrays.stream(at).map(place -> place == null ? Index.ZERO : place).toList();
      panel.fill(code, elements(code, signature, lanes), corner);
      slice(code, at, places -> block(code, signature, places, panel));
    });
    if (!always) {
      code.within("else", true, () -> slice(code, at, places -> block(code, signature, places, null)));
    }
  }

  /** Blocks of results side by side; sums over the batch have another vector where registers are wide. */
  private void block(Code code, Signature signature, List<Index[]> places, Panel panel) {
    if (sumsBatch() && vectors()) {
      code.line("#if WIDE");
      code.within("", true, () -> new Block(this, code, signature, true, places, panel).write());
      code.line("#else");
      code.within("", true, () -> new Block(this, code, signature, false, places, panel).write());
      code.line("#endif");
    } else {
      new Block(this, code, signature, false, places, panel).write();
    }
  }

  /** Loops over the blocks of examples from {@code first} to {@code last}, inside those over {@code labels}. */
  private void slice(Code code, Index[] at, Consumer<List<Index[]>> body) {
    Lanes lanes = lanes(false);
    int batch = tile.anchor().shape().dims().indexOf(Dim.BATCH);
    for (int label : inner()) {
      long blocks = tile.span(label).blocks();
      set(at, label, code.loop("t", Long.toString(blocks), blocks - 1));
    }
    steps(code, sharesRows(), "first", "last", Index.UNBOUNDED, block -> {
      Index[] there = at.clone();
      there[batch] = block.times(lanes.width()).plus(lanes.lane());
      return there;
    }, body);
    inner().forEach(label -> code.close());
  }

  /** Loops over the blocks of results along {@code labels}. */
  private void loops(Code code, Index[] at, List<Integer> labels, Consumer<List<Index[]>> body) {
    if (labels.isEmpty()) {
      code.within("", true, () -> body.accept(List.<Index[]>of(at)));
      return;
    }
    int label = labels.get(0);
    long blocks = tile.span(label).blocks();
    if (labels.size() > 1) {
      set(at, label, code.loop("t", Long.toString(blocks), blocks - 1));
      loops(code, at, labels.subList(1, labels.size()), body);
      code.close();
    } else {
      steps(code, sameLoops(), "0", Long.toString(blocks), blocks - 1, block -> {
        Index[] there = at.clone();
        set(there, label, block);
        return there;
      }, body);
    }
  }

  /** A loop over blocks of results: two at a time where the processor has registers for both, the rest one by one. */
  private void steps(Code code, boolean pairs, String from, String end, long high, Function<Index, Index[]> at,
      Consumer<List<Index[]>> body) {
    String name = code.fresh("t");
    code.line("int " + name + " = " + from + ";");
    boolean even = pairs && high != Index.UNBOUNDED && high % 2 == 1;
    if (pairs) {
      code.line("#if WIDE");
      code.within("", true, () -> {
        Index block = code.resume(name, 2, name + " + 1 < " + end, 0, high - 1);
        body.accept(List.of(at.apply(block), at.apply(block.plus(1))));
        code.close();
      });
      code.line(even ? "#else" : "#endif");
    }
    Index block = code.resume(name, 1, name + " < " + end, 0, high);
    code.within("", true, () -> body.accept(List.<Index[]>of(at.apply(block))));
    code.close();
    if (even) {
      code.line("#endif");
    }
  }

  private boolean vectors() {
    return layouts.flavour().lanes() == Flavour.SLAB_ROWS;
  }

  /** Whether tiles can stand side by side: their rows share one operand, and each has a vector of the other. */
  private boolean sharesRows() {
    return vectors() && !sumsBatch() && tile.rows() >= 0 && tile.columns() < 0;
  }

  /** Whether neighbouring blocks have the same loops: none has to leave out its own padding. */
  private boolean sameLoops() {
    Elements elements = elements(new Code(), new Signature(kernel.operands(), kernel.results(), true, null),
        lanes(false));
    return sharesRows() && tile.anchor().operands().stream().allMatch(operand -> loopsFree(operand, elements));
  }

  private static boolean loopsFree(Node node, Elements elements) {
    return elements.stored(node) || (!node.is(Op.Pad.class) || elements.haloed(node))
        && node.operands().stream().allMatch(operand -> loopsFree(operand, elements));
  }

  Elements elements(Code code, Signature signature, Lanes lanes) {
    return new Elements(code, signature, new Memory(code, signature, layouts, lanes), lanes);
  }

  /** A variable for a block's number, where it takes a division to find it. */
  private static Index named(Code code, Index block) {
    if (block.divisions().isEmpty()) {
      return block;
    }
    String name = code.fresh("b");
    code.line("const int " + name + " = " + block + ";");
    code.define(name);
    return Index.variable(name, block.low(), block.high());
  }

  private void set(Index[] at, int label, Index block) {
    Tile.Span span = tile.span(label);
    at[tile.op().out().indexOf(label)] = block.times(span.size()).plus(span.start());
  }
}
