package dlv.tests.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.fuse.Kernel;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Element;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the interpreter says of each node of a graph, and how far 32-bit arithmetic may be from it: {@code 8 ε √n Σ|terms|}
 * with ε = 2⁻²⁴ (devices may take denormals as 0), n the longest chain of sums, and Σ|terms| what results where all terms are added without their signs.
 */
final class Reference {
  private static final double EPSILON = 0x1p-24;

  private final Bindings bindings;
  private final Map<Node, Node> sized = new IdentityHashMap<>();
  private final Map<Node, Array> values = new IdentityHashMap<>();
  private final Map<Node, Array> terms = new IdentityHashMap<>();
  private final Map<Node, Double> lengths = new IdentityHashMap<>();

  /** Of a whole graph, from its leaves on. */
  Reference(Graph graph, Bindings bindings) {
    this(graph, bindings, graph.nodes(), Map.of());
  }

  /** Of a kernel of a graph, over the values of its operands. */
  Reference(Graph graph, Bindings bindings, Kernel kernel, Function<Node, Array> operands) {
    this(graph, bindings, kernel.body(), kernel.operands().stream().collect(
        IdentityHashMap::new, (map, node) -> map.put(node, operands.apply(node)), Map::putAll));
  }

  private Reference(Graph graph, Bindings bindings, List<Node> body, Map<Node, Array> known) {
    this.bindings = bindings;
    List<Node> named = graph.nodes();
    List<Node> numbers = graph.substitute(bindings.dims()).nodes();
    for (int i = 0; i < named.size(); i++) {
      sized.put(named.get(i), numbers.get(i));
    }
    known.forEach((node, value) -> {
      values.put(sized.get(node), value);
      lengths.put(sized.get(node), 1.0);
      terms.put(sized.get(node), absolute(value));
    });
    for (Node node : body.stream().map(sized::get).toList()) {
      values.put(node, Interpreter.evaluate(node, node.operands().stream().map(values::get).toList(), bindings));
      lengths.put(node, length(node));
      terms.put(node, terms(node));
    }
  }

  private static Array absolute(Array value) {
    return value.element() != Element.FLOAT ? value : new Array(value.element(), value.shape(),
        Arrays.stream(value.data()).map(Math::abs).toArray());
  }

  private double length(Node node) {
    double own = node.is(Op.Reduce.class) || node.is(Op.Contract.class) || node.is(Op.Fold.class)
        || node.is(Op.ScatterAdd.class) ? work(node) : 1;
    return node.operands().stream().mapToDouble(lengths::get).max().orElse(1) * own;
  }

  private static double work(Node node) {
    double most = node.operands().stream().mapToDouble(x -> x.shape().elements().value()).max().orElse(1);
    return Math.max(1, most / Math.max(1, node.shape().elements().value()));
  }

  private Array terms(Node node) {
    Array value = values.get(node);
    if (node.element() != Element.FLOAT) {
      return value;
    }
    List<Array> operands = node.operands().stream().map(terms::get).toList();
    if (node.op() instanceof Op.Map op) {
      return mapped(op.function(), node, value, operands);
    }
    boolean smooth = node.is(Op.Reducer.LOGSUMEXP) || node.is(Op.Reducer.VARIANCE);
    Array sum = node.operands().isEmpty() || node.is(Op.Random.class) ? value
        : Interpreter.evaluate(node, operands, bindings);
    if (node.is(Op.Reducer.VARIANCE)) {
      double most = Arrays.stream(operands.get(0).data()).max().orElse(0);
      return Array.filled(Element.FLOAT, most * most, value.shape());
    }
    var data = new double[value.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = Math.abs(sum.data()[i]) + (smooth ? Math.abs(value.data()[i]) : 0);
    }
    return new Array(Element.FLOAT, value.shape(), data);
  }

  private Array mapped(Scalar function, Node node, Array value, List<Array> operands) {
    var data = new double[value.size()];
    for (int i = 0; i < data.length; i++) {
      double own = Math.abs(value.data()[i]);
      double sum = 0;
      for (Array operand : operands) {
        sum += Math.abs(operand.data()[i]);
      }
      data[i] = switch (function) {
        case ADD, SUB -> sum;
        case MUL -> Math.abs(operands.get(0).data()[i] * operands.get(1).data()[i]);
        case DIV -> Math.abs(operands.get(0).data()[i] / values.get(node.operand(1)).data()[i]);
        case EXP, POW -> own * (1 + sum);
        case NEG, ABS, RELU, MIN, MAX, SELECT, DETACH, TO_FLOAT -> Math.max(own, sum);
        default -> own + sum;
      };
    }
    return new Array(Element.FLOAT, value.shape(), data);
  }

  Array value(Node node) {
    return values.get(sized.get(node));
  }

  /** Fails unless {@code found} is as near to the node's value as 32-bit arithmetic can be held to. */
  void check(Node node, Array found, String what) {
    Array expected = value(node);
    assertArrayEquals(expected.shape(), found.shape(), what);
    Array scale = terms.get(sized.get(node));
    double factor = 8 * EPSILON * Math.sqrt(lengths.get(sized.get(node)));
    for (int i = 0; i < expected.size(); i++) {
      double e = expected.data()[i];
      double f = found.data()[i];
      if (node.element() != Element.FLOAT) {
        assertEquals(e, f, what + "[" + i + "]");
      } else {
        double allowed = factor * scale.data()[i] + Float.MIN_NORMAL;
        assertTrue(Double.compare(e, f) == 0 || Math.abs(e - f) <= allowed,
            what + "[" + i + "]: expected " + e + ", found " + f + ", allowed " + allowed);
      }
    }
  }
}
