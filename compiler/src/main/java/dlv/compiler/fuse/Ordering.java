package dlv.compiler.fuse;

import dlv.compiler.ir.CompilerBug;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which kernels run: after what they read, and the next value of a state after all readers of the present
 * one. Of several kernels that may run, the one that lets go of the most memory for what it takes does.
 */
final class Ordering {
  private final Graph graph;
  private final List<Kernel> kernels;
  private final Map<Node, Kernel> writers = new IdentityHashMap<>();
  private final Map<Node, Double> bytes = new IdentityHashMap<>();
  private final Map<Kernel, Set<Kernel>> after = new IdentityHashMap<>();

  private Ordering(Graph graph, List<Kernel> kernels) {
    this.graph = graph;
    this.kernels = new ArrayList<>(kernels);
    for (Kernel kernel : kernels) {
      kernel.results().forEach(result -> writers.put(result, kernel));
    }
    kernels.forEach(kernel -> after.put(kernel, before(kernel)));
  }

  static Schedule of(Graph graph, List<Kernel> kernels, Map<Node, Placement> placements) {
    var ordering = new Ordering(graph, kernels);
    var updates = graph.updates().stream().map(ordering::ordered).toList();
    List<Kernel> order = ordering.inOrder();
    var loops = new LinkedHashMap<String, Steps>();
    order.stream().filter(kernel -> kernel.form() == Form.LOOP).forEach(k -> loops.put(k.name(), Steps.of(k)));
    return new Schedule(new Graph(graph.name(), graph.outputs(), updates), order, placements, loops);
  }

  /** Kernels told apart by identity, which costs less than comparing bodies. */
  private static Set<Kernel> kernelSet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private Set<Kernel> before(Kernel kernel) {
    Set<Kernel> before = kernelSet();
    for (Node operand : kernel.operands()) {
      List<Node> stored = operand.is(Op.Concat.class) && !writers.containsKey(operand) ? operand.operands()
          : List.of(operand);
      stored.stream().map(writers::get).filter(writer -> writer != null).forEach(before::add);
    }
    return before;
  }

  /** Lets the update wait for every reader of the old value; where one of them waits for it, a copy does instead. */
  private Graph.Update ordered(Graph.Update update) {
    Kernel writer = writers.get(update.next());
    List<Kernel> readers = kernels.stream().filter(kernel -> reads(kernel, update.state())).toList();
    boolean clash = readers.stream().anyMatch(reader -> reader == writer
        ? !readsElementwise(reader, update) : dependsOn(reader, writer));
    if (!clash) {
      readers.stream().filter(reader -> reader != writer).forEach(after.get(writer)::add);
      return update;
    }
    Node copy = Roots.copy(update.next());
    Form form = copy.rank() == 0 ? Form.SCALAR : Form.POINTWISE;
    var kernel = new Kernel("copy_" + update.state().path().replaceAll("\\W", "_"), form, List.of(), List.of(copy),
        List.of(update.next()), List.of(copy));
    Set<Kernel> before = kernelSet();
    before.addAll(readers);
    before.add(writer);
    kernels.add(kernel);
    after.put(kernel, before);
    return new Graph.Update(update.state(), copy);
  }

  private static boolean reads(Kernel kernel, Op.State state) {
    return kernel.operands().stream().anyMatch(node -> isState(node, state));
  }

  private static boolean isState(Node node, Op.State state) {
    return node.op() instanceof Op.State read && read.path().equals(state.path());
  }

  /** Whether {@code kernel} reads the state only at the element where it stores the next value. */
  private static boolean readsElementwise(Kernel kernel, Graph.Update update) {
    boolean elementwise = kernel.form() == Form.POINTWISE || kernel.form() == Form.SCALAR;
    return elementwise && kernel.body().stream().allMatch(node ->
        Kind.of(node) == Kind.MAP || kernel.form() == Form.SCALAR || node.operands().stream().noneMatch(operand -> isState(operand, update.state())));
  }

  private boolean dependsOn(Kernel kernel, Kernel other) {
    Set<Kernel> seen = kernelSet();
    var queue = new ArrayDeque<Kernel>(List.of(kernel));
    while (!queue.isEmpty()) {
      for (Kernel before : after.get(queue.remove())) {
        if (before == other) {
          return true;
        }
        if (seen.add(before)) {
          queue.add(before);
        }
      }
    }
    return false;
  }

  private List<Kernel> inOrder() {
    var waiting = new ArrayList<>(kernels);
    var order = new ArrayList<Kernel>();
    Set<Kernel> done = kernelSet();
    var readers = new IdentityHashMap<Node, Integer>();
    kernels.forEach(kernel -> kernel.operands().forEach(operand -> readers.merge(operand, 1, Integer::sum)));
    graph.roots().forEach(root -> readers.merge(root, 1, Integer::sum));
    while (!waiting.isEmpty()) {
      Kernel best = null;
      double least = 0;
      for (Kernel kernel : waiting) {
        double growth = done.containsAll(after.get(kernel)) ? growth(kernel, readers) : Double.NaN;
        if (!Double.isNaN(growth) && (best == null || growth < least)) {
          best = kernel;
          least = growth;
        }
      }
      if (best == null) {
        throw new CompilerBug("kernels wait for each other: " + waiting.stream().map(k -> k.name() + " for "
            + after.get(k).stream().filter(waiting::contains).map(Kernel::name).toList()).toList(),
            waiting.get(0).results().get(0).origin());
      }
      Kernel next = best;
      waiting.removeIf(kernel -> kernel == next);
      done.add(next);
      order.add(next);
      next.operands().forEach(operand -> readers.merge(operand, -1, Integer::sum));
    }
    return order;
  }

  /** Bytes that {@code kernel} takes, less those that nobody reads after it. */
  private double growth(Kernel kernel, Map<Node, Integer> readers) {
    double growth = 0;
    for (Node result : kernel.results()) {
      growth += bytes(result);
    }
    for (Node operand : kernel.operands()) {
      growth -= readers.get(operand) == 1 && Kind.of(operand) != Kind.LEAF ? bytes(operand) : 0;
    }
    return growth;
  }

  private double bytes(Node node) {
    return bytes.computeIfAbsent(node, Ordering::usualBytes);
  }

  private static double usualBytes(Node node) {
    var sizes = new LinkedHashMap<String, Dim>();
    node.shape().dims().forEach(dim -> dim.names().forEach(name -> sizes.put(name, Dim.of(128))));
    return (double) node.shape().elements().substitute(sizes).value() * node.element().bytes();
  }
}
