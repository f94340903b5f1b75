package dlv.compiler.emit.opencl;

import dlv.compiler.emit.opencl.Elements.Untiled;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which elements of a result an element of an anchor reaches, through maps, views and sums over small inner axes:
 * the index functions of {@link Views}, followed forwards.
 */
final class Reach {
  /** An element of a result; it exists where {@code test} holds. */
  record Target(List<Index> at, Test test) {}

  private final Signature signature;
  private final List<Node> path;
  private final List<Index> held = new ArrayList<>();

  private Reach(Signature signature, List<Node> path) {
    this.signature = signature;
    this.path = path;
  }

  /** The way from {@code anchor} to {@code result}; null where the result does not depend on it. */
  static Reach between(Node anchor, Node result, Set<Node> body, Signature signature) {
    var path = new ArrayList<Node>();
    return search(anchor, result, body, path, new IdentityHashMap<>()) ? new Reach(signature, path) : null;
  }

  private static boolean search(Node anchor, Node node, Set<Node> body, List<Node> path, Map<Node, Boolean> seen) {
    if (node == anchor) {
      path.add(node);
      return true;
    }
    if (!body.contains(node) || seen.put(node, true) != null) {
      return false;
    }
    for (Node operand : node.operands()) {
      if (search(anchor, operand, body, path, seen)) {
        path.add(node);
        return true;
      }
    }
    return false;
  }

  /** Whether elements of the anchor come together on the way: they are added up, or single ones of an axis are read. */
  boolean reduces() {
    return path.stream().skip(1).anyMatch(node -> node.is(Op.Reduce.class) || node.is(Op.Slice.class));
  }

  /** The places along axes of which single ones are read, as {@link #targets} met them. */
  List<Index> held() {
    return held;
  }

  /** The elements that the anchor's element at {@code at} reaches. */
  List<Target> targets(List<Index> at) {
    List<Target> targets = List.of(new Target(at, new Test(signature)));
    for (int i = 1; i < path.size(); i++) {
      var next = new ArrayList<Target>();
      for (Target target : targets) {
        step(path.get(i - 1), path.get(i), target, next);
      }
      targets = next;
    }
    return targets;
  }

  private void step(Node from, Node to, Target target, List<Target> next) {
    List<Index> at = target.at();
    if (to.is(Op.Map.class)) {
      next.add(target);
    } else if (to.is(Op.Reshape.class)) {
      next.add(new Target(Views.reshape(to.shape(), from.shape(), at), target.test()));
    } else if (to.op() instanceof Op.Permute op) {
      next.add(new Target(op.axes().stream().map(at::get).toList(), target.test()));
    } else if (to.op() instanceof Op.Broadcast op) {
      broadcast(op, 0, target, next);
    } else if (to.op() instanceof Op.Reduce op) {
      var kept = new ArrayList<Index>();
      for (int axis = 0; axis < at.size(); axis++) {
        if (!op.axes().contains(axis)) {
          kept.add(at.get(axis));
        }
      }
      next.add(new Target(kept, target.test()));
    } else if (to.op() instanceof Op.Window op) {
      window(op, to, target, next);
    } else if (to.op() instanceof Op.Slice op) {
      slice(op, target, next);
    } else if (to.op() instanceof Op.Fold op) {
      fold(op, from, target, next);
    } else {
      throw new Untiled("no way forward through " + to);
    }
  }

  private void slice(Op.Slice op, Target target, List<Target> next) {
    if (op.step() != 1 || !op.start().isConstant()) {
      throw new Untiled("places apart of a product");
    }
    held.add(target.at().get(op.axis()));
    Index place = target.at().get(op.axis()).plus(-op.start().value());
    var test = new Test(target.test()).within(place, op.size());
    if (!test.never()) {
      next.add(new Target(Views.with(target.at(), op.axis(), place), test));
    }
  }

  private void broadcast(Op.Broadcast op, int i, Target target, List<Target> next) {
    if (i == op.axes().size()) {
      next.add(target);
      return;
    }
    Dim size = op.sizes().get(i);
    if (!size.isConstant() || size.value() > 16) {
      throw new Untiled("a product repeated " + size + " times");
    }
    for (long j = 0; j < size.value(); j++) {
      var at = new ArrayList<>(target.at());
      at.add(op.axes().get(i), Index.of(j));
      broadcast(op, i + 1, new Target(at, target.test()), next);
    }
  }

  /** Windows that do not overlap: an element lies in one at most. */
  private void window(Op.Window op, Node to, Target target, List<Target> next) {
    if (op.dilation() != 1 || !op.size().isConstant() || op.size().value() > op.stride()) {
      throw new Untiled("overlapping windows of a product");
    }
    Index place = target.at().get(op.axis());
    Index within = place.mod(op.stride());
    Index window = place.over(op.stride());
    var test = new Test(target.test()).within(window, to.dim(op.axis())).within(within, op.size());
    if (!test.never()) {
      next.add(new Target(Views.split(target.at(), op.axis(), window, within), test));
    }
  }

  /** A fold without gaps or overlaps. */
  private void fold(Op.Fold op, Node from, Target target, List<Target> next) {
    Dim size = from.dim(op.axis() + 1);
    boolean tight = op.dilation() == 1 && size.is(op.stride())
        && from.dim(op.axis()).times(op.stride()).equals(op.n());
    if (!tight) {
      throw new Untiled("a fold with gaps or overlaps");
    }
    var at = new ArrayList<>(target.at());
    Index tap = at.remove(op.axis() + 1);
    at.set(op.axis(), at.get(op.axis()).times(op.stride()).plus(tap));
    next.add(new Target(at, target.test()));
  }
}
