package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Equations of an optimiser that compute each element alone, said of a vector: then one graph changes all weights that
 * lie side by side.
 */
final class Flat {
  private static final Shape VECTOR = Shape.of(Optimiser.WEIGHTS);
  private final Shape shape;
  private final Map<Node, Node> done = new IdentityHashMap<>();

  private Flat(Shape shape) {
    this.shape = shape;
  }

  /** The same equations, over a vector where that is possible. */
  static Optimiser.Equations of(Optimiser.Equations equations, Shape shape) {
    Flat flat = new Flat(shape);
    List<Node> all = Graph.topological(roots(equations));
    if (!all.stream().allMatch(flat::isElementwise)) {
      return equations;
    }
    all.forEach(node -> flat.done.put(node, flat.flattened(node)));
    Map<String, Node> updates = new LinkedHashMap<>();
    equations.updates().forEach((name, node) -> updates.put(name, flat.done.get(node)));
    return new Optimiser.Equations(true, flat.done.get(equations.weight()), updates);
  }

  private static List<Node> roots(Optimiser.Equations equations) {
    List<Node> roots = new ArrayList<>(equations.updates().values());
    roots.add(equations.weight());
    return roots;
  }

  private boolean isElementwise(Node node) {
    boolean known = node.op() instanceof Op.Map || node.op() instanceof Op.Constant constant && isUniform(constant)
        || node.op() instanceof Op.Input || node.op() instanceof Op.State
        || node.op() instanceof Op.Broadcast && node.operand(0).rank() == 0;
    return known && (node.rank() == 0 || node.shape().equals(shape));
  }

  private static boolean isUniform(Op.Constant constant) {
    return constant.values().size() == 1;
  }

  private Node flattened(Node node) {
    Node[] operands = node.operands().stream().map(done::get).toArray(Node[]::new);
    Build build = new Build(node.origin());
    if (node.rank() == 0) {
      return build.node(node.op(), operands);
    }
    if (node.op() instanceof Op.Input input) {
      return build.node(new Op.Input(input.name(), input.element(), VECTOR));
    }
    if (node.op() instanceof Op.State state) {
      return build.node(new Op.State(state.path(), state.role(), state.element(), VECTOR, state.turn()));
    }
    if (node.op() instanceof Op.Constant constant) {
      return build.node(new Op.Constant(constant.values(), constant.element(), VECTOR));
    }
    return node.op() instanceof Op.Broadcast ? build.fill(operands[0], VECTOR) : build.node(node.op(), operands);
  }

  /** Whether two elementwise sets of equations compute the same. */
  static boolean same(Optimiser.Equations a, Optimiser.Equations b) {
    return a.elementwise() && b.elementwise() && a.updates().keySet().equals(b.updates().keySet())
        && numbered(a).equals(numbered(b));
  }

  /** The operations in order, each with the places of its operands. */
  private static List<Object> numbered(Optimiser.Equations equations) {
    Map<Node, Integer> places = new IdentityHashMap<>();
    List<Object> text = new ArrayList<>();
    List<Node> roots = roots(equations);
    for (Node node : Graph.topological(roots)) {
      text.add(List.of(node.op(), node.operands().stream().map(places::get).toList()));
      places.put(node, places.size());
    }
    text.add(roots.stream().map(places::get).toList());
    return text;
  }
}
