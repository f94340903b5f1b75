package dlv.compiler.emit.opencl;

import dlv.compiler.emit.opencl.Index.Variable;
import dlv.compiler.ir.Node;
import dlv.compiler.layout.Layouts;
import dlv.compiler.layout.Storage;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Loads and stores: from a logical index to an address, by the storage of each value. */
final class Memory {
  private final Code code;
  private final Signature signature;
  private final Layouts layouts;
  private final Lanes lanes;

  Memory(Code code, Signature signature, Layouts layouts, Lanes lanes) {
    this.code = code;
    this.signature = signature;
    this.layouts = layouts;
    this.lanes = lanes;
  }

  Storage storage(Node node) {
    return layouts.of(node);
  }

  /** The element of a stored value: a vector where the index differs from lane to lane; slabs are added in order. */
  Value load(Node node, List<Index> at) {
    Storage storage = layouts.of(node);
    String base = signature.read(node);
    Index offset = offset(storage, at);
    int width = offset.lanes() ? lanes.width() : 1;
    if (!storage.hasSlabs()) {
      return named(node.element(), width, read(base, offset, node.element()));
    }
    String sum = code.fresh("v");
    code.line(Value.type(node.element(), width) + " " + sum + " = 0;");
    String slab = code.fresh("s");
    code.open("for (int " + slab + " = 0; " + slab + " < " + signature.text(storage.slabs()) + "; " + slab + "++)",
        false);
    code.define(slab);
    Index from = Index.of(new Variable(slab, 0, Index.UNBOUNDED, false));
    code.line(sum + " += " + read(base, offset.plus(scaled(from, storage.slab())), node.element()) + ";");
    code.close();
    return new Value(sum, node.element(), width);
  }

  /** Truth values become masks where they are vectors. */
  private Value named(Element element, int width, String text) {
    String name = code.fresh("v");
    String value = element == Element.BOOL && width > 1 ? "-(" + text + ")" : text;
    code.line("const " + Value.type(element, width) + " " + name + " = " + value + ";");
    return new Value(name, element, width);
  }

  private String read(String base, Index offset, Element element) {
    if (!offset.lanes()) {
      return base + "[" + offset + "]";
    }
    String type = Value.type(element, lanes.width());
    Index rest = offset.minus(lanes.lane());
    if (offset.factor(lanes.variable()) == 1 && !rest.lanes()) {
      return rest.divisible(lanes.width()) ? "*(__global const " + type + " *)(" + base + " + " + rest + ")"
          : "vload" + lanes.width() + "(0, " + base + " + " + rest + ")";
    }
    lanes.gathers(base);
    IntFunction<String> one = place(offset);
    return "(" + type + ")(" + IntStream.range(0, lanes.width()).mapToObj(i -> base + "[" + one.apply(i) + "]")
        .collect(Collectors.joining(", ")) + ")";
  }

  /** The address in lane i: counted where the lanes lie at a distance, else taken from a vector. */
  private IntFunction<String> place(Index offset) {
    long factor = offset.factor(lanes.variable());
    Index rest = factor > 0 ? offset.minus(lanes.lane().times(factor)) : offset;
    if (factor > 0 && !rest.lanes()) {
      return i -> rest.plus(factor * i).toString();
    }
    String name = code.fresh("o");
    code.line("const int" + lanes.width() + " " + name + " = " + offset + ";");
    return i -> name + ".s" + Integer.toHexString(i);
  }

  /** Writes one element, or a vector of them; {@code slab} counts partial sums, null where there is one. */
  void store(Node node, List<Index> at, Value value, Index slab) {
    Storage storage = layouts.of(node);
    String base = signature.write(node);
    Index offset = offset(storage, at);
    if (slab != null) {
      offset = offset.plus(scaled(slab, storage.slab()));
    }
    if (!offset.lanes()) {
      code.line(base + "[" + offset + "] = " + value.text() + ";");
      return;
    }
    String vector = value.widened(lanes.width());
    if (value.element() == Element.BOOL) {
      vector = vector + " & 1";
    }
    Index rest = offset.minus(lanes.lane());
    if (offset.factor(lanes.variable()) == 1 && !rest.lanes()) {
      code.line(rest.divisible(lanes.width())
          ? "*(__global " + Value.type(node.element(), lanes.width()) + " *)(" + base + " + " + rest + ") = " + vector
          + ";" : "vstore" + lanes.width() + "(" + vector + ", 0, " + base + " + " + rest + ");");
      return;
    }
    lanes.gathers(base);
    String name = code.fresh("w");
    code.line("const " + Value.type(value.element(), lanes.width()) + " " + name + " = " + vector + ";");
    IntFunction<String> one = place(offset);
    for (int i = 0; i < lanes.width(); i++) {
      code.line(base + "[" + one.apply(i) + "] = " + name + ".s" + Integer.toHexString(i) + ";");
    }
  }

  private Index offset(Storage storage, List<Index> at) {
    Index offset = Index.ZERO;
    List<Dim> strides = storage.strides();
    for (int axis = 0; axis < at.size(); axis++) {
      Index place = at.get(axis).plus(storage.margins().get(axis).low());
      if (axis == storage.laneAxis()) {
        offset = offset.plus(scaled(place.over(storage.lanes()), strides.get(axis))).plus(place.mod(storage.lanes()));
      } else {
        offset = offset.plus(scaled(place, strides.get(axis)));
      }
    }
    return offset;
  }

  /** {@code place · stride}; a product of two unknowns becomes a variable of its own. */
  Index scaled(Index place, Dim stride) {
    if (stride.isConstant()) {
      return place.times(stride.value());
    }
    if (place.isConstant() && place.constant() == 0) {
      return Index.ZERO;
    }
    boolean vector = place.lanes();
    return code.in(code.home(List.of(place)), () -> {
      String name = code.fresh("o");
      code.line("const " + (vector ? "int" + lanes.width() : "int") + " " + name + " = " + place.atom() + " * "
          + signature.text(stride) + ";");
      code.define(name);
      return Index.of(new Variable(name, 0, Index.UNBOUNDED, vector));
    });
  }
}
