package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Named dimensions replaced inside operations; the results of one loop stay results of one loop. */
public final class Substitution implements Op.Cases<Op> {
  private final Map<String, Dim> values;
  private final Map<Loop, Body> bodies = new IdentityHashMap<>();

  public Substitution(Map<String, Dim> values) {
    this.values = values;
  }

  /** {@code op} with every dimension that {@code values} names replaced. */
  public static Op in(Op op, Map<String, Dim> values) {
    return op.accept(new Substitution(values));
  }

  /** {@code node} with dimensions replaced, over what {@code replaced} says of its operands. */
  public Node of(Node node, Map<Node, Node> replaced) {
    return Node.of(node.op().accept(this), node.operands().stream().map(replaced::get).toList(), node.origin());
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
  public Op parameter(Op.Parameter op) {
    return new Op.Parameter(op.number(), op.element(), at(op.shape()));
  }

  @Override
  public Op scan(Op.Scan op) {
    Body body = bodies.computeIfAbsent(op.loop(), Body::new);
    return new Op.Scan(body.loop, op.result(), body.of(op.of()));
  }

  /** A loop with dimensions replaced, and what became of its body's nodes. */
  private final class Body {
    private final Map<Node, Node> replaced = new IdentityHashMap<>();
    private final Loop loop;

    Body(Loop old) {
      loop = new Loop(at(old.length()), old.reversed(), all(old.parameters()), old.elements().size(), all(old.next()),
          old.ended());
    }

    private List<Node> all(List<Node> nodes) {
      return nodes.stream().map(this::of).toList();
    }

    Node of(Node root) {
      for (Node node : Graph.topological(List.of(root))) {
        if (!replaced.containsKey(node)) {
          replaced.put(node, Substitution.this.of(node, replaced));
        }
      }
      return replaced.get(root);
    }
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
