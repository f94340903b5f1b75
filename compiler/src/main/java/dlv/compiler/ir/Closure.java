package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a loop of a body that was written freely: what does not depend on the body's placeholders becomes an operand of
 * the scan, except for literals.
 */
final class Closure {
  private final List<Node> parameters;
  private final List<Node> invariants = new ArrayList<>();
  private final Set<Node> inside = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> literals = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Node, Node> closed = new IdentityHashMap<>();

  private Closure(List<Node> placeholders) {
    parameters = new ArrayList<>(placeholders);
    for (Node placeholder : placeholders) {
      inside.add(placeholder);
      closed.put(placeholder, placeholder);
    }
  }

  /** @param placeholders carries, then elements of sequences, numbered in this order */
  static Build.Scanned scan(Build build, Dim length, boolean reversed, List<Node> operands, List<Node> placeholders,
      Build.Step step, int ended) {
    var closure = new Closure(placeholders);
    List<Node> roots = Stream.concat(step.next().stream(), step.outputs().stream()).toList();
    for (Node node : Graph.topological(roots)) {
      closure.visit(node);
    }
    List<Node> next = step.next().stream().map(closure::closed).toList();
    List<Node> outputs = step.outputs().stream().map(closure::closed).toList();
    var loop = new Loop(length, reversed, closure.parameters, placeholders.size() - next.size(), next, ended);
    var all = new ArrayList<>(operands);
    all.addAll(closure.invariants);
    return new Build.Scanned(
        all(build, loop, all, next.size(), Op.Scan::last),
        all(build, loop, all, next.size(), Op.Scan::history),
        all(build, loop, all, outputs.size(), (l, i) -> new Op.Scan(l, Op.Result.OUTPUT, outputs.get(i))));
  }

  private interface Kind {
    Op.Scan of(Loop loop, int i);
  }

  private static List<Node> all(Build build, Loop loop, List<Node> operands, int count, Kind kind) {
    var nodes = new ArrayList<Node>();
    for (int i = 0; i < count; i++) {
      nodes.add(Node.of(kind.of(loop, i), operands, build.origin()));
    }
    return nodes;
  }

  /** Literals are read in the body itself; what is made of them alone is the same in every step. */
  private void visit(Node node) {
    if (node.is(Op.Constant.class) || node.is(Op.Index.class)
        || node.is(Op.Broadcast.class) && literals.contains(node.operand(0))) {
      literals.add(node);
      closed.putIfAbsent(node, node);
    } else if (node.operands().stream().anyMatch(inside::contains)) {
      inside.add(node);
      closed.computeIfAbsent(node, n -> n.withOperands(n.operands().stream().map(this::closed).toList()));
    }
  }

  /** The node of the body that stands for {@code node}. */
  private Node closed(Node node) {
    return closed.computeIfAbsent(node, n -> {
      Node parameter = Loop.parameter(parameters.size(), n, n.shape());
      parameters.add(parameter);
      invariants.add(n);
      return parameter;
    });
  }
}
