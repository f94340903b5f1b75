package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the tiles of a product. Measured on AVX2: with the batch in the lanes of {@code float16}, four to six
 * accumulators in one row, one vector load an iteration; summed lanes as {@code float8}, two rows of up to six. With
 * AVX-512 more: two tiles of eight results side by side, four of up to six where weights lie side by side, or four rows
 * of four summed {@code float16}. A tile is cut for those; where registers do not suffice, its parts are accumulated one
 * after the other. Where the last axis of the weights is short, a tile is of that whole axis and some of the next.
 */
final class Tiling {
  /** Vectors that a tile accumulates at most, in the widest registers. */
  private static final long REGISTERS = 24;

  /** A block of so many is good enough not to look further. */
  private static final long LARGE = 4;
  /** A block of so many where each is used for many examples, and how many results make a rest of them small. */
  private static final long LARGEST = Panel.FEW;
  private static final long MANY = 40 * LARGEST;

  private final Node anchor;
  private final Op.Contract op;
  private final List<Long> granularity;
  private final Layouts layouts;
  private final boolean vectors;

  /** {@code granularity}: along each label of the result, elements that belong to one block whatever the tile. */
  Tiling(Node anchor, List<Long> granularity, Layouts layouts) {
    this.anchor = anchor;
    this.op = (Op.Contract) anchor.op();
    this.granularity = granularity;
    this.layouts = layouts;
    this.vectors = layouts.flavour().lanes() > 1;
  }

  private boolean isBatch(int i) {
    return anchor.dim(i).equals(Dim.BATCH);
  }

  private boolean sumsBatch() {
    return op.a().stream().anyMatch(label -> !op.out().contains(label)
        && anchor.operand(0).dim(op.a().indexOf(label)).equals(Dim.BATCH));
  }

  List<Tile> tiles() {
    var sizes = new ArrayList<Long>();
    for (int i = 0; i < anchor.rank(); i++) {
      sizes.add(isBatch(i) ? null : granularity.get(i));
    }
    boolean summed = sumsBatch() && vectors;
    int rows = best(summed ? op.b() : scalars(), -1);
    int columns = summed ? best(op.a(), rows) : held();
    int around = columns < 0 && !summed && vectors ? around(rows) : -1;
    if (around >= 0) {
      columns = rows;
      rows = around;
      sizes.set(columns, anchor.dim(columns).value());
    }
    if (columns >= 0 && !summed) {
      long panel = Tile.panel(anchor, label(rows), layouts);
      sizes.set(rows, panel > 0 ? panel : size(rows, Math.min(6, REGISTERS / sizes.get(columns)), 2));
      return Tile.cover(anchor, sizes, label(rows), label(columns));
    }
    if (rows >= 0) {
      long most = columns < 0 ? 6 : REGISTERS / size(columns, 6, 3);
      long size = size(rows, most, Math.min(most, columns < 0 ? 3 : 2));
      sizes.set(rows, vectors && columns < 0 ? several(rows, size) : size);
    }
    if (columns >= 0) {
      sizes.set(columns, size(columns, 6, 3));
    }
    return Tile.cover(anchor, sizes, label(rows), label(columns));
  }

  /** {@code size} results, or as many more as two tiles of them side by side have registers for. */
  private long several(int rows, long size) {
    long n = anchor.dim(rows).value();
    if (Panel.weights(anchor) >= 0 && n >= MANY) {
      return LARGEST;
    }
    return size == LARGE && n % (2 * LARGE) == 0 ? 2 * LARGE : size;
  }

  /** The axis that a tile holds whole, gates say, if they can be accumulated beside each other; -1: none. */
  private int held() {
    for (int i = 0; i < anchor.rank(); i++) {
      boolean whole = vectors && granularity.get(i) > 1 && anchor.dim(i).is(granularity.get(i));
      if (whole && granularity.get(i) <= REGISTERS / 2 && best(scalars(), -1) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** The axis of the weights around a short one, gates say, which a tile then holds whole; -1: none. */
  private int around(int rows) {
    int i = rows - 1;
    return i >= 0 && anchor.dim(rows).value() <= LARGE && scalars().contains(label(rows)) && !isBatch(i)
        && scalars().contains(label(i)) && !(op.a().contains(label(i)) && op.b().contains(label(i)))
        && granularity.get(i) == 1 && anchor.dim(i).value() >= LARGE ? i : -1;
  }

  private int label(int i) {
    return i < 0 ? -1 : op.out().get(i);
  }

  /** The labels of the operand that does not vary by example, so that its elements are scalars. */
  private List<Integer> scalars() {
    boolean aVaries = anchor.operand(0).shape().dims().contains(Dim.BATCH);
    return aVaries ? op.b() : op.a();
  }

  /**
   * The label of the result, one of an operand's own, whose block makes the best tile: the last where that is large
   * enough, since its elements lie together. Any other label where the operand has none.
   */
  private int best(List<Integer> wanted, int taken) {
    int found = -1;
    for (int pass = 0; pass < 2 && found < 0; pass++) {
      for (int i = anchor.rank() - 1; i >= 0; i--) {
        int label = op.out().get(i);
        boolean own = wanted.contains(label) && !(op.a().contains(label) && op.b().contains(label));
        if (!isBatch(i) && i != taken && granularity.get(i) == 1 && anchor.dim(i).value() > 1 && (own || pass > 0)
            && (found < 0 || size(found, 6, 3) < LARGE && size(i, 6, 3) > size(found, 6, 3))) {
          found = i;
        }
      }
    }
    return found;
  }

  /** The largest block up to {@code most} that divides, or {@code most} with a rest where none of at least {@code least} does. */
  private long size(int i, long most, long least) {
    long n = anchor.dim(i).value();
    if (n <= most) {
      return n;
    }
    for (long size = most; size >= least; size--) {
      if (n % size == 0) {
        return size;
      }
    }
    return most;
  }
}
