package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;

/**
 * Results of one shape that no example varies, such as weights, or whose examples lie row by row: their last axis is
 * taken a vector at a time, from {@code start} up to, not including, {@code end}; what is left over at the end one by
 * one.
 */
record Vectors(List<Node> results, Layouts layouts, long start, long end) implements Part {
  /** Vectors an item takes. */
  private static final long CHUNK = 64;
  /** Results of so many elements are out of the cache before anybody reads them. */
  private static final long LARGE = 1 << 22;

  private int width() {
    return layouts.flavour().lanes();
  }

  private long vectors() {
    return (end - start) / width();
  }

  private long chunks() {
    return Math.max(1, (vectors() + CHUNK - 1) / CHUNK);
  }

  private long rows() {
    Node node = results.get(0);
    return node.shape().range(ofRows() ? 1 : 0, node.rank() - 1).elements().value();
  }

  private boolean ofRows() {
    return results.get(0).dim(0).equals(Dim.BATCH);
  }

  @Override
  public long items() {
    return rows() * chunks();
  }

  @Override
  public Dim blocks() {
    return ofRows() ? Dim.BATCH.floorDiv(Flavour.SLAB_ROWS) : Dim.ONE;
  }

  @Override
  public void write(Code code, Signature signature) {
    write(code, signature, true);
  }

  /** {@code contiguous}: give up where a vector would have to be picked together. */
  void write(Code code, Signature signature, boolean contiguous) {
    Index item = Index.variable("item", 0, items() - 1);
    var at = new ArrayList<Index>();
    Index row = item.over(chunks());
    for (int axis = results.get(0).rank() - 2; axis >= (ofRows() ? 1 : 0); axis--) {
      long size = results.get(0).dim(axis).value();
      at.add(0, row.mod(size));
      row = row.over(size);
    }
    if (ofRows()) {
      Index example = code.loop("n", Integer.toString(Flavour.SLAB_ROWS), Flavour.SLAB_ROWS - 1);
      at.add(0, Nest.block().times(Flavour.SLAB_ROWS).plus(example));
    }
    Index chunk = item.mod(chunks());
    if (vectors() > 0 && ofRows()) {
      String all = signature.text(results.get(0).shape().elements());
      code.within("if (" + all + " >= " + LARGE + ")", true, () -> loop(code, signature, contiguous, at, chunk, true));
      code.within("else", true, () -> loop(code, signature, contiguous, at, chunk, false));
    } else if (vectors() > 0) {
      loop(code, signature, contiguous, at, chunk, false);
    }
    long tail = (end - start) % width();
    if (tail > 0) {
      Runnable rest = () -> {
        Index i = code.loop("i", Long.toString(tail), tail - 1);
        store(code, signature, new Lanes(width(), false), at, i.plus(end - tail), false);
        code.close();
      };
      if (chunks() == 1) {
        rest.run();
      } else {
        code.within("if (" + chunk + " == " + (chunks() - 1) + ")", true, rest);
      }
    }
    if (ofRows()) {
      code.close();
    }
  }

  private void loop(Code code, Signature signature, boolean contiguous, List<Index> at, Index chunk, boolean streams) {
    String name = code.fresh("i");
    String last = chunks() == 1 ? Long.toString(vectors())
        : "min(" + chunk.plus(1).times(CHUNK) + ", " + vectors() + ")";
    Index i = code.loop(name, chunk.times(CHUNK).toString(), name + " < " + last, 0, vectors() - 1);
    var lanes = new Lanes(width(), contiguous);
    store(code, signature, lanes, at, i.times(width()).plus(lanes.lane()).plus(start), streams);
    code.close();
  }

  private void store(Code code, Signature signature, Lanes lanes, List<Index> outer, Index last, boolean streams) {
    var memory = new Memory(code, signature, layouts, lanes, streams);
    var elements = new Elements(code, signature, memory, lanes);
    var at = new ArrayList<>(outer);
    at.add(last);
    List<Value> values = results.stream().map(node -> elements.element(node, at)).toList();
    for (int i = 0; i < values.size(); i++) {
      memory.store(results.get(i), at, values.get(i), null);
    }
  }
}
