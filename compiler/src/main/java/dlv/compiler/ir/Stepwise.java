package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A graph over a sequence as one step of it: row t of the result from element t of the sequence, and from what the
 * graph's loops keep of the elements before.
 *
 * <p>The sequence's length is a name that nothing else has. A node that depends on the sequence has it as one axis, and
 * its row t depends on row t of its operands alone, or, where it is told by a loop from the beginning, on the rows
 * before too: this is proved for each, and what cannot be proved is refused. What does not depend on the sequence is
 * computed once; where it has the axis, as positions and draws do, each step sees its row.
 */
public final class Stepwise {
  /** There is no step: the answer at one place depends on the sequence as a whole. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Node node;

    Refused(Node node, String reason) {
      super(reason, null, false, false);
      this.node = node;
    }

    /** What depends on it. */
    public Node node() {
      return node;
    }
  }

  /** One step: the result's row, and what is kept after it. */
  public record Step(Node row, List<Node> kept) {}

  private final Node sequence;
  private final Node result;
  private final Along along;
  private final Whole whole;
  private final Map<Loop.Run, List<Node>> runs = new LinkedHashMap<>();

  /**
   * @param result a node with the sequence's axis in front
   * @param sequence an input of rank 1, whose size is a name
   * @param length how many steps there are at most
   * @throws Refused where the result has no steps
   */
  public Stepwise(Node result, Node sequence, Dim length) {
    this.sequence = sequence;
    this.result = result;
    this.along = new Along(result, sequence);
    this.whole = new Whole(sequence.dim(0).text(), length);
    for (Node node : along.nodes()) {
      if (node.is(Op.Scan.class)) {
        runs.computeIfAbsent(Loop.Run.of(node), run -> new ArrayList<>()).add(node);
      }
    }
  }

  /** What is kept before the first step: a value for each carry of each loop. */
  public List<Node> initial() {
    return runs.keySet().stream().flatMap(run -> run.operands().subList(0, run.loop().next().size()).stream())
        .map(whole::of).toList();
  }

  /**
   * One step.
   *
   * @param element of the sequence: a scalar
   * @param kept what the step before has left
   * @param at the element of a sequence {@code [length, …]} at this step
   */
  public Step step(Node element, List<Node> kept, UnaryOperator<Node> at) {
    Map<Node, Node> rows = new IdentityHashMap<>();
    rows.put(sequence, new Build(element.origin()).reshape(element, Shape.of(1)));
    List<Node> left = new ArrayList<>(Collections.nCopies(kept.size(), null));
    Map<Loop.Run, Integer> first = new LinkedHashMap<>();
    int carries = 0;
    for (Loop.Run run : runs.keySet()) {
      first.put(run, carries);
      carries += run.loop().next().size();
    }
    for (Node node : along.nodes()) {
      if (rows.containsKey(node)) {
        continue;
      }
      if (node.is(Op.Scan.class)) {
        Loop.Run run = Loop.Run.of(node);
        int from = first.get(run);
        inline(run, kept.subList(from, from + run.loop().next().size()), left.subList(from, left.size()), rows, at);
      } else {
        rows.put(node, row(node, rows, at));
      }
    }
    Node row = rows.get(result);
    return new Step(new Build(row.origin()).reshape(row, row.shape().range(1, row.rank())), List.copyOf(left));
  }

  /** A node whose axis of the sequence has the size 1. */
  private Node row(Node node, Map<Node, Node> rows, UnaryOperator<Node> at) {
    List<Node> operands = node.operands().stream().map(operand -> rows.containsKey(operand) ? rows.get(operand)
        : along.axis(operand) < 0 ? whole.of(operand) : slice(operand, at)).toList();
    return Node.of(Substitution.in(node.op(), Map.of(sequence.dim(0).text(), Dim.ONE)), operands, node.origin());
  }

  /** The row of what does not depend on the sequence and has its axis. */
  private Node slice(Node node, UnaryOperator<Node> at) {
    int axis = along.axis(node);
    List<Integer> order = new ArrayList<>(List.of(axis));
    order.addAll(Build.axesWithout(node.rank(), List.of(axis)));
    Build build = new Build(node.origin());
    Node element = at.apply(build.permute(whole.of(node), order));
    return build.reshape(element, element.shape().insert(axis, Dim.ONE));
  }

  /** The body of a loop along the sequence, done once. */
  private void inline(Loop.Run run, List<Node> kept, List<Node> left, Map<Node, Node> rows, UnaryOperator<Node> at) {
    Loop loop = run.loop();
    int carries = loop.next().size();
    Map<Node, Node> stands = new IdentityHashMap<>();
    for (int i = 0; i < run.operands().size(); i++) {
      Node operand = run.operands().get(i);
      stands.put(loop.parameters().get(i), i < carries ? kept.get(i) : !loop.isSequence(i) ? whole.of(operand)
          : rows.containsKey(operand) ? without(rows.get(operand)) : at.apply(whole.of(operand)));
    }
    List<Node> told = runs.get(run);
    List<Node> roots = new ArrayList<>(loop.next());
    told.forEach(node -> roots.add(((Op.Scan) node.op()).of()));
    List<Node> done = Graph.replaced(roots, stands);
    for (int i = 0; i < carries; i++) {
      left.set(i, done.get(i));
    }
    for (int k = 0; k < told.size(); k++) {
      Node answer = done.get(carries + k);
      rows.put(told.get(k), new Build(answer.origin()).reshape(answer, answer.shape().insert(0, Dim.ONE)));
    }
  }

  private static Node without(Node row) {
    return new Build(row.origin()).reshape(row, row.shape().range(1, row.rank()));
  }
}
