package dlv.compiler.autodiff;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Values of a loop's steps for the steps of a loop that walks back over it: carries from their histories, what follows
 * from these and from the operands elementwise computed again, all else kept by the loop.
 */
final class Saved {
  private final Loop loop;
  private final List<Node> operands;
  private final Build build;
  private final UnaryOperator<Node> element;
  private final Map<Node, Node> found = new IdentityHashMap<>();
  private final Map<Node, Boolean> again = new IdentityHashMap<>();
  private final Set<Node> constant = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> body = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param outputs nodes of the body that results tell of
   * @param element this step's element of a sequence in the loop that walks back
   */
  Saved(Loop loop, List<Node> operands, Build build, Collection<Node> outputs, UnaryOperator<Node> element) {
    this.loop = loop;
    this.operands = operands;
    this.build = build;
    this.element = element;
    loop.nodes(outputs).forEach(this::remember);
  }

  /** {@code adjoint}, which reads values of the loop's body, as an expression of a step backwards. */
  Node in(Node adjoint) {
    for (Node node : Graph.topological(List.of(adjoint))) {
      boolean own = body.contains(node);
      if (!own && !found.containsKey(node)) {
        found.put(node, node.withOperands(node.operands().stream()
            .map(operand -> body.contains(operand) ? value(operand) : found.get(operand)).toList()));
      }
    }
    return body.contains(adjoint) ? value(adjoint) : found.get(adjoint);
  }

  /** A node of the body; those that are the same in every step are noted. */
  private void remember(Node node) {
    body.add(node);
    boolean leaf = node.is(Op.Constant.class) || node.is(Op.Index.class);
    if (leaf || loop.invariants().contains(node)
        || !node.operands().isEmpty() && constant.containsAll(node.operands())) {
      constant.add(node);
    }
  }

  private Node value(Node node) {
    Node known = found.get(node);
    if (known == null) {
      known = compute(node);
      found.put(node, known);
    }
    return known;
  }

  private Node compute(Node node) {
    int number = loop.parameters().indexOf(node);
    if (number >= 0 && !loop.carries().contains(node)) {
      return loop.isSequence(number) ? element.apply(operands.get(number)) : operands.get(number);
    }
    if (number >= 0) {
      return element.apply(before(history(number)));
    }
    int carry = loop.next().indexOf(node);
    if (carry >= 0 && !constant.contains(node)) {
      return element.apply(after(history(carry)));
    }
    if (constant.contains(node) || follows(node) || isView(node)) {
      return node.withOperands(node.operands().stream().map(this::value).toList());
    }
    return element.apply(Node.of(new Op.Scan(loop, Op.Result.OUTPUT, node), operands, build.origin()));
  }

  /** Whether {@code node} follows elementwise from carries, elements of sequences and what is always the same. */
  private boolean follows(Node node) {
    Boolean known = again.get(node);
    if (known == null) {
      known = loop.parameters().contains(node) || loop.next().contains(node) || constant.contains(node)
          || (node.is(Op.Map.class) || isView(node)) && node.operands().stream().allMatch(this::follows);
      again.put(node, known);
    }
    return known;
  }

  private static boolean isView(Node node) {
    return node.is(Op.Reshape.class) || node.is(Op.Permute.class) || node.is(Op.Broadcast.class)
        || node.is(Op.Slice.class) || node.is(Op.Pad.class);
  }

  private Node history(int carry) {
    return Node.of(Op.Scan.history(loop, carry), operands, build.origin());
  }

  /** The rows of a history, or of its adjoint, that stand before each step, in the order of the sequences. */
  Node before(Node history) {
    return loop.reversed() ? build.slice(history, 0, loop.length().minus(1), loop.length(), -1)
        : build.slice(history, 0, Dim.ZERO, loop.length(), 1);
  }

  private Node after(Node history) {
    return loop.reversed() ? build.slice(history, 0, loop.length(), loop.length(), -1)
        : build.slice(history, 0, Dim.ONE, loop.length(), 1);
  }
}
