package dlv.compiler.emit.opencl;

import dlv.compiler.ir.Node;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.layout.Margin;
import dlv.compiler.layout.Storage;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.List;

/** The zeros around a result, in the margins of its storage: an item for each index of the axes without margins. */
record Ring(Node node, Layouts layouts) implements Part {
  private Storage storage() {
    return layouts.of(node);
  }

  private boolean outer(int axis) {
    return storage().margins().get(axis).size() == 0 && !node.dim(axis).equals(Dim.BATCH);
  }

  @Override
  public long items() {
    long items = 1;
    for (int axis = 0; axis < node.rank(); axis++) {
      items *= outer(axis) ? node.dim(axis).value() : 1;
    }
    return items;
  }

  @Override
  public Dim blocks() {
    return node.shape().dims().contains(Dim.BATCH) ? Dim.BATCH.floorDiv(layouts.flavour().lanes()) : Dim.ONE;
  }

  @Override
  public void write(Code code, Signature signature) {
    var lanes = new Lanes(layouts.flavour() == Flavour.GPU ? 1 : layouts.flavour().lanes(), false);
    var memory = new Memory(code, signature, layouts, lanes);
    var at = new ArrayList<Index>();
    Index rest = Index.variable("item", 0, items() - 1);
    for (int axis = node.rank() - 1; axis >= 0; axis--) {
      Dim size = node.dim(axis);
      if (size.equals(Dim.BATCH)) {
        at.add(0, Index.of(new Index.Variable("block", 0, Index.UNBOUNDED, false)).times(lanes.width())
            .plus(lanes.lane()));
      } else if (outer(axis)) {
        at.add(0, rest.mod(size.value()));
        rest = rest.over(size.value());
      } else {
        at.add(0, null);
      }
    }
    for (int axis = 0; axis < node.rank(); axis++) {
      Margin margin = storage().margins().get(axis);
      if (at.get(axis) == null && margin.size() > 0) {
        zeros(code, memory, at, axis, -margin.low(), 0);
        long end = node.dim(axis).value();
        zeros(code, memory, at, axis, end, end + margin.high());
      }
    }
  }

  /** Zeros where {@code side} lies in one of its margins: inside the elements before it, whole behind it. */
  private void zeros(Code code, Memory memory, List<Index> at, int side, long from, long to) {
    if (from < to) {
      zeros(code, memory, new ArrayList<>(at), 0, side, from, to);
    }
  }

  private void zeros(Code code, Memory memory, List<Index> at, int axis, int side, long from, long to) {
    if (axis == node.rank()) {
      memory.store(node, at, new Value("0", node.element(), 1), null);
      return;
    }
    if (at.get(axis) != null) {
      zeros(code, memory, at, axis + 1, side, from, to);
      return;
    }
    Margin margin = storage().margins().get(axis);
    long size = node.dim(axis).value();
    long low = axis == side ? from : axis < side ? 0 : -margin.low();
    long high = axis == side ? to : axis < side ? size : size + margin.high();
    String name = code.fresh("z");
    Index place = code.loop(name, Long.toString(low), name + " < " + high, low, high - 1);
    zeros(code, memory, Views.with(at, axis, place), axis + 1, side, from, to);
    code.close();
  }
}
