package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.List;

/**
 * One operation applied to operands. Its element and shape follow from both ({@link Shapes}); two nodes are the
 * same only if they are the same object.
 */
public final class Node {
  private final Op op;
  private final List<Node> operands;
  private final Element element;
  private final Shape shape;
  private final Origin origin;

  private Node(Op op, List<Node> operands, Shapes.Result result, Origin origin) {
    this.op = op;
    this.operands = operands;
    this.element = result.element();
    this.shape = result.shape();
    this.origin = origin;
  }

  /** A node over {@code operands}; {@link IllegalArgumentException} where they do not fit the operation. */
  public static Node of(Op op, List<Node> operands, Origin origin) {
    var list = List.copyOf(operands);
    return new Node(op, list, Shapes.infer(op, list), origin);
  }

  public Op op() {
    return op;
  }

  public List<Node> operands() {
    return operands;
  }

  public Node operand(int i) {
    return operands.get(i);
  }

  public Element element() {
    return element;
  }

  public Shape shape() {
    return shape;
  }

  public Dim dim(int axis) {
    return shape.dim(axis);
  }

  public int rank() {
    return shape.rank();
  }

  public Origin origin() {
    return origin;
  }

  /** The same operation over other operands; this node where they are the same ones. */
  public Node withOperands(List<Node> replaced) {
    return operands.equals(replaced) ? this : of(op, replaced, origin);
  }

  public boolean is(Class<? extends Op> kind) {
    return kind.isInstance(op);
  }

  /** Whether this applies {@code function} elementwise. */
  public boolean is(Scalar function) {
    return op instanceof Op.Map map && map.function() == function;
  }

  /** Whether this is a reduction by {@code reducer}. */
  public boolean is(Op.Reducer reducer) {
    return op instanceof Op.Reduce reduce && reduce.reducer() == reducer;
  }

  /** Whether this is a constant with {@code value} everywhere. */
  public boolean isConstant(double value) {
    return op instanceof Op.Constant c && c.values().stream().allMatch(v -> v == value);
  }

  @Override
  public String toString() {
    return op + " -> " + element.name().toLowerCase(java.util.Locale.ROOT) + shape.text();
  }
}
