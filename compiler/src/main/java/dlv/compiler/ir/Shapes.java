package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * The shape rule of each primitive. What does not fit throws {@link IllegalArgumentException}: the checker has
 * foreseen it with a better message, or the compiler is wrong.
 */
final class Shapes implements Op.Cases<Shapes.Result> {
  record Result(Element element, Shape shape) {}

  private final List<Node> operands;

  private Shapes(List<Node> operands) {
    this.operands = operands;
  }

  static Result infer(Op op, List<Node> operands) {
    try {
      return op.accept(new Shapes(operands));
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(op + " over " + shapes(operands) + ": " + e.getMessage(), e);
    }
  }

  private static List<Shape> shapes(List<Node> operands) {
    return operands.stream().map(Node::shape).toList();
  }

  private void require(boolean holds, Op op) {
    if (!holds) {
      throw new IllegalArgumentException(op + " does not take " + operands);
    }
  }

  private void arity(int n, Op op) {
    require(operands.size() == n, op);
  }

  private Node x() {
    return operands.get(0);
  }

  private static Result like(Node node, Shape shape) {
    return new Result(node.element(), shape);
  }

  @Override
  public Result input(Op.Input op) {
    arity(0, op);
    return new Result(op.element(), op.shape());
  }

  @Override
  public Result state(Op.State op) {
    arity(0, op);
    return new Result(op.element(), op.shape());
  }

  @Override
  public Result constant(Op.Constant op) {
    arity(0, op);
    require(op.values().size() == 1 || op.shape().elements().is(op.values().size()), op);
    return new Result(op.element(), op.shape());
  }

  @Override
  public Result size(Op.Size op) {
    arity(0, op);
    return new Result(Element.INT, Shape.SCALAR);
  }

  @Override
  public Result index(Op.Index op) {
    arity(0, op);
    return new Result(Element.INT, Shape.of(op.size()));
  }

  @Override
  public Result random(Op.Random op) {
    arity(operands.size() == 3 ? 3 : 2, op);
    for (Node key : operands) {
      require(key.element() == Element.INT && key.rank() == 0, op);
    }
    return new Result(Element.FLOAT, op.shape());
  }

  @Override
  public Result map(Op.Map op) {
    arity(op.function().arity(), op);
    for (Node operand : operands) {
      require(operand.shape().equals(x().shape()), op);
    }
    return new Result(element(op), x().shape());
  }

  private Element element(Op.Map op) {
    Element first = x().element();
    Element last = operands.get(operands.size() - 1).element();
    return switch (op.function()) {
      case EQ, NE, LT, LE -> {
        require(first == last, op);
        yield Element.BOOL;
      }
      case AND, OR, NOT -> {
        require(first == Element.BOOL && last == Element.BOOL, op);
        yield Element.BOOL;
      }
      case SELECT -> {
        require(first == Element.BOOL && operands.get(1).element() == last, op);
        yield last;
      }
      case TO_FLOAT -> Element.FLOAT;
      case TO_INT -> Element.INT;
      case TO_BF16 -> {
        require(first == Element.FLOAT, op);
        yield Element.BF16;
      }
      case IDIV, IMOD -> {
        require(first == Element.INT && last == Element.INT, op);
        yield Element.INT;
      }
      case ADD, SUB, MUL, MIN, MAX, NEG, ABS, SIGN, DETACH -> {
        require(first == last && (first == Element.FLOAT || first == Element.INT), op);
        yield first;
      }
      case DIV, POW, FLOOR, EXP, LOG, LOG1P, EXPM1, SQRT, RSQRT, SIN, COS, TANH, SIGMOID, RELU, SOFTPLUS, ERF -> {
        require(first == Element.FLOAT && last == Element.FLOAT, op);
        yield Element.FLOAT;
      }
    };
  }

  @Override
  public Result reduce(Op.Reduce op) {
    arity(1, op);
    require(!op.axes().isEmpty(), op);
    for (int i = 0; i < op.axes().size(); i++) {
      int axis = op.axes().get(i);
      require(axis >= 0 && axis < x().rank() && (i == 0 || op.axes().get(i - 1) < axis), op);
    }
    return like(x(), x().shape().without(op.axes()));
  }

  @Override
  public Result contract(Op.Contract op) {
    arity(2, op);
    var sizes = new HashMap<Integer, Dim>();
    labels(op, op.a(), operands.get(0), sizes);
    labels(op, op.b(), operands.get(1), sizes);
    for (int label : sizes.keySet()) {
      boolean both = op.a().contains(label) && op.b().contains(label);
      require(both || op.out().contains(label), op);
    }
    require(op.out().stream().distinct().count() == op.out().size(), op);
    var dims = new ArrayList<Dim>();
    for (int label : op.out()) {
      require(sizes.containsKey(label), op);
      dims.add(sizes.get(label));
    }
    return new Result(Element.FLOAT, new Shape(dims));
  }

  private void labels(Op.Contract op, List<Integer> labels, Node operand, java.util.Map<Integer, Dim> sizes) {
    require(operand.element() == Element.FLOAT && labels.size() == operand.rank(), op);
    require(labels.stream().distinct().count() == labels.size(), op);
    for (int i = 0; i < labels.size(); i++) {
      Dim known = sizes.putIfAbsent(labels.get(i), operand.dim(i));
      require(known == null || known.equals(operand.dim(i)), op);
    }
  }

  @Override
  public Result top(Op.Top op) {
    arity(1, op);
    require(x().rank() >= 1 && op.k() >= 1, op);
    return new Result(Element.INT, x().shape().with(x().rank() - 1, Dim.of(op.k())));
  }

  @Override
  public Result reshape(Op.Reshape op) {
    arity(1, op);
    require(op.shape().elements().equals(x().shape().elements()), op);
    return like(x(), op.shape());
  }

  @Override
  public Result permute(Op.Permute op) {
    arity(1, op);
    require(op.axes().size() == x().rank() && op.axes().stream().distinct().count() == x().rank(), op);
    return like(x(), new Shape(op.axes().stream().map(x()::dim).toList()));
  }

  @Override
  public Result broadcast(Op.Broadcast op) {
    arity(1, op);
    require(op.axes().size() == op.sizes().size(), op);
    Shape shape = x().shape();
    for (int i = 0; i < op.axes().size(); i++) {
      require(i == 0 || op.axes().get(i - 1) < op.axes().get(i), op);
      shape = shape.insert(op.axes().get(i), op.sizes().get(i));
    }
    return like(x(), shape);
  }

  @Override
  public Result slice(Op.Slice op) {
    arity(1, op);
    Dim last = op.start().plus(op.size().minus(1).times(op.step()));
    Dim n = x().dim(op.axis());
    for (Dim place : List.of(op.start(), last)) {
      require(!place.isConstant() || place.value() >= 0 || op.size().is(0), op);
      Dim left = n.minus(place);
      require(!left.isConstant() || left.value() >= 1 || op.size().is(0), op);
    }
    return like(x(), x().shape().with(op.axis(), op.size()));
  }

  @Override
  public Result pad(Op.Pad op) {
    arity(1, op);
    for (Dim margin : List.of(op.low(), op.high())) {
      require(!margin.isConstant() || margin.value() >= 0, op);
    }
    require(op.interior() >= 0, op);
    Dim n = x().dim(op.axis());
    Dim gaps = n.minus(1).times(op.interior());
    return like(x(), x().shape().with(op.axis(), op.low().plus(n).plus(gaps).plus(op.high())));
  }

  @Override
  public Result concat(Op.Concat op) {
    require(!operands.isEmpty(), op);
    Dim total = Dim.ZERO;
    for (Node operand : operands) {
      require(operand.element() == x().element(), op);
      total = total.plus(operand.dim(op.axis()));
      require(operand.shape().with(op.axis(), Dim.ZERO).equals(x().shape().with(op.axis(), Dim.ZERO)), op);
    }
    return like(x(), x().shape().with(op.axis(), total));
  }

  @Override
  public Result window(Op.Window op) {
    arity(1, op);
    require(op.stride() > 0 && op.dilation() > 0, op);
    Dim places = places(x().dim(op.axis()), op.size(), op.stride(), op.dilation());
    require(!places.isConstant() || places.value() > 0, op);
    return like(x(), x().shape().with(op.axis(), places).insert(op.axis() + 1, op.size()));
  }

  /** How many windows fit: {@code (n - dilation·(size - 1) - 1) / stride + 1}, rounded down. */
  static Dim places(Dim n, Dim size, long stride, long dilation) {
    return n.minus(size.minus(1).times(dilation)).minus(1).floorDiv(stride).plus(1);
  }

  @Override
  public Result fold(Op.Fold op) {
    arity(1, op);
    Dim size = x().dim(op.axis() + 1);
    require(places(op.n(), size, op.stride(), op.dilation()).equals(x().dim(op.axis())), op);
    return like(x(), x().shape().without(List.of(op.axis() + 1)).with(op.axis(), op.n()));
  }

  @Override
  public Result gather(Op.Gather op) {
    arity(2, op);
    Node places = operands.get(1);
    int s = op.shared();
    require(places.element() == Element.INT && places.rank() >= s && x().rank() > s, op);
    require(places.shape().range(0, s).equals(x().shape().range(0, s)), op);
    return like(x(), places.shape().concat(x().shape().range(s + 1, x().rank())));
  }

  @Override
  public Result scatterAdd(Op.ScatterAdd op) {
    arity(3, op);
    Node base = operands.get(0);
    Node places = operands.get(1);
    int s = op.shared();
    require(places.element() == Element.INT && places.rank() >= s && base.rank() > s, op);
    require(places.shape().range(0, s).equals(base.shape().range(0, s)), op);
    require(operands.get(2).shape().equals(places.shape().concat(base.shape().range(s + 1, base.rank()))), op);
    return like(base, base.shape());
  }

  @Override
  public Result parameter(Op.Parameter op) {
    arity(0, op);
    return new Result(op.element(), op.shape());
  }

  @Override
  public Result scan(Op.Scan op) {
    Loop loop = op.loop();
    arity(loop.parameters().size(), op);
    for (int i = 0; i < operands.size(); i++) {
      require(operands.get(i).element() == loop.parameters().get(i).element(), op);
      require(operands.get(i).shape().equals(loop.operandShape(i)), op);
    }
    require(op.result() == Op.Result.OUTPUT || loop.carries().contains(op.of()), op);
    Shape one = op.of().shape();
    return like(op.of(), switch (op.result()) {
      case FINAL -> one;
      case HISTORY -> one.insert(0, loop.length().plus(1));
      case TURNS -> one.insert(0, Dim.of(2));
      case OUTPUT -> one.insert(0, loop.length());
    });
  }

  @Override
  public Result derivative(Op.Derivative op) {
    arity(2, op);
    require(x().element() == Element.FLOAT && operands.get(1).element() == Element.FLOAT, op);
    return like(operands.get(1), operands.get(1).shape());
  }

  @Override
  public Result rows(Op.Rows op) {
    arity(1, op);
    return like(x(), x().shape().insert(0, Dim.BATCH));
  }
}
