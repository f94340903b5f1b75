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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;

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

  /** Blocks of examples that an item takes one after the other, or some of them side by side. */
  private long slice() {
    boolean pairs = sharesRows() && (inner().isEmpty() || !sameLoops()) && allVary();
    return panel() != null || isPacked() ? Panel.SLICE : pairs ? 2 : 1;
  }

  /** Neighbouring tiles along the rows whose weights lie side by side and that an item computes one by one. */
  private long chunk() {
    boolean near = isPacked() || panel() != null && tile.columns() < 0;
    if (!near || !itemLabels().contains(tile.rows())) {
      return 1;
    }
    return Math.max(1, Math.min(blocks(itemLabels()) / MANY, Panel.MOST / Panel.size(tile)));
  }

  /** The blocks along a label that items count. */
  private long counted(int label) {
    long blocks = tile.span(label).blocks();
    return label == tile.rows() ? (blocks + chunk() - 1) / chunk() : blocks;
  }

  /** Whether all results vary by example. */
  private boolean allVary() {
    return results.stream().allMatch(result -> result.shape().dims().contains(Dim.BATCH));
  }

  /** Whether the weights lie in panels, as the tiles want them. */
  private boolean isPacked() {
    return tile.rows() >= 0 && tile.anchor().shape().dims().contains(Dim.BATCH) && allVary()
        && Tile.panel(tile.anchor(), tile.rows(), layouts) > 0;
  }

  /** The private copy of the weights, where the results of an item share them; else null. */
  private Panel panel() {
    Panel panel = layouts.flavour() == Flavour.GPU || isPacked() ? null : Panel.of(tile);
    return panel == null || labels().stream().anyMatch(label -> panel.has(label) && !itemLabels().contains(label))
        ? null : panel;
  }

  @Override
  public long items() {
    return itemLabels().stream().mapToLong(this::counted).reduce(1, (a, b) -> a * b);
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
    if (isPacked()) {
      var others = own.stream().filter(label -> !weights().contains(label)).toList();
      return blocks(others) >= MANY ? others : blocks(own) >= MANY ? own : List.of();
    }
    Panel panel = Panel.of(tile);
    if (panel != null && tile.columns() >= 0) {
      var shared = own.stream().filter(panel::has).toList();
      if (blocks(shared) >= MANY) {
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
      long left = blocks(own) / blocks;
      if (blocks > 1 && left >= (Nest.blocks(results.get(0), layouts).is(1) ? MANY : FEW)) {
        work *= blocks;
        own.remove(i);
        pairs = false;
      }
    }
    return own;
  }

  /** The labels of the operand that no example varies. */
  private List<Integer> weights() {
    return tile.anchor().operand(0).shape().dims().contains(Dim.BATCH) ? tile.op().b() : tile.op().a();
  }

  private long blocks(List<Integer> labels) {
    return labels.stream().mapToLong(label -> tile.span(label).blocks()).reduce(1, (a, b) -> a * b);
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
    Index chunk = Index.ZERO;
    for (int i = items.size() - 1; i >= 0; i--) {
      long blocks = counted(items.get(i));
      Index number = named(code, i == 0 ? rest : rest.mod(blocks));
      chunk = items.get(i) == tile.rows() ? number.times(chunk()) : chunk;
      set(at, items.get(i), number.times(items.get(i) == tile.rows() ? chunk() : 1));
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
      slice(code, at, chunk, (places, turn) -> block(code, signature, places, null));
      return;
    }
    Index from = chunk;
    boolean always = panel.worth() == 1;
    code.within(always ? "" : "if (last - first >= " + panel.worth() + ")", true, () -> {
      List<Index> corner = Arrays.stream(at).map(place -> place == null ? Index.ZERO : place).toList();
      panel.fill(code, elements(code, signature, lanes), corner, chunk(), turns(from));
      slice(code, at, from, (places, turn) -> block(code, signature, places, panel.at(turn)));
    });
    if (!always) {
      code.within("else", true, () -> slice(code, at, from, (places, turn) -> block(code, signature, places, null)));
    }
  }

  /** How many tiles of a chunk there are from tile {@code first} on, as C. */
  private String turns(Index first) {
    long blocks = tile.span(tile.rows()).blocks();
    return blocks % chunk() == 0 ? Long.toString(chunk())
        : "min(" + chunk() + ", " + blocks + " - " + first.atom() + ")";
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

  /**
   * Loops over the blocks of examples from {@code first} to {@code last}, and around them over labels. Where weights
   * lie side by side, the same examples go past all of the item's, from tile {@code chunk} on, before the next ones do.
   */
  private void slice(Code code, Index[] at, Index chunk, BiConsumer<List<Index[]>, Index> body) {
    Lanes lanes = lanes(false);
    int batch = tile.anchor().shape().dims().indexOf(Dim.BATCH);
    var inside = inner().stream().filter(label -> isPacked() && weights().contains(label)).toList();
    var around = inner().stream().filter(label -> !inside.contains(label)).toList();
    for (int label : around) {
      long blocks = tile.span(label).blocks();
      set(at, label, code.loop("t", Long.toString(blocks), blocks - 1));
    }
    steps(code, sharesRows(), "first", "last", Index.UNBOUNDED, block -> {
      Index[] there = at.clone();
      there[batch] = block.times(lanes.width()).plus(lanes.lane());
      return there;
    }, places -> {
      for (int label : inside) {
        long blocks = tile.span(label).blocks();
        Index turn = code.loop("g", Long.toString(blocks), blocks - 1);
        places.forEach(place -> set(place, label, turn));
      }
      if (chunk() == 1) {
        code.within("", true, () -> body.accept(places, Index.ZERO));
      } else {
        Index turn = code.loop("g", turns(chunk), chunk() - 1);
        places.forEach(place -> set(place, tile.rows(), chunk.plus(turn)));
        code.within("", true, () -> body.accept(places, turn));
        code.close();
      }
      inside.forEach(label -> code.close());
    });
    around.forEach(label -> code.close());
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

  /**
   * A loop over blocks of results: several at a time where the processor has registers for them, the rest one by one.
   *
   * @param high one less than how many there are, or unbounded
   */
  private void steps(Code code, boolean several, String from, String end, long high, Function<Index, Index[]> at,
      Consumer<List<Index[]>> body) {
    String name = code.fresh("t");
    code.line("int " + name + " = " + from + ";");
    long rest = high == Index.UNBOUNDED ? high : high + 1;
    if (several) {
      code.line("#if WIDE");
      for (long width = abreast(high); width > 1 && rest > 0; width /= 2) {
        if (rest >= width) {
          long step = width;
          code.within("", true, () -> {
            Index block = code.resume(name, (int) step, name + " + " + (step - 1) + " < " + end, 0, high - step + 1);
            body.accept(LongStream.range(0, step).mapToObj(i -> at.apply(block.plus(i))).toList());
            code.close();
          });
        }
        rest = rest == Index.UNBOUNDED ? rest : rest % width;
      }
      code.line(rest == 0 ? "#else" : "#endif");
    }
    Index block = code.resume(name, 1, name + " < " + end, 0, high);
    code.within("", true, () -> body.accept(List.<Index[]>of(at.apply(block))));
    code.close();
    if (several && rest == 0) {
      code.line("#endif");
    }
  }

  /** How many tiles stand side by side: four of few sums, where their loops are not too much text; else two. */
  private long abreast(long high) {
    boolean simple = labels().stream().allMatch(label -> tile.sideBySide(label) || tile.span(label).size() == 1);
    boolean known = high != Index.UNBOUNDED && (high + 1) % 4 == 0;
    return simple && (isPacked() || panel() != null || known) && Panel.width(tile) <= Panel.FEW ? 4 : 2;
  }

  private boolean vectors() {
    return layouts.flavour().lanes() == Flavour.SLAB_ROWS;
  }

  /** Whether tiles can stand side by side: their rows share one operand, and each has a vector of the other. */
  private boolean sharesRows() {
    return vectors() && !sumsBatch() && tile.rows() >= 0 && (tile.columns() < 0 || isPacked());
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
