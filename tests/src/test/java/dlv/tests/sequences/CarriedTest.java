package dlv.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dlv.compiler.check.Checker;
import dlv.compiler.check.DataTypes;
import dlv.compiler.check.StateInfo;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.lower.Lower;
import dlv.compiler.pass.Passes;
import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Parser;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** States that go on from batch to batch: two windows of four numbers are one of eight, until an epoch begins anew. */
class CarriedTest {
  private static final int WINDOW = 4;
  private static final String TEXT = """
      network Net(x: float[T, 1]) -> float[T] { (x -> GRU(3) -> Dense(1))[..., 0] }

      train Stream {
        data  numbers = numbers()
        model net     = Net
        minimize squared_error(net(numbers.x), 0) with sgd(1e-12)
        batch 2
        epochs 3
        carry %s
      }
      """;

  /** Six rows, each a window of one stream of numbers. */
  private record Numbers(boolean continues) implements DataTypes {
    @Override
    public List<String> sources() {
      return List.of("numbers");
    }

    @Override
    public Optional<List<Parameter>> parameters(String source) {
      return Optional.of(List.of());
    }

    @Override
    public Table read(String source, Map<String, Object> arguments, Optional<String> override, Span span) {
      return new Table(List.of(new Field("x", Element.FLOAT, List.of((long) WINDOW, 1L), 1, 0, List.of())), 6, 0, 2,
          continues);
    }
  }

  private static TrainProgram program(boolean carry) {
    return Checker.check(Parser.parse(new SourceFile("stream.dlv", TEXT.formatted(carry))), Checker.Options.NONE,
        new Numbers(true)).trains().get(0);
  }

  private static double[] stream() {
    return new Random(2).doubles(6 * WINDOW, -2, 2).toArray();
  }

  private static Bindings bindings(Graph graph) {
    Map<String, Long> sizes = Map.of("batch", 2L, "numbers.rows", 6L);
    Map<String, Dim> dims = Map.of("batch", Dim.of(2), "numbers.rows", Dim.of(6));
    Map<String, Array> states = new HashMap<>();
    for (Node node : Graph.topological(graph.roots())) {
      if (node.op() instanceof Op.State state) {
        long[] shape = state.shape().substitute(dims).values();
        int n = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
        boolean weight = state.role() == dlv.compiler.ir.Role.WEIGHT;
        states.put(state.path(), new Array(state.element(), shape,
            weight ? new Random(7).doubles(n, -1, 1).toArray() : new double[n]));
      }
    }
    // Two lanes of three steps: rows 0, 1, 2 and rows 3, 4, 5.
    Map<String, Array> inputs = Map.of("numbers.x", Array.floats(stream(), 6, WINDOW, 1),
        "numbers.order", Array.ints(new double[] {0, 3, 1, 4, 2, 5}, 6));
    return new Bindings(inputs, states, sizes);
  }

  /** The state of a GRU after {@code count} numbers of the stream, by the weights in {@code bindings}. */
  private static double[] after(int from, int count, Bindings bindings) {
    String text = "network Use(x: float[T, 1]) { GRU(x, 3).h }";
    var use = Checker.check(Parser.parse(new SourceFile("use.dlv", text)), Checker.Options.NONE, new Numbers(true))
        .networks().get(0);
    double[] weights = bindings.states().get("net").data();
    Map<String, Array> states = new HashMap<>();
    int offset = 0;
    for (StateInfo state : use.states()) {
      int n = Math.toIntExact(state.shape().elements().value());
      states.put(state.path(), new Array(Element.FLOAT, state.shape().values(),
          Arrays.copyOfRange(weights, offset, offset + n)));
      offset = (offset + n + 15) / 16 * 16;
    }
    Graph graph = new Graph("use", List.of(new Graph.Output("h", use.results().get(0).node())), List.of())
        .substitute(Map.of("T", Dim.of(count)));
    return Interpreter.evaluate(graph, new Bindings(Map.of("x", Array.floats(
        Arrays.copyOfRange(stream(), from, from + count), count, 1)), states, Map.of())).outputs().get("h").data();
  }

  @Test
  void aStateGoesOnUntilTheEpochEnds() {
    Graph graph = Passes.run(Lower.train(program(true)).entries().get(0));
    Bindings bindings = bindings(graph);
    for (int step = 0; step < 4; step++) {
      bindings = bindings.withStates(Interpreter.evaluate(graph, bindings).states());
      double[] kept = bindings.states().get("net.gru1.h").data();
      int seen = (step % 3 + 1) * WINDOW;
      assertArrayEquals(after(0, seen, bindings), Arrays.copyOf(kept, 3), 1e-9, "lane 0 after step " + step);
      assertArrayEquals(after(3 * WINDOW, seen, bindings), Arrays.copyOfRange(kept, 3, 6), 1e-9,
          "lane 1 after step " + step);
    }
  }

  @Test
  void withoutItNothingIsKept() {
    assertEquals(List.of(), program(false).carried());
    assertEquals(1, program(true).carried().size());
  }

  @Test
  void thereMustBeAStateToGoOn() {
    String text = TEXT.formatted(true).replace("GRU(3) -> ", "");
    var unit = Parser.parse(new SourceFile("stream.dlv", text));
    var error = assertThrows(CompileException.class,
        () -> Checker.check(unit, Checker.Options.NONE, new Numbers(true)));
    assertEquals("`carry` is set, and there is no state of a cell that could go on",
        error.diagnostics().get(0).message());
  }
}
