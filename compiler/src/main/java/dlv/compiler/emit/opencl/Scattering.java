package dlv.compiler.emit.opencl;

import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Layouts;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A scattered sum of what varies by example, as the gradient of a table is. An item has sixteen neighbours of each row
 * and a stretch of the rows: it walks all places once, transposes sixteen examples at a time, and adds each to its row.
 */
record Scattering(Kernel kernel, Layouts layouts, Node anchor) implements Part {
  private static final int LANES = 16;
  /** Rows of an item at most: its sums stay in a near cache. */
  private static final long MOST = 2048;

  /** The part that computes all of {@code kernel}; null where it has not this form. */
  static Scattering of(Kernel kernel, Layouts layouts) {
    if (layouts.flavour().lanes() != LANES || kernel.anchors().size() != 1
        || !(kernel.anchors().get(0).op() instanceof Op.ScatterAdd op) || op.shared() != 0) {
      return null;
    }
    var part = new Scattering(kernel, layouts, kernel.anchors().get(0));
    List<Dim> places = part.anchor.operand(1).shape().dims();
    boolean batch = places.stream().filter(Dim.BATCH::equals).count() == 1
        && places.stream().allMatch(dim -> dim.isConstant() || dim.equals(Dim.BATCH));
    boolean rows = part.anchor.shape().isConstant() && part.anchor.element() == Element.FLOAT
        && part.row().elements().value() % LANES == 0;
    return batch && rows ? part : null;
  }

  private Shape row() {
    return anchor.shape().range(1, anchor.rank());
  }

  private long rows() {
    return Math.min(MOST, anchor.dim(0).value());
  }

  private long stretches() {
    return (anchor.dim(0).value() + rows() - 1) / rows();
  }

  @Override
  public long items() {
    return row().elements().value() / LANES * stretches();
  }

  @Override
  public Dim blocks() {
    return Dim.ONE;
  }

  @Override
  public void write(Code code, Signature signature) {
    var lanes = new Lanes(LANES, false);
    var elements = new Elements(code, signature, new Memory(code, signature, layouts, lanes), lanes);
    Index item = Index.variable("item", 0, items() - 1);
    Index column = item.over(stretches()).times(LANES);
    Index first = item.mod(stretches()).times(rows());
    code.line("float sums[" + rows() * LANES + "];");
    Index i = code.loop("i", Long.toString(rows()), rows() - 1);
    code.line("vstore16((float16)(0.0f), " + i + ", sums);");
    code.close();
    walk(code, signature, elements, column, first);
    store(code, signature, elements, column, first);
  }

  /** Loops over all places, the examples innermost. */
  private void walk(Code code, Signature signature, Elements elements, Index column, Index first) {
    List<Dim> places = anchor.operand(1).shape().dims();
    var at = new Index[places.size()];
    for (int axis = 0; axis < at.length; axis++) {
      if (!places.get(axis).equals(Dim.BATCH)) {
        at[axis] = code.loop("t", Long.toString(places.get(axis).value()), places.get(axis).value() - 1);
      }
    }
    int batch = places.indexOf(Dim.BATCH);
    Index block = code.loop("n", signature.text(Dim.BATCH.floorDiv(LANES)), Index.UNBOUNDED).times(LANES);
    at[batch] = block.plus(elements.lanes().lane());
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      Value value = elements.element(anchor.operand(2), Stream.concat(Stream.of(at),
          digits(column.plus(i)).stream()).toList());
      values.add(new Value(value.widened(LANES), value.element(), LANES));
    }
    values = Transposition.turned(code, values);
    for (int i = 0; i < LANES; i++) {
      at[batch] = block.plus(i);
      Index row = elements.place(elements.element(anchor.operand(1), List.of(at)), anchor.dim(0));
      Index own = row.minus(first);
      String add = "vstore16(vload16(" + own.atom() + ", sums) + " + values.get(i).text() + ", " + own.atom()
          + ", sums);";
      if (stretches() == 1) {
        code.line(add);
      } else {
        code.within("if (" + row + " >= " + first + " && " + row + " < " + first.plus(rows()) + ")", true,
            () -> code.line(add));
      }
    }
    for (int axis = 0; axis < at.length; axis++) {
      code.close();
    }
  }

  /** The element of a row that is its {@code number}-th. */
  private List<Index> digits(Index number) {
    var at = new ArrayList<Index>();
    Index rest = number;
    for (int axis = row().rank() - 1; axis >= 0; axis--) {
      long size = row().dim(axis).value();
      at.add(0, axis == 0 ? rest : rest.mod(size));
      rest = rest.over(size);
    }
    return at;
  }

  private void store(Code code, Signature signature, Elements elements, Index column, Index first) {
    long all = anchor.dim(0).value();
    String count = all % rows() == 0 ? Long.toString(rows())
        : "min(" + rows() + ", " + all + " - " + first.atom() + ")";
    Index row = code.loop("r", count, rows() - 1);
    code.within("", true, () -> {
      Index place = elements.place(new Value(first.plus(row).atom(), Element.INT, 1), anchor.dim(0));
      var stores = new Stores(kernel, anchor, kernel.results(), code, signature, elements);
      for (int i = 0; i < LANES; i++) {
        List<Index> at = Stream.concat(Stream.of(place), digits(column.plus(i)).stream()).toList();
        Value base = elements.element(anchor.operand(0), at);
        stores.store(at, elements.named(Element.FLOAT, 1,
            base.text() + " + sums[" + row.times(LANES).plus(i) + "]"));
      }
    });
    code.close();
  }
}
