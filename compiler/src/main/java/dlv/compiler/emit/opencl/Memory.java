package dlv.compiler.emit.opencl;

import dlv.compiler.emit.opencl.Index.Variable;
import dlv.compiler.fuse.Placement;
import dlv.compiler.ir.Node;
import dlv.compiler.layout.Layouts;
import dlv.compiler.layout.Segment;
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
  private final boolean streams;

  Memory(Code code, Signature signature, Layouts layouts, Lanes lanes) {
    this(code, signature, layouts, lanes, false);
  }

  /** {@code streams}: whether stores of whole vectors go past the cache. */
  Memory(Code code, Signature signature, Layouts layouts, Lanes lanes, boolean streams) {
    this.code = code;
    this.signature = signature;
    this.layouts = layouts;
    this.lanes = lanes;
    this.streams = streams;
  }

  /** Elements in other lanes, written to {@code other}. */
  Elements elements(Code other, Lanes others) {
    return new Elements(other, signature, new Memory(other, signature, layouts, others), others);
  }

  Storage storage(Node node) {
    return layouts.of(node);
  }

  /** The element of a stored value: a vector where the index differs from lane to lane; slabs are added in order. */
  Value load(Node node, List<Index> at) {
    Place place = place(node, at);
    Storage storage = place.storage();
    if (storage.segments().isEmpty()) {
      return load(node, offset(storage, place.at()), storage.slabs(), storage.slab());
    }
    Index number = place.at().get(0);
    for (Segment segment : storage.segments()) {
      if (number.low() >= segment.start() && number.high() < segment.start() + segment.size()) {
        return load(node, within(segment, number), segment.slabs(), Dim.of(segment.size()));
      }
    }
    lanes.gathers("parts side by side");
    if (number.lanes()) {
      throw new Elements.Untiled("a vector across segments");
    }
    return choose(node, number, storage.segments());
  }

  private Value choose(Node node, Index number, List<Segment> segments) {
    String name = code.fresh("v");
    code.line(Value.type(node.element(), 1) + " " + name + " = 0;");
    for (Segment segment : segments) {
      String test = number + " >= " + segment.start() + " && " + number + " < " + (segment.start() + segment.size());
      code.within("if (" + test + ")", true, () -> code.line(name + " = "
          + load(node, within(segment, number), segment.slabs(), Dim.of(segment.size())).text() + ";"));
    }
    return new Value(name, node.element(), 1);
  }

  private Index within(Segment segment, Index number) {
    return number.plus(-segment.start()).plus(scaled(Index.of(1), segment.offset()));
  }

  private Value load(Node node, Index offset, Dim slabs, Dim slabSize) {
    int width = offset.lanes() ? lanes.width() : 1;
    if (slabs.is(1)) {
      return named(node.element(), width, read(node, offset));
    }
    String sum = code.fresh("v");
    code.line(Value.type(node.element(), width) + " " + sum + " = 0;");
    String slab = code.fresh("s");
    Index from = code.loop(slab, "0", slab + " < " + signature.text(slabs), 0, Index.UNBOUNDED);
    code.line(sum + " += " + read(node, offset.plus(scaled(from, slabSize))) + ";");
    code.close();
    return new Value(sum, node.element(), width);
  }

  /** Where a value lies: its own storage, or a place in the whole that it is a part of. */
  private record Place(Storage storage, List<Index> at) {}

  private Place place(Node node, List<Index> at) {
    Placement placement = layouts.placements().get(node);
    if (placement == null) {
      return new Place(layouts.of(node), at);
    }
    Index place = at.get(placement.axis()).plus(Index.of(placement.offset().value()));
    return new Place(layouts.of(placement.whole()), Views.with(at, placement.axis(), place));
  }

  /** Truth values become masks where they are vectors. */
  private Value named(Element element, int width, String text) {
    String name = code.fresh("v");
    String value = element == Element.BOOL && width > 1 ? "-(" + text + ")" : text;
    code.line("const " + Value.type(element, width) + " " + name + " = " + value + ";");
    return new Value(name, element, width);
  }

  private String read(Node node, Index offset) {
    String base = signature.read(node);
    if (!offset.lanes()) {
      return base + "[" + offset + "]";
    }
    String type = Value.type(node.element(), lanes.width());
    Index rest = offset.minus(lanes.lane());
    if (offset.factor(lanes.variable()) == 1 && !rest.lanes()) {
      boolean aligned = rest.divisible(lanes.width()) && signature.isAligned(node, lanes.width());
      return aligned ? "*(__global const " + type + " *)(" + base + " + " + rest + ")"
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
    String base = signature.write(node);
    Index offset = address(place(node, at), slab);
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
      boolean aligned = rest.divisible(lanes.width()) && signature.isAligned(node, lanes.width());
      String place = "(__global " + Value.type(node.element(), lanes.width()) + " *)(" + base + " + " + rest + ")";
      code.line(!aligned ? "vstore" + lanes.width() + "(" + vector + ", 0, " + base + " + " + rest + ");"
          : streams ? "STREAM(" + place + ", " + vector + ");" : "*" + place + " = " + vector + ";");
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

  private Index address(Place place, Index slab) {
    Storage storage = place.storage();
    Index offset;
    Dim size = storage.slab();
    if (storage.segments().isEmpty()) {
      offset = offset(storage, place.at());
    } else {
      Index number = place.at().get(0);
      Segment segment = storage.segments().stream()
          .filter(s -> number.low() >= s.start() && number.high() < s.start() + s.size()).findFirst()
          .orElseThrow(() -> new Elements.Untiled("a store across segments"));
      offset = within(segment, number);
      size = Dim.of(segment.size());
    }
    return slab == null ? offset : offset.plus(scaled(slab, size));
  }

  private Index offset(Storage storage, List<Index> at) {
    Index offset = Index.ZERO;
    List<Dim> strides = storage.strides();
    for (int axis = 0; axis < at.size(); axis++) {
      Index place = at.get(axis).plus(storage.margins().get(axis).low());
      if (axis == storage.laneAxis()) {
        offset = offset.plus(scaled(place.over(storage.lanes()), strides.get(axis))).plus(place.mod(storage.lanes()));
      } else if (axis == storage.panelAxis()) {
        offset = offset.plus(place.over(storage.panel()).times(storage.panelStride()))
            .plus(scaled(place.mod(storage.panel()), strides.get(axis)));
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
    if (place.is(1)) {
      return product(place, signature.text(stride));
    }
    return product(place, place.atom() + " * " + signature.text(stride));
  }

  private Index product(Index place, String text) {
    boolean vector = place.lanes();
    return code.in(code.home(List.of(place)), () -> {
      Value known = code.known(text);
      String name = known == null ? code.fresh("o") : known.text();
      if (known == null) {
        code.line("const " + (vector ? "int" + lanes.width() : "int") + " " + name + " = " + text + ";");
        code.define(name);
        code.remember(text, new Value(name, Element.INT, vector ? lanes.width() : 1));
      }
      return Index.of(new Variable(name, 0, Index.UNBOUNDED, vector));
    });
  }
}
