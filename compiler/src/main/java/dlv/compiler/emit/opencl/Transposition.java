package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Layouts;
import dlv.compiler.layout.Storage;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A copy between rows and lanes, in blocks of 16 examples by 16 neighbours of a row that are transposed in registers:
 * sixteen vectors in, four times halves interleaved, sixteen vectors out. Each element is read and written once.
 *
 * @param from rows, or in lanes
 * @param to the other of the two
 * @param first the axis from which on elements are neighbours in both
 */
record Transposition(Node from, Node to, Layouts layouts, int first) implements Part {
  private static final int SIDE = 16;
  /** Blocks that an item should have to move. */
  private static final long ENOUGH = 16;

  /** The copy that {@code kernel} is; null where it is none, or one of rows that are too short. */
  static Transposition of(Kernel kernel, Layouts layouts) {
    if (layouts.flavour().lanes() != SIDE || kernel.form() != Form.POINTWISE || kernel.body().size() != 1
        || !kernel.body().get(0).is(Op.Reshape.class)) {
      return null;
    }
    Node to = kernel.body().get(0);
    Node from = to.operand(0);
    if (!from.shape().equals(to.shape()) || !isWhole(from, layouts) || !isWhole(to, layouts)
        || layouts.of(from).isPlain() == layouts.of(to).isPlain() || !to.dim(0).equals(Dim.BATCH)) {
      return null;
    }
    int first = 1;
    for (int axis = 1; axis < to.rank(); axis++) {
      boolean margins = layouts.of(from).margins().get(axis).size() + layouts.of(to).margins().get(axis).size() > 0;
      first = margins ? axis : first;
    }
    Dim row = to.shape().range(first, to.rank()).elements();
    return row.isConstant() && row.value() >= SIDE ? new Transposition(from, to, layouts, first) : null;
  }

  private static boolean isWhole(Node node, Layouts layouts) {
    Storage storage = layouts.of(node);
    return layouts.owner(node) == node && !storage.hasSlabs() && storage.segments().isEmpty()
        && storage.laneAxis() <= 0;
  }

  private long row() {
    return to.shape().range(first, to.rank()).elements().value();
  }

  /** Pieces that a row is cut into, each for an item. */
  private long pieces() {
    return row() % SIDE > 0 ? 1 : (row() / SIDE + ENOUGH - 1) / ENOUGH;
  }

  /** The axes before {@code axis} are counted by items, those from it on looped over inside. */
  private int looped() {
    int axis = first;
    for (long blocks = row() / SIDE; axis > 1 && blocks < ENOUGH; axis--) {
      blocks *= to.dim(axis - 1).value();
    }
    return axis;
  }

  @Override
  public long items() {
    return pieces() * to.shape().range(1, looped()).elements().value();
  }

  @Override
  public Dim blocks() {
    return Dim.BATCH.floorDiv(SIDE);
  }

  @Override
  public void write(Code code, Signature signature) {
    var at = new Index[to.rank()];
    Index item = Index.variable("item", 0, items() - 1);
    Index rest = item.over(pieces());
    for (int axis = looped() - 1; axis >= 1; axis--) {
      long size = to.dim(axis).value();
      at[axis] = axis == 1 ? rest : rest.mod(size);
      rest = rest.over(size);
    }
    int loops = 0;
    for (int axis = looped(); axis < first; axis++, loops++) {
      at[axis] = code.loop("t", Long.toString(to.dim(axis).value()), to.dim(axis).value() - 1);
    }
    long blocks = row() / SIDE;
    Index from = item.mod(pieces()).times(ENOUGH);
    String name = code.fresh("i");
    String end = pieces() == 1 ? Long.toString(blocks) : "min(" + from.plus(ENOUGH) + ", " + blocks + ")";
    if (blocks == 1) {
      code.within("", true, () -> move(code, signature, at, Index.ZERO));
    } else {
      Index block = code.loop(name, from.toString(), name + " < " + end, 0, blocks - 1);
      move(code, signature, at, block.times(SIDE));
      code.close();
    }
    if (row() % SIDE > 0) {
      code.within("", true, () -> move(code, signature, at, Index.of(row() - SIDE)));
    }
    for (int i = 0; i < loops; i++) {
      code.close();
    }
  }

  /** Moves the sixteen elements of a row from {@code start} on, for sixteen examples. */
  private void move(Code code, Signature signature, Index[] outer, Index start) {
    var lanes = new Lanes(SIDE, false);
    var memory = new Memory(code, signature, layouts, lanes);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < SIDE; i++) {
      values.add(memory.load(from, place(from, outer, start, i, lanes)));
    }
    values = turned(code, values);
    for (int i = 0; i < SIDE; i++) {
      memory.store(to, place(to, outer, start, i, lanes), values.get(i), null);
    }
  }

  /** Sixteen vectors of sixteen, transposed in registers. */
  static List<Value> turned(Code code, List<Value> values) {
    String type = Value.type(values.get(0).element(), 1);
    for (int turn = 1; turn < SIDE; turn *= 2) {
      List<Value> next = new ArrayList<>();
      for (int i = 0; i < SIDE; i++) {
        String name = code.fresh("v");
        String half = i % 2 == 0 ? "low_" : "high_";
        code.line("const " + type + SIDE + " " + name + " = " + half + type + "(" + values.get(i / 2).text() + ", "
            + values.get(i / 2 + SIDE / 2).text() + ");");
        next.add(new Value(name, values.get(0).element(), SIDE));
      }
      values = next;
    }
    return values;
  }

  /** The i-th vector of a block: a stretch of a row, or one element of sixteen examples. */
  private List<Index> place(Node node, Index[] outer, Index start, int i, Lanes lanes) {
    boolean rows = layouts.of(node).isPlain();
    var at = new ArrayList<>(Arrays.asList(outer));
    at.set(0, Nest.block().times(SIDE).plus(rows ? Index.of(i) : lanes.lane()));
    Index rest = start.plus(rows ? lanes.lane() : Index.of(i));
    for (int axis = node.rank() - 1; axis >= first; axis--) {
      long size = node.dim(axis).value();
      at.set(axis, axis == first ? rest : rest.mod(size));
      rest = rest.over(size);
    }
    return at;
  }
}
