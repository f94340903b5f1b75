package dlv.compiler.simplify;

import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.lower.Lift;
import dlv.compiler.lower.Lift.Lifted;
import dlv.compiler.lower.LiftedLoop;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Nodes of a loop's body computed outside of it, for all steps at once: with time as a leading axis where they vary. */
final class Outside {
  private final Loop loop;
  private final List<Node> operands;
  private final Function<Node, Node> kept;
  private final Map<Node, Lifted> lifted = new IdentityHashMap<>();
  private final Map<LiftedLoop.Key, LiftedLoop> loops = new HashMap<>();

  /** @param kept the values, step by step, of what stays in the loop; null for a node that leaves it */
  Outside(Loop loop, List<Node> operands, Function<Node, Node> kept) {
    this.loop = loop;
    this.operands = operands;
    this.kept = kept;
  }

  Lifted of(Node node) {
    Lifted known = lifted.get(node);
    if (known == null) {
      known = compute(node);
      lifted.put(node, known);
    }
    return known;
  }

  /** {@code node} in every step, {@code [T, …]}. */
  Node inEveryStep(Node node) {
    return Lift.whole(loop.length(), of(node));
  }

  private Lifted compute(Node node) {
    int number = loop.parameters().indexOf(node);
    if (number >= loop.next().size()) {
      return new Lifted(operands.get(number), loop.isSequence(number));
    }
    Node stays = kept.apply(node);
    if (stays != null) {
      return new Lifted(stays, true);
    }
    if (number >= 0) {
      throw new IllegalArgumentException("a carry has no value outside of its loop");
    }
    return Lift.of(loop.length(), node, node.operands().stream().map(this::of).toList(), loops);
  }

  static boolean isView(Node node) {
    return node.is(Op.Reshape.class) || node.is(Op.Permute.class) || node.is(Op.Broadcast.class)
        || node.is(Op.Slice.class) || node.is(Op.Pad.class) || node.is(Op.Window.class);
  }

  /** Whether {@code node} is worth more than to be computed wherever it is read. */
  static boolean isAnchor(Node node) {
    return node.is(Op.Contract.class) || node.is(Op.Reduce.class) || node.is(Op.Top.class) || node.is(Op.Gather.class)
        || node.is(Op.ScatterAdd.class) || node.is(Op.Scan.class);
  }
}
