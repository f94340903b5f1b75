package dlv.compiler.lower;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Role;
import dlv.compiler.ir.Scalar;
import dlv.compiler.lower.Lift.Lifted;
import dlv.compiler.type.Dim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Graphs of one example turned into graphs of a batch.
 *
 * <p>Inputs stand for the batch's rows, states for their present values: when a line of training gives a state its
 * next value ({@link #assign}), what is lowered afterwards sees it, and everything that does not depend on it is shared.
 */
final class Lowering {
  /** What the names of inputs begin with among what a node reads. */
  private static final String INPUT = "input ";

  private final Live live;
  private final Map<String, Lifted> inputs = new HashMap<>();
  private final Map<String, Node> states = new HashMap<>();
  private final Map<Node, Lifted> done = new IdentityHashMap<>();
  private final Map<LiftedLoop.Key, LiftedLoop> loops = new HashMap<>();
  private final Map<Node, Set<String>> reads = new IdentityHashMap<>();
  private Node firstExample;

  Lowering(Live live) {
    this.live = live;
  }

  /** An input's rows: {@code node} has the batch in front. What was lowered from other rows is forgotten. */
  void input(String name, Node node) {
    inputs.put(name, new Lifted(node, true));
    done.keySet().removeIf(read -> reads.get(read).contains(INPUT + name));
  }

  /** Lets draws count the batch's examples from {@code number} on, an int, so that they know no batches. */
  void countFrom(Node number) {
    firstExample = number;
  }

  /** What a state is now; whoever reads {@code name} from here on sees {@code value}. */
  void assign(String name, Node value) {
    assign(Map.of(name, value));
  }

  /** New values for several states at once; what was lowered from their old ones is forgotten. */
  void assign(Map<String, Node> values) {
    states.putAll(values);
    done.keySet().removeIf(node -> reads.get(node).stream().anyMatch(values::containsKey));
  }

  /** The name under which a statistic stands after {@code turn} updates of one line. */
  static String key(String path, int turn) {
    return turn == 0 ? path : path + "#" + turn;
  }

  /** Ends a line: statistics have their values of now under their own names alone. */
  void endLine() {
    Set<String> turns = new HashSet<>(states.keySet());
    turns.removeIf(name -> name.indexOf('#') < 0);
    states.keySet().removeAll(turns);
    done.keySet().removeIf(node -> reads.get(node).stream().anyMatch(turns::contains));
  }

  /** The present value of a state. */
  Node state(String name) {
    return states.get(name);
  }

  /** {@code root} for every row of the batch: batch first, repeated where no example influences it. */
  Node rows(Node root) {
    return Lift.whole(Dim.BATCH, lift(root));
  }

  /** {@code root}, which no example may influence. */
  Node common(Node root) {
    Lifted lifted = lift(root);
    if (lifted.varies()) {
      throw new Unsupported("a next value that differs from example to example", root.origin());
    }
    return lifted.node();
  }

  private Lifted lift(Node root) {
    for (Node node : Graph.topological(List.of(root))) {
      if (!done.containsKey(node)) {
        done.put(node, lifted(node));
      }
    }
    return done.get(root);
  }

  private Lifted lifted(Node node) {
    List<Lifted> operands = node.operands().stream().map(done::get).toList();
    reads.computeIfAbsent(node, this::readBy);
    if (node.op() instanceof Op.Input input) {
      return found(inputs.get(input.name()), "input", input.name(), node.origin());
    }
    if (node.op() instanceof Op.State state) {
      Node value = states.getOrDefault(key(state.path(), state.turn()), states.get(state.path()));
      return new Lifted(found(value, "state", state.path(), node.origin()), state.role() == Role.CARRY);
    }
    if (node.op() instanceof Op.Size size && size.dim().names().contains("batch")) {
      return new Lifted(live.size(size.dim(), node.origin()), false);
    }
    if (node.op() instanceof Op.Reduce reduce) {
      return live.reduce(node, reduce, operands.get(0));
    }
    if (node.op() instanceof Op.Random random && firstExample != null) {
      return drawn(node, random);
    }
    return Lift.of(Dim.BATCH, node, operands, loops);
  }

  /** Draws whose elements are numbered through all examples, those of other batches included. */
  private Lifted drawn(Node node, Op.Random random) {
    Build build = new Build(node.origin());
    Node size = build.size(random.shape().elements());
    Node first = build.map(Scalar.MUL, firstExample, size);
    Op.Random all = new Op.Random(random.site(), random.shape().insert(0, Dim.BATCH));
    return new Lifted(build.node(all, done.get(node.operand(0)).node(), done.get(node.operand(1)).node(), first), true);
  }

  private static <T> T found(T value, String kind, String name, Origin origin) {
    if (value == null) {
      throw new IllegalStateException("no " + kind + " " + name + " to lower at " + origin.text());
    }
    return value;
  }

  private Set<String> readBy(Node node) {
    if (node.op() instanceof Op.Input input) {
      return Set.of(INPUT + input.name());
    }
    if (node.op() instanceof Op.State state) {
      return state.turn() == 0 ? Set.of(state.path()) : Set.of(state.path(), key(state.path(), state.turn()));
    }
    var all = new HashSet<String>();
    for (Node operand : node.operands()) {
      all.addAll(reads.get(operand));
    }
    return all;
  }
}
