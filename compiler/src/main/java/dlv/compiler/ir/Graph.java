package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What an entry computes: named outputs, and the next values of states. Everything else follows from these.
 *
 * @param products what products multiply, {@code FLOAT} or {@code BF16}; they add in 32 bits
 */
public record Graph(String name, List<Output> outputs, List<Update> updates, Element products) {
  /** A value that somebody outside reads. */
  public record Output(String name, Node node) {}

  /** A state's next value, which it takes after every reader has seen the present one. */
  public record Update(Op.State state, Node next) {}

  public Graph {
    outputs = List.copyOf(outputs);
    updates = List.copyOf(updates);
  }

  public Graph(String name, List<Output> outputs, List<Update> updates) {
    this(name, outputs, updates, Element.FLOAT);
  }

  /** The wanted nodes: outputs, then updates. */
  public List<Node> roots() {
    var roots = new ArrayList<Node>();
    outputs.forEach(output -> roots.add(output.node()));
    updates.forEach(update -> roots.add(update.next()));
    return roots;
  }

  /** Every node that a root needs, operands before users; the order depends on the graph alone. */
  public List<Node> nodes() {
    return topological(roots());
  }

  /** Every node that {@code roots} need, operands before users. */
  public static List<Node> topological(List<Node> roots) {
    var done = new IdentityHashMap<Node, Boolean>();
    var order = new ArrayList<Node>();
    var stack = new ArrayList<Node>();
    for (Node root : roots) {
      stack.add(root);
      while (!stack.isEmpty()) {
        Node node = stack.get(stack.size() - 1);
        if (done.containsKey(node)) {
          stack.remove(stack.size() - 1);
          continue;
        }
        int before = stack.size();
        for (int i = node.operands().size() - 1; i >= 0; i--) {
          if (!done.containsKey(node.operand(i))) {
            stack.add(node.operand(i));
          }
        }
        if (stack.size() == before) {
          done.put(node, true);
          order.add(node);
          stack.remove(stack.size() - 1);
        }
      }
    }
    return order;
  }

  /** {@code roots} with some of the nodes they need replaced by others. */
  public static List<Node> replaced(List<Node> roots, Map<Node, Node> others) {
    var all = new IdentityHashMap<>(others);
    for (Node node : topological(roots)) {
      if (!all.containsKey(node)) {
        all.put(node, node.withOperands(node.operands().stream().map(all::get).toList()));
      }
    }
    return roots.stream().map(all::get).toList();
  }

  /** Who reads each node, in the order of {@link #nodes()}; roots without readers map to an empty list. */
  public Map<Node, List<Node>> readers() {
    var readers = new IdentityHashMap<Node, List<Node>>();
    for (Node node : nodes()) {
      readers.putIfAbsent(node, new ArrayList<>());
      node.operands().forEach(operand -> readers.get(operand).add(node));
    }
    return readers;
  }

  /** This graph with every node rebuilt, operands first: {@code rewrite} gets it over its new operands. */
  public Graph rewrite(UnaryOperator<Node> rewrite) {
    var replaced = new IdentityHashMap<Node, Node>();
    for (Node node : nodes()) {
      replaced.put(node, rewrite.apply(node.withOperands(node.operands().stream().map(replaced::get).toList())));
    }
    return replace(replaced);
  }

  /** This graph with its roots replaced by what {@code replaced} says of them. */
  public Graph replace(Map<Node, Node> replaced) {
    return new Graph(name,
        outputs.stream().map(o -> new Output(o.name(), replaced.getOrDefault(o.node(), o.node()))).toList(),
        updates.stream().map(u -> new Update(u.state(), replaced.getOrDefault(u.next(), u.next()))).toList(),
        products);
  }

  /** This graph with named dimensions replaced, in shapes and operations alike. */
  public Graph substitute(Map<String, Dim> values) {
    var replaced = new IdentityHashMap<Node, Node>();
    var substitution = new Substitution(values);
    for (Node node : nodes()) {
      replaced.put(node, substitution.of(node, replaced));
    }
    return new Graph(name,
        outputs.stream().map(o -> new Output(o.name(), replaced.get(o.node()))).toList(),
        updates.stream().map(u -> new Update((Op.State) Substitution.in(u.state(), values), replaced.get(u.next())))
            .toList(), products);
  }
}
