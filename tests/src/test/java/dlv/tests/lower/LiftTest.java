package dlv.tests.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.check.TensorType;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.lower.Lower;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.tests.samples.OpSamples;
import dlv.tests.samples.Sample;
import dlv.tests.samples.ScanSamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive over a batch of examples gives what it gives for each alone. */
class LiftTest {
  private static final int ROWS = 3;

  static Stream<Sample> samples() {
    return Stream.concat(OpSamples.all().stream(), ScanSamples.all().stream()).filter(sample -> sample.graph().nodes().stream().noneMatch(LiftTest::isNoExample));
  }

  /** Samples of whole batches, of chance (which differs by example) and of states are no business of an example. */
  private static boolean isNoExample(Node node) {
    return node.shape().dims().contains(Dim.BATCH) || node.is(Op.Random.class) || node.is(Op.State.class)
        || node.op() instanceof Op.Size size && size.dim().names().contains("batch");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aBatchIsItsExamples(Sample sample) {
    assumeTrue(!sample.bindings().inputs().isEmpty(), "no input varies");
    var examples = new ArrayList<Map<String, Array>>();
    for (int row = 0; row < ROWS; row++) {
      examples.add(varied(sample.bindings().inputs(), row));
    }
    Graph batched = Lower.network(network(sample.graph())).entries().get(0);
    var inputs = new HashMap<String, Array>();
    sample.bindings().inputs().keySet().forEach(name ->
        inputs.put(name, stacked(examples.stream().map(e -> e.get(name)).toList())));
    inputs.put("live", Array.scalar(Element.INT, ROWS));
    var sizes = new HashMap<>(sample.bindings().dimensions());
    sizes.put("batch", (long) ROWS);
    var all = Interpreter.evaluate(batched, new Bindings(inputs, Map.of(), sizes)).outputs();
    for (Graph.Output output : sample.graph().outputs()) {
      Array rows = all.get(output.name());
      for (int row = 0; row < ROWS; row++) {
        Array alone = Interpreter.evaluate(sample.graph(),
            new Bindings(examples.get(row), Map.of(), sample.bindings().dimensions())).outputs().get(output.name());
        int size = alone.data().length;
        assertArrayEquals(alone.data(), Arrays.copyOfRange(rows.data(), row * size, (row + 1) * size), 1e-12,
            output.name() + " of row " + row);
      }
    }
  }

  private static NetworkProgram network(Graph graph) {
    List<Port> inputs = graph.nodes().stream().filter(node -> node.is(Op.Input.class))
        .map(node -> port(((Op.Input) node.op()).name(), node)).toList();
    List<Port> results = graph.outputs().stream().map(o -> port(o.name(), o.node())).toList();
    return new NetworkProgram("sample", "", null, inputs, results, List.of(), null);
  }

  private static Port port(String name, Node node) {
    return new Port(name, new TensorType(node.element(), node.shape(), Optional.empty()), node);
  }

  /** Other values for each row; places stay what they are, so that they stay inside. */
  private static Map<String, Array> varied(Map<String, Array> inputs, int row) {
    var varied = new HashMap<String, Array>();
    inputs.forEach((name, array) -> varied.put(name, array.element() != Element.FLOAT ? array : new Array(
        array.element(), array.shape(), Arrays.stream(array.data()).map(v -> v * (1 + 0.25 * row)).toArray())));
    return varied;
  }

  private static Array stacked(List<Array> rows) {
    long[] shape = new long[rows.get(0).shape().length + 1];
    shape[0] = rows.size();
    System.arraycopy(rows.get(0).shape(), 0, shape, 1, shape.length - 1);
    return new Array(rows.get(0).element(), shape, rows.stream().flatMapToDouble(r -> Arrays.stream(r.data())).toArray());
  }
}
