package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

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

  private boolean sumsBatch() {
    return tile.summed().stream().anyMatch(tile::isBatch);
  }

  /** The vector: the batch's lanes; half of them where they are summed over long rows. */
  private Lanes lanes() {
    int width = layouts.flavour().lanes();
    boolean varies = tile.anchor().operands().stream().anyMatch(x -> x.shape().dims().contains(Dim.BATCH));
    return new Lanes(varies ? sumsBatch() ? Math.min(width, 8) : width : width, false);
  }

  @Override
  public Dim blocks() {
    return Nest.blocks(results.get(0), layouts);
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
    long work = 1;
    for (int label : tile.summed()) {
      Dim size = tile.size(label);
      work *= size.isConstant() ? size.value() : 1;
    }
    for (int label : own) {
      work *= tile.span(label).size();
    }
    for (int i = own.size() - 1; i >= 0 && work < ENOUGH; i--) {
      long blocks = tile.span(own.get(i)).blocks();
      long left = own.stream().mapToLong(label -> tile.span(label).blocks()).reduce(1, (a, b) -> a * b) / blocks;
      if (blocks > 1 && left >= (blocks().is(1) ? MANY : FEW)) {
        work *= blocks;
        own.remove(i);
      }
    }
    return own;
  }

  @Override
  public void write(Code code, Signature signature) {
    Lanes lanes = lanes();
    var elements = new Elements(code, signature, new Memory(code, signature, layouts, lanes), lanes);
    Index[] at = new Index[tile.anchor().rank()];
    List<Integer> items = itemLabels();
    Index rest = Index.variable("item", 0, items() - 1);
    for (int i = items.size() - 1; i >= 0; i--) {
      long blocks = tile.span(items.get(i)).blocks();
      set(at, items.get(i), named(code, i == 0 ? rest : rest.mod(blocks)));
      rest = rest.over(blocks);
    }
    int loops = 0;
    for (int label : labels()) {
      if (!items.contains(label)) {
        long blocks = tile.span(label).blocks();
        set(at, label, blocks == 1 ? Index.ZERO : code.loop("t", Long.toString(blocks), blocks - 1));
        loops += blocks == 1 ? 0 : 1;
      }
    }
    int batch = tile.anchor().shape().dims().indexOf(Dim.BATCH);
    if (batch >= 0) {
      at[batch] = Nest.block().times(lanes.width()).plus(lanes.lane());
    }
    code.within("", true, () -> new Block(this, code, signature, elements, at).write());
    for (int i = 0; i < loops; i++) {
      code.close();
    }
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
    private final Elements elements;
    private final Index[] first;
    private final List<Reach> reaches;
    private final Set<String> stored = new HashSet<>();
    private final Index slab;

    Block(Contraction part, Code code, Signature signature, Elements elements, Index[] first) {
      this.part = part;
      this.tile = part.tile;
      this.code = code;
      this.signature = signature;
      this.elements = elements;
      this.first = first;
      Set<Node> body = Collections.newSetFromMap(new IdentityHashMap<>());
      body.addAll(part.kernel.body());
      this.reaches = part.results.stream().map(result -> Reach.between(tile.anchor(), result, body, signature)).toList();
      this.slab = part.layouts.of(part.results.get(0)).hasSlabs() ? Nest.block() : null;
    }

    void write() {
      elements.seal(tile.anchor());
      List<List<Index>> all = new ArrayList<>();
      for (List<Index> place : places(0, Collections.singletonList(first), false)) {
        List<List<Index>> row = places(0, Collections.singletonList(place.toArray(Index[]::new)), true);
        accumulate(row);
        store(row, false);
        all.addAll(row);
      }
      store(all, true);
    }

    /** All places of the block along the labels that are side by side, or along the others. */
    private List<List<Index>> places(int i, List<Index[]> from, boolean sideBySide) {
      if (i == first.length) {
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
      new Summation(tile, code, signature, elements, slab).add(row, names);
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
