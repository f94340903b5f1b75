package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The nodes that depend on a sequence, each proved to be made row by row, or by a loop from the first row on. */
final class Along {
  private final Dim length;
  private final Set<Node> dependent = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Node> nodes = new ArrayList<>();

  /** @throws Stepwise.Refused where one is not */
  Along(Node result, Node sequence) {
    this.length = sequence.dim(0);
    for (Node node : Graph.topological(List.of(result))) {
      if (node == sequence || node.operands().stream().anyMatch(dependent::contains)) {
        dependent.add(node);
        nodes.add(node);
        if (node != sequence) {
          prove(node);
        }
      }
    }
    if (!dependent.contains(result) || axis(result) != 0) {
      throw new Stepwise.Refused(result, "it does not answer along its sequence");
    }
  }

  /** Operands before users. */
  List<Node> nodes() {
    return nodes;
  }

  /** The axis of the sequence; -1 where there is none. */
  int axis(Node node) {
    return node.shape().dims().indexOf(length);
  }

  private boolean hasOneAxis(Node node) {
    return node.shape().dims().stream().filter(dim -> dim.names().contains(length.text())).count() == 1
        && axis(node) >= 0;
  }

  private void prove(Node node) {
    boolean one = hasOneAxis(node) && node.operands().stream().allMatch(operand -> axis(operand) < 0
        || hasOneAxis(operand));
    if (!one || !isByRow(node)) {
      throw new Stepwise.Refused(node, "one place sees others than those before it");
    }
  }

  /** Whether row t is made of rows t of the operands, or of rows up to t. */
  private boolean isByRow(Node node) {
    Op op = node.op();
    Node x = node.operand(0);
    int axis = axis(x);
    if (op instanceof Op.Contract contract) {
      int label = contract.out().get(axis(node));
      return isAt(x, contract.a(), label) && isAt(node.operand(1), contract.b(), label);
    }
    if (op instanceof Op.Reshape) {
      return x.shape().range(0, axis).elements().equals(node.shape().range(0, axis(node)).elements());
    }
    if (op instanceof Op.Fold fold) {
      return axis != fold.axis() && axis != fold.axis() + 1;
    }
    if (op instanceof Op.Gather gather) {
      boolean both = axis >= 0 && axis(node.operand(1)) >= 0;
      return axis != gather.shared() && (!both || axis < gather.shared());
    }
    if (op instanceof Op.Scan scan) {
      return isFromTheBeginning(scan, node.operands());
    }
    return op instanceof Op.Map || op instanceof Op.Reduce || op instanceof Op.Permute || op instanceof Op.Broadcast
        || op instanceof Op.Top && axis != x.rank() - 1
        || op instanceof Op.Slice slice && axis != slice.axis()
        || op instanceof Op.Pad pad && axis != pad.axis()
        || op instanceof Op.Window window && axis != window.axis()
        || op instanceof Op.Concat concat && axis != concat.axis();
  }

  private boolean isAt(Node operand, List<Integer> labels, int label) {
    return axis(operand) < 0 || labels.get(axis(operand)) == label;
  }

  private boolean isFromTheBeginning(Op.Scan scan, List<Node> operands) {
    Loop loop = scan.loop();
    boolean along = loop.length().equals(length) && !loop.reversed() && scan.result() == Op.Result.OUTPUT;
    for (int i = 0; i < operands.size(); i++) {
      along &= loop.isSequence(i) ? axis(operands.get(i)) == 0 : !dependent.contains(operands.get(i));
    }
    return along && loop.nodes(List.of(scan.of())).stream().allMatch(node -> node.shape().dims().stream()
        .noneMatch(dim -> dim.names().contains(length.text())));
  }
}
