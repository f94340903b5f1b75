package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.Map;

/** Named dimensions replaced inside an operation. */
public final class Substitution implements Op.Cases<Op> {
  private final Map<String, Dim> values;

  private Substitution(Map<String, Dim> values) {
    this.values = values;
  }

  /** {@code op} with every dimension that {@code values} names replaced. */
  public static Op in(Op op, Map<String, Dim> values) {
    return op.accept(new Substitution(values));
  }

  private Shape at(Shape shape) {
    return shape.substitute(values);
  }

  private Dim at(Dim dim) {
    return dim.substitute(values);
  }

  @Override
  public Op input(Op.Input op) {
    return new Op.Input(op.name(), op.element(), at(op.shape()));
  }

  @Override
  public Op state(Op.State op) {
    return new Op.State(op.path(), op.role(), op.element(), at(op.shape()), op.turn());
  }

  @Override
  public Op constant(Op.Constant op) {
    return new Op.Constant(op.values(), op.element(), at(op.shape()));
  }

  @Override
  public Op size(Op.Size op) {
    return new Op.Size(at(op.dim()));
  }

  @Override
  public Op index(Op.Index op) {
    return new Op.Index(at(op.size()));
  }

  @Override
  public Op random(Op.Random op) {
    return new Op.Random(op.site(), at(op.shape()));
  }

  @Override
  public Op map(Op.Map op) {
    return op;
  }

  @Override
  public Op reduce(Op.Reduce op) {
    return op;
  }

  @Override
  public Op contract(Op.Contract op) {
    return op;
  }

  @Override
  public Op top(Op.Top op) {
    return op;
  }

  @Override
  public Op reshape(Op.Reshape op) {
    return new Op.Reshape(at(op.shape()));
  }

  @Override
  public Op permute(Op.Permute op) {
    return op;
  }

  @Override
  public Op broadcast(Op.Broadcast op) {
    return new Op.Broadcast(op.axes(), op.sizes().stream().map(this::at).toList());
  }

  @Override
  public Op slice(Op.Slice op) {
    return new Op.Slice(op.axis(), at(op.start()), at(op.size()), op.step());
  }

  @Override
  public Op pad(Op.Pad op) {
    return new Op.Pad(op.axis(), at(op.low()), at(op.high()), op.interior());
  }

  @Override
  public Op concat(Op.Concat op) {
    return op;
  }

  @Override
  public Op window(Op.Window op) {
    return new Op.Window(op.axis(), at(op.size()), op.stride(), op.dilation());
  }

  @Override
  public Op fold(Op.Fold op) {
    return new Op.Fold(op.axis(), at(op.n()), op.stride(), op.dilation());
  }

  @Override
  public Op gather(Op.Gather op) {
    return op;
  }

  @Override
  public Op scatterAdd(Op.ScatterAdd op) {
    return op;
  }

  @Override
  public Op derivative(Op.Derivative op) {
    return op;
  }

  @Override
  public Op rows(Op.Rows op) {
    return op;
  }
}
