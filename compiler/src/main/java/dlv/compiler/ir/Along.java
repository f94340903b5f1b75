package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes that depend on a sequence, each proved to be made place by place: row t of it from rows t of its operands,
 * by a loop from the first place on, or by a sum over all places that leaves out those after t.
 *
 * <p>In such a sum the sequence is looked at twice: as the place t that is told of, and as all places s. A node that both
 * make, such as scores, has the sequence's axis twice; {@link View} says which is which, from the result backwards.
 */
final class Along {
  private final Dim length;
  private final Set<Node> dependent = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Node> all;
  private final Map<Node, Set<View>> views = new IdentityHashMap<>();
  private final Map<Node, Map<View, Beyond>> beyond = new IdentityHashMap<>();

  /** @throws Stepwise.Refused where one is not */
  Along(Node result, Node sequence) {
    this.length = sequence.dim(0);
    this.all = Graph.topological(List.of(result));
    for (Node node : all) {
      views.put(node, new LinkedHashSet<>());
      beyond.put(node, new HashMap<>());
      if (node == sequence || node.operands().stream().anyMatch(dependent::contains)) {
        dependent.add(node);
      }
    }
    if (!dependent.contains(result) || axes(result).indexOf(0) != 0) {
      throw new Stepwise.Refused(result, "it does not answer along its sequence");
    }
    views.get(result).add(View.row(0));
    for (int i = all.size() - 1; i >= 0; i--) {
      look(all.get(i));
    }
    all.forEach(node -> views.get(node).forEach(view -> beyond.get(node).put(view, beyond(node, view))));
  }

  /** Operands before users. */
  List<Node> nodes() {
    return all.stream().filter(dependent::contains).toList();
  }

  boolean depends(Node node) {
    return dependent.contains(node);
  }

  /** How a node is looked at. */
  Set<View> views(Node node) {
    return views.get(node);
  }

  /** How the operand of a node is looked at where the node is. */
  View operand(Node node, View view, int operand) {
    return traced(node, view, operand).orElseThrow(() -> later(node));
  }

  private static Stepwise.Refused later(Node node) {
    return new Stepwise.Refused(node, "one place sees others than those before it");
  }

  /** The axes that are as long as the sequence. */
  private List<Integer> axes(Node node) {
    return Build.axesWithout(node.rank(), List.of()).stream().filter(i -> node.dim(i).equals(length)).toList();
  }

  private boolean mentions(Node node) {
    return node.shape().dims().stream().anyMatch(dim -> dim.names().contains(length.text()));
  }

  /** Hands what is looked at of a node on to its operands. */
  private void look(Node node) {
    Set<View> own = views.get(node);
    if (dependent.contains(node)) {
      List<View> memories = own.stream().filter(View::isMemory).toList();
      memories.forEach(view -> own.add(View.row(view.memory())));
    }
    for (View view : own) {
      boolean told = dependent.contains(node) && !view.isMemory();
      if (told) {
        proveAxes(node, view);
      }
      for (int i = 0; i < node.operands().size(); i++) {
        Set<View> below = views.get(node.operand(i));
        if (told) {
          below.add(operand(node, view, i));
        } else if (!dependent.contains(node)) {
          traced(node, view, i).ifPresent(below::add);
        }
      }
    }
  }

  private void proveAxes(Node node, View view) {
    long mentioned = node.shape().dims().stream().filter(dim -> dim.names().contains(length.text())).count();
    if (view.row() == View.NONE || mentioned != view.axes() || node.is(Op.Scan.class) && !isFromTheBeginning(node)) {
      throw later(node);
    }
  }

  private Optional<View> traced(Node node, View view, int operand) {
    Node from = node.operand(operand);
    if (node.op() instanceof Op.Scan scan) {
      return Optional.of(scan.loop().isSequence(operand) ? View.row(0) : View.PLAIN);
    }
    int row = view.row() == View.NONE ? View.NONE : Trace.back(node, operand, view.row());
    int memory = view.memory() == View.NONE ? View.NONE : Trace.back(node, operand, view.memory());
    List<Integer> others = new ArrayList<>(axes(from));
    others.removeAll(List.of(row, memory));
    boolean summed = others.size() == 1 && memory == View.NONE && view.memory() == View.NONE
        && Trace.summed(node, operand).containsAll(others);
    boolean fits = row != Trace.LOST && memory != Trace.LOST && (others.isEmpty() || summed);
    return fits ? Optional.of(new View(row, summed ? others.get(0) : memory)) : Optional.empty();
  }

  private Beyond beyond(Node node, View view) {
    boolean depends = dependent.contains(node);
    if (depends && view.isMemory()) {
      return Beyond.Word.UNKNOWN;
    }
    if (node.operands().isEmpty() || node.is(Op.Scan.class)) {
      return Beyond.leaf(node, view);
    }
    List<Beyond> operands = new ArrayList<>();
    boolean sums = false;
    for (int i = 0; i < node.operands().size(); i++) {
      Optional<View> of = traced(node, view, i);
      operands.add(of.map(beyond.get(node.operand(i))::get).orElse(Beyond.Word.SAME));
      sums |= view.memory() == View.NONE && of.filter(looked -> looked.memory() != View.NONE).isPresent();
    }
    if (depends && sums && !Beyond.isCausal(node, operands)) {
      throw later(node);
    }
    boolean same = sums || depends && view.memory() == View.NONE;
    return same ? Beyond.Word.SAME : Beyond.of(node, operands);
  }

  private boolean isFromTheBeginning(Node node) {
    Op.Scan scan = (Op.Scan) node.op();
    Loop loop = scan.loop();
    boolean along = loop.length().equals(length) && !loop.reversed() && scan.result() == Op.Result.OUTPUT;
    for (int i = 0; i < node.operands().size(); i++) {
      Node operand = node.operand(i);
      along &= loop.isSequence(i) ? axes(operand).equals(List.of(0)) : !dependent.contains(operand);
    }
    return along && loop.nodes(List.of(scan.of())).stream().noneMatch(this::mentions);
  }
}
