package dlv.compiler.emit.opencl;

import dlv.compiler.layout.Flavour;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Visits every index of some axes: small spaces one by one, others in loops. The batch is swept a vector at a time
 * where the vector is still free.
 *
 * @param slab where not null, the batch's rows are those of this slab alone
 */
record Sweep(Code code, Signature signature, Lanes lanes, List<Dim> sizes, boolean vectorise, Index slab) {
  /** Spaces up to this many elements are written out. */
  private static final long WRITTEN_OUT = 16;

  /** Whether the visits take a vector each, so that lanes remain to be combined. */
  boolean vectors() {
    return vectorise && lanes.width() > 1 && sizes.contains(Dim.BATCH);
  }

  void each(Consumer<List<Index>> body) {
    Dim all = sizes.stream().reduce(Dim.ONE, Dim::times);
    if (all.isConstant() && all.value() <= WRITTEN_OUT) {
      writeOut(new ArrayList<>(), body);
    } else {
      loop(new ArrayList<>(), body);
    }
  }

  private void writeOut(List<Index> at, Consumer<List<Index>> body) {
    if (at.size() == sizes.size()) {
      body.accept(List.copyOf(at));
      return;
    }
    for (long i = 0; i < sizes.get(at.size()).value(); i++) {
      at.add(Index.of(i));
      writeOut(at, body);
      at.remove(at.size() - 1);
    }
  }

  private void loop(List<Index> at, Consumer<List<Index>> body) {
    if (at.size() == sizes.size()) {
      body.accept(List.copyOf(at));
      return;
    }
    Dim size = sizes.get(at.size());
    boolean opened = true;
    if (size.equals(Dim.BATCH) && (slab != null || vectors())) {
      int step = vectors() ? lanes.width() : 1;
      Index first = slab == null ? Index.ZERO : slab.times(Flavour.SLAB_ROWS);
      opened = slab == null || Flavour.SLAB_ROWS > step;
      Index block = !opened ? Index.ZERO : slab != null ? code.loop("r", Integer.toString(Flavour.SLAB_ROWS / step),
          Flavour.SLAB_ROWS / step - 1) : code.loop("n", signature.text(size.floorDiv(step)), Index.UNBOUNDED);
      at.add(first.plus(block.times(step)).plus(vectors() ? lanes.lane() : Index.ZERO));
    } else if (size.is(1)) {
      opened = false;
      at.add(Index.ZERO);
    } else {
      at.add(code.loop("i", signature.text(size), size.isConstant() ? size.value() - 1 : Index.UNBOUNDED));
    }
    loop(at, body);
    at.remove(at.size() - 1);
    if (opened) {
      code.close();
    }
  }
}
