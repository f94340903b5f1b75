package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
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
  /** Sums in one row for which 16 registers of 256 bits suffice, and those of two operands' rows. */
  private static final int NARROW = 6;
  private static final int NARROW_BOTH = 12;

  private boolean sumsBatch() {
    return tile.summed().stream().anyMatch(tile::isBatch);
  }

  /** The vector: the batch's lanes; half of them where they are summed in registers that hold no more. */
  private Lanes lanes(boolean wide) {
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
    if (pairs) {
      code.line("#if WIDE");
      code.within("", true, () -> {
        Index block = code.resume(name, 2, name + " + 1 < " + end, 0, high - 1);
        body.accept(List.of(at.apply(block), at.apply(block.plus(1))));
        code.close();
      });
      code.line("#endif");
    }
    Index block = code.resume(name, 1, name + " < " + end, 0, high);
    code.within("", true, () -> body.accept(List.<Index[]>of(at.apply(block))));
    code.close();
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

  private Elements elements(Code code, Signature signature, Lanes lanes) {
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

  /** One block of the result. */
  private static final class Block {
    private final Contraction part;
    private final Tile tile;
    private final Code code;
    private final Signature signature;
    private final boolean wide;
    private final Elements elements;
    private final List<Index[]> firsts;
    private final Panel panel;
    private final List<Reach> reaches;
    private final Set<String> stored = new HashSet<>();
    private final Index slab;

    /** {@code firsts}: the first elements of the blocks that are computed side by side. */
    Block(Contraction part, Code code, Signature signature, boolean wide, List<Index[]> firsts, Panel panel) {
      this.part = part;
      this.tile = part.tile;
      this.code = code;
      this.signature = signature;
      this.wide = wide;
      this.elements = part.elements(code, signature, part.lanes(wide));
      this.firsts = firsts;
      this.panel = panel;
      Set<Node> body = Collections.newSetFromMap(new IdentityHashMap<>());
      body.addAll(part.kernel.body());
      this.reaches = part.results.stream().map(result -> Reach.between(tile.anchor(), result, body, signature)).toList();
      this.slab = part.layouts.of(part.results.get(0)).hasSlabs() ? Nest.block() : null;
    }

    void write() {
      elements.seal(tile.anchor());
      List<List<Index>> all = new ArrayList<>();
      var blocks = firsts.stream().map(first -> places(0, Collections.singletonList(first), false)).toList();
      for (int i = 0; i < blocks.get(0).size(); i++) {
        List<List<Index>> row = sideBySide(blocks, i);
        int size = size(row.size());
        for (int start = 0; start < row.size(); start += size) {
          accumulate(row.subList(start, start + size));
          store(row.subList(start, start + size), false);
        }
        all.addAll(row);
      }
      store(all, true);
    }

    /** The i-th rows of all blocks, first with first: what two of them share is at hand for both, and then no more. */
    private List<List<Index>> sideBySide(List<List<List<Index>>> blocks, int i) {
      var rows = blocks.stream().map(block ->
          places(0, Collections.singletonList(block.get(i).toArray(Index[]::new)), true)).toList();
      List<List<Index>> row = new ArrayList<>();
      for (int j = 0; j < rows.get(0).size(); j++) {
        for (List<List<Index>> block : rows) {
          row.add(block.get(j));
        }
      }
      return row;
    }

    /** How many of a row's sums are accumulated at once: all where registers suffice, else equal parts. */
    private int size(int row) {
      if (wide || firsts.size() > 1 || !part.sumsBatch() && tile.columns() >= 0) {
        return row;
      }
      int parts = 1;
      while (row % parts != 0 || row / parts > (tile.columns() >= 0 ? NARROW_BOTH : NARROW)) {
        parts++;
      }
      return row / parts;
    }

    /** All places of the block along the labels that are side by side, or along the others. */
    private List<List<Index>> places(int i, List<Index[]> from, boolean sideBySide) {
      if (i == tile.op().out().size()) {
        return from.stream().map(at -> List.of(at)).toList();
      }
      int label = tile.op().out().get(i);
      if (tile.isBatch(label) || tile.sideBySide(label) != sideBySide) {
        return places(i + 1, from, sideBySide);
      }
      var next = new ArrayList<Index[]>();
      for (Index[] at : from) {
        for (long u = 0; u < tile.span(label).size(); u++) {
          Index[] moved = at.clone();
          moved[i] = at[i].plus(u);
          next.add(moved);
        }
      }
      return places(i + 1, next, sideBySide);
    }

    private void accumulate(List<List<Index>> row) {
      var names = new ArrayList<String>();
      boolean vector = part.sumsBatch() || row.get(0).stream().anyMatch(Index::lanes);
      int width = vector ? elements.lanes().width() : 1;
      for (int i = 0; i < row.size(); i++) {
        names.add(code.fresh("a"));
        code.line(Value.type(tile.anchor().element(), width) + " " + names.get(i) + " = 0;");
      }
      new Summation(tile, code, signature, elements, slab, panel).add(row, names);
      for (int i = 0; i < row.size(); i++) {
        Value sum = new Value(names.get(i), tile.anchor().element(), width);
        if (part.sumsBatch() && width > 1) {
          sum = elements.named(sum.element(), 1, "sum_float_" + width + "(" + sum.text() + ")");
        }
        elements.accumulator(tile.anchor(), row.get(i), sum);
      }
    }

    /** Stores what the places reach: at once, or, where several are added up, when all are there. */
    private void store(List<List<Index>> places, boolean reduced) {
      for (int i = 0; i < reaches.size(); i++) {
        if (reaches.get(i).reduces() == reduced) {
          for (List<Index> place : places) {
            for (Reach.Target target : reaches.get(i).targets(place)) {
              store(part.results.get(i), target);
            }
          }
        }
      }
    }

    private void store(Node result, Reach.Target target) {
      if (!stored.add(part.results.indexOf(result) + target.at().toString())) {
        return;
      }
      Runnable write = () -> elements.memory().store(result, target.at(), elements.element(result, target.at()), slab);
      if (target.test().holds()) {
        write.run();
      } else {
        code.within("if (" + target.test().text() + ")", true, write);
      }
    }
  }
}
