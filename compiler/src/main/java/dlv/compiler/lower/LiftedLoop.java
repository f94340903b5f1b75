package dlv.compiler.lower;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.lower.Lift.Lifted;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A loop over one example, made a loop over all examples of a batch. */
public final class LiftedLoop {
  /** A loop, and which operands of its scan vary with the example. */
  public record Key(Loop loop, List<Boolean> varying) {}

  private final Dim axis;
  private final Map<Key, LiftedLoop> loops;
  private final Map<Node, Lifted> body = new IdentityHashMap<>();
  private final Loop loop;

  LiftedLoop(Dim axis, Loop one, List<Boolean> varying, Map<Key, LiftedLoop> loops) {
    this.axis = axis;
    this.loops = loops;
    fixpoint(one, varying);
    var next = new ArrayList<Node>();
    for (int i = 0; i < one.next().size(); i++) {
      Lifted lifted = lift(one.next().get(i));
      next.add(varies(one.carries().get(i)) ? Lift.whole(axis, lifted) : lifted.node());
    }
    loop = new Loop(one.length(), one.reversed(), one.parameters().stream().map(this::of).toList(),
        one.elements().size(), next, one.ended());
  }

  /** A carry varies if its initial value does, or what it becomes. */
  private void fixpoint(Loop one, List<Boolean> varying) {
    var varies = new ArrayList<>(varying);
    boolean settled = false;
    while (!settled) {
      body.clear();
      for (int i = 0; i < varies.size(); i++) {
        body.put(one.parameters().get(i), parameter(one.parameters().get(i), varies.get(i)));
      }
      settled = true;
      for (int i = 0; i < one.next().size(); i++) {
        if (!varies.get(i) && lift(one.next().get(i)).varies()) {
          varies.set(i, true);
          settled = false;
        }
      }
    }
  }

  private Lifted parameter(Node node, boolean varies) {
    if (!varies) {
      return new Lifted(node, false);
    }
    Op.Parameter op = (Op.Parameter) node.op();
    Shape shape = op.shape().insert(0, axis);
    return new Lifted(new Build(node.origin()).node(new Op.Parameter(op.number(), op.element(), shape)), true);
  }

  private Lifted lift(Node root) {
    for (Node node : Graph.topological(List.of(root))) {
      if (node.is(Op.Rows.class)) {
        throw new Unsupported("rows(x) within a step of a loop over time", node.origin());
      }
      if (!body.containsKey(node)) {
        body.put(node, Lift.of(axis, node, node.operands().stream().map(body::get).toList(), loops));
      }
    }
    return body.get(root);
  }

  Loop loop() {
    return loop;
  }

  /** What stands for {@code node} of the body for one example. */
  Node of(Node node) {
    return lift(node).node();
  }

  /** Whether {@code node} of the body for one example has another value for each. */
  boolean varies(Node node) {
    return lift(node).varies();
  }
}
