package dlv.compiler.emit.opencl;

import dlv.compiler.emit.opencl.Index.Variable;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One element of a node at a time, on demand: C for the element at an index, recurring through maps and views down to
 * memory, constants and accumulators. An element that is asked for again under the same index is the same variable.
 */
final class Elements {
  private final Code code;
  private final Signature signature;
  private final Memory memory;
  private final Lanes lanes;
  private final Map<Node, Integer> numbers = new IdentityHashMap<>();
  private final Map<String, Value> accumulators = new HashMap<>();
  private final Set<Node> sealed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Node, Index> slabs = new IdentityHashMap<>();
  private final Set<Node> inside = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Reductions reductions;

  Elements(Code code, Signature signature, Memory memory, Lanes lanes) {
    this.code = code;
    this.signature = signature;
    this.memory = memory;
    this.lanes = lanes;
    this.reductions = new Reductions(this, code, signature, lanes);
  }

  Lanes lanes() {
    return lanes;
  }

  Memory memory() {
    return memory;
  }

  /** From now on {@code node}, which reduces the batch, is the sum over the rows of one slab alone. */
  void partial(Node node, Index slab) {
    slabs.put(node, slab);
  }

  /** The slab over whose rows {@code node} is summed, or null: over all. */
  Index slab(Node node) {
    return slabs.get(node);
  }

  /** Gives an element of an anchor that the kernel's loops have computed. */
  void accumulator(Node node, List<Index> at, Value value) {
    accumulators.put(key(node, at), value);
  }

  /** Whether {@code node} is read from memory. */
  boolean stored(Node node) {
    return signature.read(node) != null;
  }

  /** From here on no place of {@code padding} that is asked for lies in its zeros. */
  void enter(Node padding) {
    inside.add(padding);
  }

  void leave(Node padding) {
    inside.remove(padding);
  }

  boolean inside(Node padding) {
    return inside.contains(padding);
  }

  /** Whether the padding lies in memory, as zeros in the margin of a stored value under a chain of paddings. */
  boolean haloed(Node padding) {
    var op = (Op.Pad) padding.op();
    Node inner = padding.operand(0);
    while (!stored(inner) && inner.op() instanceof Op.Pad pad && pad.interior() == 0 && pad.axis() != op.axis()) {
      inner = inner.operand(0);
    }
    if (!stored(inner) || op.interior() != 0) {
      return false;
    }
    var margin = memory.storage(inner).margins().get(op.axis());
    return op.low().value() <= margin.low() && op.high().value() <= margin.high();
  }

  /** No element of {@code node} may be computed but those given as accumulators. */
  void seal(Node node) {
    sealed.add(node);
  }

  String key(Node node, List<Index> at) {
    return numbers.computeIfAbsent(node, n -> numbers.size()) + at.toString();
  }

  /** The element of {@code node} at {@code at}. */
  Value element(Node node, List<Index> at) {
    if (at.size() != node.rank()) {
      throw new IllegalArgumentException(at + " into " + node);
    }
    String key = key(node, at);
    Value known = accumulators.getOrDefault(key, code.known(key));
    if (known != null) {
      return known;
    }
    if (sealed.contains(node)) {
      throw new Untiled("no accumulator for " + at + " of " + node);
    }
    return code.in(code.home(at), () -> {
      Value value = signature.read(node) != null ? memory.load(node, at) : node.op().accept(new At(node, at));
      code.remember(key, value);
      return value;
    });
  }

  /** A tile that does not hold all that its results need. */
  static final class Untiled extends RuntimeException {
    private static final long serialVersionUID = 1;

    Untiled(String what) {
      super(what);
    }
  }

  /** A named constant variable with this text. */
  Value named(Element element, int width, String text) {
    String name = code.fresh("v");
    code.line("const " + Value.type(element, width) + " " + name + " = " + text + ";");
    return new Value(name, element, width);
  }

  /** An index from a value that is computed, clamped into an axis of {@code size}. */
  Index place(Value value, Dim size) {
    boolean vector = value.width() > 1;
    String name = code.fresh("p");
    String type = Value.type(Element.INT, value.width());
    String last = size.isConstant() ? Long.toString(size.value() - 1) : signature.text(size) + " - 1";
    code.line("const " + type + " " + name + " = clamp(" + value.text() + ", (" + type + ")(0), (" + type + ")("
        + last + "));");
    code.define(name);
    return Index.of(new Variable(name, 0, size.isConstant() ? size.value() - 1 : Index.UNBOUNDED, vector));
  }

  /** One element of one node. */
  private final class At implements Op.Cases<Value> {
    private final Node node;
    private final List<Index> at;

    At(Node node, List<Index> at) {
      this.node = node;
      this.at = at;
    }

    private Node x() {
      return node.operand(0);
    }

    private Value leaf(Op op) {
      throw new IllegalStateException("read from memory, but no operand: " + op);
    }

    private int width() {
      return at.stream().anyMatch(Index::lanes) ? lanes.width() : 1;
    }

    /** The node's row-major element number. */
    private Index number(Shape shape) {
      Index number = Index.ZERO;
      Dim stride = Dim.ONE;
      for (int axis = at.size() - 1; axis >= 0; axis--) {
        number = number.plus(memory.scaled(at.get(axis), stride));
        stride = stride.times(shape.dim(axis));
      }
      return number;
    }

    @Override
    public Value input(Op.Input op) {
      return leaf(op);
    }

    @Override
    public Value state(Op.State op) {
      return leaf(op);
    }

    @Override
    public Value constant(Op.Constant op) {
      return op.values().size() > 1 ? leaf(op) : Value.literal(op.values().get(0), op.element());
    }

    @Override
    public Value size(Op.Size op) {
      return new Value(signature.text(op.dim()), Element.INT, 1);
    }

    @Override
    public Value index(Op.Index op) {
      Index place = at.get(0);
      return place.isConstant() ? new Value(place.toString(), Element.INT, 1)
          : named(Element.INT, width(), place.toString());
    }

    @Override
    public Value random(Op.Random op) {
      List<String> keys = node.operands().stream().map(key -> "(uint)(" + element(key, List.of()).text() + ")").toList();
      return named(Element.FLOAT, width(), "uniform_" + width() + "(" + keys.get(0) + ", " + op.site() + "u, "
          + keys.get(1) + ", " + (width() == 1 ? "(uint)(" : "convert_uint" + width() + "(") + number(op.shape()) + ")"
          + (keys.size() < 3 ? "" : " + " + keys.get(2)) + ")");
    }

    @Override
    public Value map(Op.Map op) {
      List<Value> values = node.operands().stream().map(operand -> element(operand, at)).toList();
      int width = values.stream().mapToInt(Value::width).max().orElse(1);
      if (op.function() == Scalar.DETACH) {
        return values.get(0);
      }
      return named(node.element(), width, ScalarText.of(op.function(), values, width));
    }

    @Override
    public Value reduce(Op.Reduce op) {
      return reductions.reduce(node, op, at);
    }

    @Override
    public Value contract(Op.Contract op) {
      return reductions.contract(node, op, at);
    }

    @Override
    public Value top(Op.Top op) {
      return new Selection(Elements.this, code, signature, lanes).place(node, at);
    }

    @Override
    public Value reshape(Op.Reshape op) {
      return element(x(), Views.reshape(x().shape(), node.shape(), at));
    }

    @Override
    public Value permute(Op.Permute op) {
      return element(x(), Views.permute(op, at));
    }

    @Override
    public Value broadcast(Op.Broadcast op) {
      return element(x(), Views.broadcast(op, at));
    }

    @Override
    public Value slice(Op.Slice op) {
      Index place = at.get(op.axis()).times(op.step());
      Index start = op.start().isConstant() ? Index.of(op.start().value())
          : memory.scaled(Index.of(1), op.start());
      return element(x(), Views.with(at, op.axis(), start.plus(place)));
    }

    @Override
    public Value window(Op.Window op) {
      return element(x(), Views.window(op, at));
    }

    @Override
    public Value pad(Op.Pad op) {
      Index place = at.get(op.axis()).minus(Index.of(op.low().value()));
      long step = op.interior() + 1;
      if (haloed(node) || inside(node)) {
        return element(x(), Views.with(at, op.axis(), place));
      }
      var test = new Test(signature).within(place, x().dim(op.axis()).minus(1).times(step).plus(1)).divides(place, step);
      return guarded(test, Views.with(at, op.axis(), place.over(step)), op.axis());
    }

    /** The operand's element where the test holds, else 0. */
    private Value guarded(Test test, List<Index> inner, int axis) {
      if (test.holds()) {
        return element(x(), inner);
      }
      if (test.lanes()) {
        Dim size = x().dim(axis);
        Index safe = place(new Value(inner.get(axis).atom(), Element.INT, lanes.width()), size);
        Value value = element(x(), Views.with(inner, axis, safe));
        Value zero = Value.literal(0, value.element());
        Value condition = new Value(test.text(), Element.BOOL, lanes.width());
        return named(value.element(), lanes.width(), ScalarText.select(condition, value, zero, lanes.width()));
      }
      String name = code.fresh("v");
      return guardedBlock(name, () -> code.within("if (" + test.text() + ")", true,
          () -> branch(name, element(x(), inner))));
    }

    /** A variable set by branches, each a barrier, and 0 where none is taken. */
    private Value guardedBlock(String name, Runnable branches) {
      code.line(Value.type(node.element(), width()) + " " + name + " = 0;");
      branches.run();
      return new Value(name, node.element(), width());
    }

    private void branch(String name, Value value) {
      code.line(name + " = " + value.widened(width()) + ";");
    }

    @Override
    public Value concat(Op.Concat op) {
      Index place = at.get(op.axis());
      String name = code.fresh("v");
      long start = 0;
      for (Node part : node.operands()) {
        long size = part.dim(op.axis()).value();
        if (place.low() >= start && place.high() < start + size) {
          return element(part, Views.with(at, op.axis(), place.plus(-start)));
        }
        start += size;
      }
      if (place.lanes()) {
        lanes.gathers("parts side by side");
        return reductions.concatInLanes(node, op, at);
      }
      return guardedBlock(name, () -> parts(op, place, name));
    }

    private void parts(Op.Concat op, Index place, String name) {
      long start = 0;
      for (Node part : node.operands()) {
        long size = part.dim(op.axis()).value();
        Index inner = place.plus(-start);
        if (inner.high() >= 0 && inner.low() < size) {
          String header = inner.low() < 0 ? "if (" + place + " >= " + start + " && " + place + " < " + (start + size)
              + ")" : "if (" + place + " < " + (start + size) + ")";
          code.within(header, true, () -> branch(name, element(part, Views.with(at, op.axis(), inner))));
        }
        start += size;
      }
    }

    @Override
    public Value fold(Op.Fold op) {
      long size = x().dim(op.axis() + 1).value();
      Dim places = x().dim(op.axis());
      Index i = at.get(op.axis());
      if ((size - 1) * op.dilation() + 1 <= op.stride()) {
        Index place = i.over(op.stride());
        Index within = i.mod(op.stride());
        Index tap = within.over(op.dilation());
        var test = new Test(signature).within(place, places).within(tap, Dim.of(size)).divides(within, op.dilation());
        List<Index> inner = Views.split(at, op.axis(), place, tap);
        if (!test.lanes()) {
          return guarded(test, inner, op.axis());
        }
      }
      return reductions.fold(node, op, at);
    }

    @Override
    public Value gather(Op.Gather op) {
      Node places = node.operand(1);
      Value value = element(places, at.subList(0, places.rank()));
      Index place = Views.known(places, at.subList(0, places.rank()), x().dim(op.shared()));
      Index found = place != null ? place : place(value, x().dim(op.shared()));
      return element(x(), Views.gathered(op, at, places.rank(), found));
    }

    @Override
    public Value scatterAdd(Op.ScatterAdd op) {
      return reductions.scatterAdd(node, op, at);
    }

    @Override
    public Value parameter(Op.Parameter op) {
      return leaf(op);
    }

    @Override
    public Value scan(Op.Scan op) {
      return leaf(op);
    }

    @Override
    public Value derivative(Op.Derivative op) {
      throw new IllegalStateException("a derivative in a kernel");
    }

    @Override
    public Value rows(Op.Rows op) {
      throw new IllegalStateException("rows in a kernel");
    }
  }
}
