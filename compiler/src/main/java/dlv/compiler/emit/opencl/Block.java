package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One block of a product's results, or several side by side: rows of sums, then what follows them.
 *
 * <p>A block of one row keeps its sums in variables. Where there are more rows, whose places come together later (under a
 * pool, say), or each place reaches several elements of a result, the rows are turns of a loop that leaves its sums in a
 * private array, and what follows is a loop over the places of a row: drivers take long to build texts that grow with
 * the block.
 */
final class Block {
  /** Sums in one row for which 16 registers of 256 bits suffice, and those of two operands' rows. */
  private static final int NARROW = 6;
  private static final int NARROW_BOTH = 12;

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
    this.tile = part.tile();
    this.code = code;
    this.signature = signature;
    this.wide = wide;
    this.elements = part.elements(code, signature, part.lanes(wide));
    this.firsts = firsts;
    this.panel = panel;
    Set<Node> body = Collections.newSetFromMap(new IdentityHashMap<>());
    body.addAll(part.kernel().body());
    this.reaches = part.results().stream().map(result -> Reach.between(tile.anchor(), result, body, signature)).toList();
    this.slab = part.layouts().of(part.results().get(0)).hasSlabs() ? Nest.block() : null;
  }

  void write() {
    elements.seal(tile.anchor());
    List<Integer> around = axes(false);
    List<List<Index>> row = row(firsts);
    boolean single = reaches.stream().allMatch(reach -> reach.targets(row.get(0)).size() <= 1);
    if (around.isEmpty() && single) {
      List<Value> sums = accumulate(row);
      for (int i = 0; i < row.size(); i++) {
        elements.accumulator(tile.anchor(), row.get(i), sums.get(i));
      }
      store(row);
    } else {
      new Rows(around).write();
    }
  }

  /** The axes of the result along which the block has several places, side by side or one after the other. */
  private List<Integer> axes(boolean sideBySide) {
    var axes = new ArrayList<Integer>();
    for (int i = 0; i < tile.op().out().size(); i++) {
      int label = tile.op().out().get(i);
      if (!tile.isBatch(label) && tile.sideBySide(label) == sideBySide && tile.span(label).size() > 1) {
        axes.add(i);
      }
    }
    return axes;
  }

  private long size(int axis) {
    return tile.span(tile.op().out().get(axis)).size();
  }

  /** The places of the rows that begin at {@code starts}, first with first: what two of them share is at hand for both. */
  private List<List<Index>> row(List<Index[]> starts) {
    var rows = starts.stream().map(start -> places(axes(true), start)).toList();
    List<List<Index>> row = new ArrayList<>();
    for (int i = 0; i < rows.get(0).size(); i++) {
      for (List<List<Index>> places : rows) {
        row.add(places.get(i));
      }
    }
    return row;
  }

  /** All places of the block along {@code axes}, from {@code start} on; the last axis moves fastest. */
  private List<List<Index>> places(List<Integer> axes, Index[] start) {
    List<List<Index>> places = List.of(Arrays.asList(start));
    for (int axis : axes) {
      var next = new ArrayList<List<Index>>();
      for (List<Index> at : places) {
        for (long u = 0; u < size(axis); u++) {
          next.add(Views.with(at, axis, at.get(axis).plus(u)));
        }
      }
      places = next;
    }
    return places;
  }

  /** How many of a row's sums are accumulated at once: all where registers suffice, else equal parts. */
  private int together(int row) {
    if (wide || firsts.size() > 1 || !part.sumsBatch() && tile.columns() >= 0) {
      return row;
    }
    int parts = 1;
    while (row % parts != 0 || row / parts > (tile.columns() >= 0 ? NARROW_BOTH : NARROW)) {
      parts++;
    }
    return row / parts;
  }

  /** Writes the loops that add up the sums of a row. */
  private List<Value> accumulate(List<List<Index>> row) {
    var sums = new ArrayList<Value>();
    int together = together(row.size());
    for (int start = 0; start < row.size(); start += together) {
      List<List<Index>> some = row.subList(start, start + together);
      int width = part.sumsBatch() ? elements.lanes().width() : width(some);
      var names = new ArrayList<String>();
      for (int i = 0; i < some.size(); i++) {
        names.add(code.fresh("a"));
        code.line(Value.type(tile.anchor().element(), width) + " " + names.get(i) + " = 0;");
      }
      new Summation(tile, code, signature, elements, slab, panel).add(some, names);
      for (String name : names) {
        Value sum = new Value(name, tile.anchor().element(), width);
        sums.add(part.sumsBatch() && width > 1
            ? elements.named(sum.element(), 1, "sum_float_" + width + "(" + name + ")") : sum);
      }
    }
    return sums;
  }

  private int width(List<List<Index>> places) {
    return places.get(0).stream().anyMatch(Index::lanes) ? elements.lanes().width() : 1;
  }

  /** Stores what the places reach. */
  private void store(List<List<Index>> places) {
    for (int i = 0; i < reaches.size(); i++) {
      for (List<Index> place : places) {
        for (Reach.Target target : reaches.get(i).targets(place)) {
          store(part.results().get(i), target);
        }
      }
    }
  }

  private void store(Node result, Reach.Target target) {
    if (!stored.add(part.results().indexOf(result) + target.at().toString())) {
      return;
    }
    Runnable write = () -> elements.memory().store(result, target.at(), elements.element(result, target.at()), slab);
    if (target.test().holds()) {
      write.run();
    } else {
      code.within("if (" + target.test().text() + ")", true, write);
    }
  }

  /** The rows of a block of several: loops that leave their sums in an array, and what follows, place by place. */
  private final class Rows {
    private final List<Integer> around;
    private final String array = code.fresh("s");

    Rows(List<Integer> around) {
      this.around = around;
    }

    void write() {
      List<List<Index>> row = row(firsts);
      int width = part.sumsBatch() ? 1 : width(row);
      long rows = around.stream().mapToLong(Block.this::size).reduce(1, (a, b) -> a * b);
      code.line(Value.type(tile.anchor().element(), width) + " " + array + "[" + rows * row.size() + "];");
      List<Index[]> starts = firsts.stream().map(Index[]::clone).toList();
      for (int axis : around) {
        Index turn = code.loop("u", Long.toString(size(axis)), size(axis) - 1);
        starts.forEach(start -> start[axis] = start[axis].plus(turn));
      }
      List<Value> sums = accumulate(row(starts));
      Index number = number(around, firsts.get(0), Arrays.asList(starts.get(0)));
      for (int i = 0; i < sums.size(); i++) {
        code.line(array + "[" + number.times(row.size()).plus(i) + "] = " + sums.get(i).text() + ";");
      }
      around.forEach(axis -> code.close());
      follow(row.size(), width);
    }

    /** A loop over a row's places along the tile's rows; all that comes together is there in each turn. */
    private void follow(int row, int width) {
      int axis = tile.op().out().indexOf(tile.rows());
      boolean loop = axes(true).contains(axis);
      Index turn = loop ? code.loop("r", Long.toString(size(axis)), size(axis) - 1) : Index.ZERO;
      var beside = axes(true).stream().filter(other -> other != axis).toList();
      var both = Stream.concat(around.stream(), beside.stream()).toList();
      for (int block = 0; block < firsts.size(); block++) {
        Index[] first = firsts.get(block);
        Index[] start = first.clone();
        if (loop) {
          start[axis] = start[axis].plus(turn);
        }
        List<List<Index>> places = places(both, start);
        for (List<Index> at : places) {
          Index place = number(axes(true), first, at).times(firsts.size()).plus(block);
          Index sum = number(around, first, at).times(row).plus(place);
          elements.accumulator(tile.anchor(), at,
              elements.named(tile.anchor().element(), width, array + "[" + sum + "]"));
        }
        store(places);
      }
      if (loop) {
        code.close();
      }
    }

    /** The row-major number of a place of the block, counted along {@code axes} alone. */
    private Index number(List<Integer> axes, Index[] first, List<Index> at) {
      Index number = Index.ZERO;
      for (int axis : axes) {
        number = number.times(size(axis)).plus(at.get(axis).minus(first[axis]));
      }
      return number;
    }
  }
}
