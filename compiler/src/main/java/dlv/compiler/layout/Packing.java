package dlv.compiler.layout;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Placement;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Copies between what the host lays out row by row and what kernels want in their lanes. A row-major input that a
 * product, a reduction or a window reads gets a packed copy, once, and those kernels read that; an output that such a
 * kernel computes gets one the other way. Kernels that are elementwise over rows alone take neighbours of a row as
 * their lanes, and need none.
 */
final class Packing {
  /** Values with fewer elements of each example are picked together where they are read. */
  private static final long LEAST = 64;
  private static final String PACK = "pack_";
  private static final String UNPACK = "unpack_";

  private final Schedule schedule;
  private final Set<Node> outputs = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Node, Node> packed = new IdentityHashMap<>();
  /** What now stands for each result: what kernels read, and what the host reads. */
  private final Map<Node, Node> replaced = new IdentityHashMap<>();
  private final Map<Node, Node> roots = new IdentityHashMap<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();

  private Packing(Schedule schedule) {
    this.schedule = schedule;
    schedule.graph().outputs().forEach(output -> outputs.add(output.node()));
  }

  /** {@code schedule} with its copies, as kernels among the others; one with loops stays as it is. */
  static Schedule in(Schedule schedule, Flavour flavour) {
    return flavour.lanes() == 1 || !schedule.loops().isEmpty() ? schedule : new Packing(schedule).result();
  }

  private Schedule result() {
    schedule.kernels().forEach(this::add);
    if (kernels.size() == schedule.kernels().size()) {
      return schedule;
    }
    Graph graph = schedule.graph();
    var wanted = graph.outputs().stream().map(o -> new Graph.Output(o.name(), root(o.node()))).toList();
    var updates = graph.updates().stream().map(u -> new Graph.Update(u.state(), root(u.next()))).toList();
    var placements = new IdentityHashMap<Node, Placement>();
    schedule.placements().forEach((part, p) ->
        placements.put(now(part), new Placement(now(p.whole()), p.axis(), p.offset())));
    return new Schedule(new Graph(graph.name(), wanted, updates), kernels, placements, Map.of());
  }

  private Node root(Node node) {
    return roots.getOrDefault(node, now(node));
  }

  /** What kernels read for a stored value or leaf: a concatenation is one of what stands for its parts. */
  private Node now(Node node) {
    return node.is(Op.Concat.class)
        ? replaced.computeIfAbsent(node, n -> n.withOperands(n.operands().stream().map(this::now).toList()))
        : replaced.getOrDefault(node, node);
  }

  private void add(Kernel kernel) {
    boolean rows = isOfRows(kernel);
    Map<Node, Node> own = new IdentityHashMap<>();
    for (Node operand : kernel.operands()) {
      boolean packs = !rows && kernel.form() != Form.INDEXED && operand.is(Op.Input.class) && isLarge(operand);
      own.put(operand, packs ? packed.computeIfAbsent(operand, this::pack) : now(operand));
    }
    for (Node node : kernel.body()) {
      own.put(node, node.withOperands(in(node.operands(), own)));
    }
    kernels.add(new Kernel(kernel.name(), kernel.form(), in(kernel.anchors(), own), in(kernel.body(), own),
        in(kernel.operands(), own), in(kernel.results(), own)));
    for (Node result : kernel.results()) {
      replaced.put(result, own.get(result));
      if (!rows && outputs.contains(result) && isLarge(result) && !schedule.placements().containsKey(result)) {
        roots.put(result, copy(UNPACK, own.get(result)));
      }
    }
  }

  private static List<Node> in(List<Node> nodes, Map<Node, Node> replaced) {
    return nodes.stream().map(replaced::get).toList();
  }

  /** Whether this class has made {@code kernel}. */
  static boolean isCopy(Kernel kernel) {
    return kernel.name().startsWith(PACK) || kernel.name().startsWith(UNPACK);
  }

  private Node pack(Node input) {
    return copy(PACK, input);
  }

  /** Adds a kernel that copies {@code node}. */
  private Node copy(String word, Node node) {
    Node copy = Node.of(new Op.Reshape(node.shape()), List.of(node), node.origin());
    String name = word + node.shape().range(1, node.rank()).dims().stream().map(Dim::formula)
        .collect(Collectors.joining("x"));
    int count = names.merge(name, 1, Integer::sum);
    kernels.add(new Kernel(count == 1 ? name : name + "_n" + count, Form.POINTWISE, List.of(), List.of(copy),
        List.of(node), List.of(copy)));
    return copy;
  }

  /** Whether a kernel is elementwise over values that all lie row by row. */
  private boolean isOfRows(Kernel kernel) {
    return kernel.form() == Form.POINTWISE && outputs.containsAll(kernel.results())
        && kernel.operands().stream().filter(node -> node.shape().dims().contains(Dim.BATCH))
        .allMatch(node -> node.is(Op.Input.class) && kernel.isElementwise(node));
  }

  private static boolean isLarge(Node node) {
    if (node.rank() < 2 || !node.dim(0).equals(Dim.BATCH)) {
      return false;
    }
    Dim elements = node.shape().range(1, node.rank()).elements();
    return elements.isConstant() && elements.value() >= LEAST;
  }
}
