package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A graph over a sequence as one step of it: place t of the result from element t of the sequence, and from what is kept
 * of the elements before.
 *
 * <p>The sequence's length is a name that nothing else has. What depends on the sequence is proved ({@link Along}) to be
 * made place by place, by a loop from the first place on, or by a sum over all places that leaves out those that come
 * after. Kept are the carries of these loops, and of the operands of these sums one row for each place: keys and values,
 * where the sum is attention. What does not depend on the sequence is computed once; where it has its axis, as positions
 * and draws do, each step sees its row.
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

  /** All rows of a node, whose places lie along an axis. */
  private record Memory(Node node, int axis) {}

  private final Node sequence;
  private final Node result;
  private final Dim length;
  private final Along along;
  private final Whole whole;
  private final Map<Loop.Run, List<Node>> runs = new LinkedHashMap<>();
  private final List<Memory> memories = new ArrayList<>();

  /**
   * @param result a node with the sequence's axis in front
   * @param sequence an input of rank 1, whose size is a name
   * @param length how many steps there are at most
   * @throws Refused where the result has no steps
   */
  public Stepwise(Node result, Node sequence, Dim length) {
    this.sequence = sequence;
    this.result = result;
    this.length = length;
    this.along = new Along(result, sequence);
    this.whole = new Whole(sequence.dim(0).text(), length);
    for (Node node : along.nodes()) {
      if (node.is(Op.Scan.class)) {
        runs.computeIfAbsent(Loop.Run.of(node), run -> new ArrayList<>()).add(node);
      }
      along.views(node).stream().filter(View::isMemory)
          .forEach(view -> memories.add(new Memory(node, view.memory())));
    }
  }

  /** What is kept before the first step: a value for each carry of each loop, and empty rows. */
  public List<Node> initial() {
    List<Node> initial = new ArrayList<>();
    runs.keySet().forEach(run -> run.operands().subList(0, run.loop().next().size())
        .forEach(operand -> initial.add(whole.of(operand))));
    memories.forEach(memory -> initial.add(new Build(memory.node().origin()).constant(0, memory.node().element(),
        memory.node().shape().with(memory.axis(), length))));
    return initial;
  }

  /**
   * One step.
   *
   * @param element of the sequence: a scalar
   * @param kept what the step before has left
   * @param at the element of a sequence {@code [length, …]} at this step
   */
  public Step step(Node element, List<Node> kept, UnaryOperator<Node> at) {
    return new Taken(kept, at).step(element);
  }

  /** The values of one step. */
  private final class Taken {
    private final UnaryOperator<Node> at;
    private final List<Node> before;
    private final List<Node> after = new ArrayList<>();
    private final Map<Node, Map<View, Node>> values = new IdentityHashMap<>();
    private final Map<Loop.Run, Integer> first = new HashMap<>();

    Taken(List<Node> before, UnaryOperator<Node> at) {
      this.before = before;
      this.at = at;
    }

    Step step(Node element) {
      for (Loop.Run run : runs.keySet()) {
        first.put(run, after.size());
        after.addAll(before.subList(after.size(), after.size() + run.loop().next().size()));
      }
      put(sequence, View.row(0), new Build(element.origin()).reshape(element, Shape.of(1)));
      for (Node node : along.nodes()) {
        for (View view : along.views(node)) {
          if (!view.isMemory() && !has(node, view)) {
            tell(node, view);
          }
        }
        for (Memory memory : memories) {
          if (memory.node() == node) {
            put(node, new View(View.NONE, memory.axis()), remembered(memory));
          }
        }
      }
      Node row = values.get(result).get(View.row(0));
      return new Step(without(row), after);
    }

    private void put(Node node, View view, Node value) {
      values.computeIfAbsent(node, key -> new HashMap<>()).put(view, value);
    }

    private boolean has(Node node, View view) {
      return values.containsKey(node) && values.get(node).containsKey(view);
    }

    private void tell(Node node, View view) {
      if (node.is(Op.Scan.class)) {
        inline(Loop.Run.of(node));
      } else {
        List<Node> operands = new ArrayList<>();
        for (int i = 0; i < node.operands().size(); i++) {
          operands.add(value(node.operand(i), along.operand(node, view, i)));
        }
        put(node, view, Node.of(sized(node, view), operands, node.origin()));
      }
    }

    private Node value(Node node, View view) {
      if (!along.depends(node) && !has(node, view)) {
        put(node, view, view.row() == View.NONE ? whole.of(node) : row(node, view));
      }
      return values.get(node).get(view);
    }

    /** The row of what does not depend on the sequence and has its axis. */
    private Node row(Node node, View view) {
      int axis = view.row();
      boolean alike = node.op() instanceof Op.Broadcast broadcast && broadcast.axes().contains(axis)
          || node.op() instanceof Op.Constant constant && constant.values().size() == 1;
      if (alike) {
        return Node.of(sized(node, view), node.operands().stream().map(whole::of).toList(), node.origin());
      }
      List<Integer> order = new ArrayList<>(List.of(axis));
      order.addAll(Build.axesWithout(node.rank(), List.of(axis)));
      Build build = new Build(node.origin());
      Node element = at.apply(build.permute(whole.of(node), order));
      return build.reshape(element, element.shape().insert(axis, Dim.ONE));
    }

    /** The rows so far, and this one. */
    private Node remembered(Memory memory) {
      Node rows = before.get(after.size());
      Build build = new Build(memory.node().origin());
      Node row = values.get(memory.node()).get(View.row(memory.axis()));
      Node places = build.index(length);
      Node here = build.map(Scalar.EQ, places, build.fill(at.apply(places), places.shape()));
      List<Integer> others = Build.axesWithout(rows.rank(), List.of(memory.axis()));
      Node spread = build.spread(build.reshape(row, row.shape().without(List.of(memory.axis()))),
          List.of(memory.axis()), rows.shape());
      Node now = build.select(build.spread(here, others, rows.shape()), spread, rows);
      after.add(now);
      return now;
    }

    /** The body of a loop along the sequence, done once. */
    private void inline(Loop.Run run) {
      Loop loop = run.loop();
      int carries = loop.next().size();
      int from = first.get(run);
      Map<Node, Node> stands = new IdentityHashMap<>();
      for (int i = 0; i < run.operands().size(); i++) {
        Node operand = run.operands().get(i);
        stands.put(loop.parameters().get(i), i < carries ? before.get(from + i)
            : loop.isSequence(i) ? without(value(operand, View.row(0))) : value(operand, View.PLAIN));
      }
      List<Node> told = runs.get(run);
      List<Node> roots = new ArrayList<>(loop.next());
      told.forEach(node -> roots.add(((Op.Scan) node.op()).of()));
      List<Node> done = Graph.replaced(roots, stands);
      for (int i = 0; i < carries; i++) {
        after.set(from + i, done.get(i));
      }
      for (int k = 0; k < told.size(); k++) {
        Node answer = done.get(carries + k);
        put(told.get(k), View.row(0), new Build(answer.origin()).reshape(answer, answer.shape().insert(0, Dim.ONE)));
      }
    }
  }

  /** The operation where the sequence has one place along the row, and all along the memory. */
  private Op sized(Node node, View view) {
    Shape shape = node.shape();
    Shape rows = shape.with(view.row(), Dim.ONE);
    Shape sized = view.memory() == View.NONE ? rows : rows.with(view.memory(), length);
    if (node.op() instanceof Op.Broadcast broadcast) {
      return new Op.Broadcast(broadcast.axes(), broadcast.axes().stream().map(sized::dim).toList());
    }
    if (node.op() instanceof Op.Constant constant) {
      return new Op.Constant(constant.values(), constant.element(), sized);
    }
    return node.is(Op.Reshape.class) ? new Op.Reshape(sized) : node.op();
  }

  private static Node without(Node row) {
    return new Build(row.origin()).reshape(row, row.shape().range(1, row.rank()));
  }
}
