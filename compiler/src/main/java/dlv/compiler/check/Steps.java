package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cell's way along a sequence, while its body is evaluated for one step.
 *
 * <p>The body reads placeholders: for each sequence its element at this step, for each state its value before it. What
 * depends on none of them is the same at every step.
 */
final class Steps {
  /** A state: its value before this step, and before the first one. */
  record Carry(Value.Tensor now, Value.Tensor initial) {}

  private final Steps outer;
  private final Size length;
  private final boolean reversed;
  private final Build build;
  private final List<Node> sequences = new ArrayList<>();
  private final List<Node> elements = new ArrayList<>();
  private final Map<String, Carry> carries = new LinkedHashMap<>();
  private String ended = "";

  /**
   * @param outer the way in one of whose steps this one lies; null where there is none
   * @param reversed from the end to the beginning
   */
  Steps(Steps outer, Size length, boolean reversed, Build build) {
    this.outer = outer;
    this.length = length;
    this.reversed = reversed;
    this.build = build;
  }

  Steps outer() {
    return outer;
  }

  Size length() {
    return length;
  }

  /** The element of {@code sequence[T, …]} at this step. */
  Node each(Node sequence) {
    Node element = placeholder(sequence);
    sequences.add(sequence);
    elements.add(element);
    return element;
  }

  Value.Tensor each(Value.Tensor sequence) {
    return new Value.Tensor(each(sequence.node()), sequence.declared().subList(1, sequence.rank()),
        sequence.categories());
  }

  private Node placeholder(Node sequence) {
    return build.node(new Op.Input("step", sequence.element(), sequence.shape().without(List.of(0))));
  }

  /** The value of a state before this step; {@code initial} is that before the first. */
  Value.Tensor carry(String name, Value.Tensor initial) {
    Node now = build.node(new Op.Input("step", initial.node().element(), initial.shape()));
    Value.Tensor tensor = new Value.Tensor(now, initial.declared(), initial.categories());
    carries.put(name, new Carry(tensor, initial));
    return tensor;
  }

  /** A state that says, once it is true of all examples, that further steps change no state that is asked for. */
  void ended(String name) {
    carry(name, Value.Tensor.of(build.constant(0, Element.BOOL, Shape.SCALAR)));
    ended = name;
  }

  /** Whether a value differs from step to step. */
  boolean varies(Node node) {
    List<Node> placeholders = new ArrayList<>(elements);
    carries.values().forEach(carry -> placeholders.add(carry.now().node()));
    return Graph.topological(List.of(node)).stream().anyMatch(placeholders::contains);
  }

  /** All steps: the answers of each, with time in front, and the states after the last. */
  record Run(List<Node> answers, Map<String, Value.Tensor> finals) {}

  /**
   * Closes the way.
   *
   * @param next the value of each state after a step
   * @param answers of a step
   * @param lived how many steps are real; the states stay as they are in those beyond
   */
  Run close(Map<String, Node> next, List<Node> answers, Optional<Node> lived) {
    Optional<Node> alive = lived.map(this::alive);
    List<Node> results = new ArrayList<>();
    carries.forEach((name, carry) -> results.add(alive.map(on -> held(on, next.get(name), carry.now().node()))
        .orElse(next.get(name))));
    results.addAll(answers);
    List<Node> initial = carries.values().stream().map(carry -> carry.initial().node()).toList();
    int n = initial.size();
    var scan = build.scan(length.value(), reversed, initial, sequences, (states, items) -> {
      Map<Node, Node> stands = new IdentityHashMap<>();
      int i = 0;
      for (Carry carry : carries.values()) {
        stands.put(carry.now().node(), states.get(i++));
      }
      for (int k = 0; k < elements.size(); k++) {
        stands.put(elements.get(k), items.get(k));
      }
      List<Node> placed = placed(results, stands);
      return new Build.Step(placed.subList(0, n), placed.subList(n, placed.size()));
    }, List.copyOf(carries.keySet()).indexOf(ended));
    Map<String, Value.Tensor> finals = new LinkedHashMap<>();
    int i = 0;
    for (var carry : carries.entrySet()) {
      Value.Tensor now = carry.getValue().now();
      finals.put(carry.getKey(), new Value.Tensor(scan.finals().get(i++), now.declared(), now.categories()));
    }
    return new Run(scan.outputs(), finals);
  }

  private Node alive(Node lived) {
    Node time = each(build.index(length.value()));
    return build.map(Scalar.LT, time, lived);
  }

  private Node held(Node alive, Node next, Node now) {
    return build.select(build.fill(alive, now.shape()), next, now);
  }

  /** Nodes with the placeholders that they read replaced; what reads none of them stays as it is. */
  private static List<Node> placed(List<Node> nodes, Map<Node, Node> stands) {
    Map<Node, Node> done = new IdentityHashMap<>(stands);
    for (Node node : Graph.topological(nodes)) {
      done.computeIfAbsent(node, each -> each.withOperands(each.operands().stream().map(done::get).toList()));
    }
    return nodes.stream().map(done::get).toList();
  }
}
