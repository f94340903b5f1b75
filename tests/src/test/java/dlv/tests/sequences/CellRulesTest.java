package dlv.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.StateInfo;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.simplify.Spread;
import dlv.compiler.source.SourceFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a cell is, each rule on the smallest file that shows it, over x = 1, 2, 3 and y = 10. */
class CellRulesTest {
  private static final String SUM = """
      /// Running sums, weighted.
      cell Sum(x: float[m], rate: float[m]) -> float[m] {
        weight w: float[m] = ones
        weight start: float[m] = zeros
        state total: float[m] = start
        total' = total + rate * w * x
        total'
      }
      """;

  private static NetworkProgram use(String body) {
    String text = SUM + "network Use(x: float[3, 1], y: float[1]) {\n" + body + "\n}\n";
    var networks = Compiler.check(new SourceFile("use.dlv", text), Compiler.Given.NOTHING).networks();
    return networks.get(networks.size() - 1);
  }

  private static double[] value(String body, double w, double start) {
    Map<String, Array> states = new HashMap<>();
    for (StateInfo state : use(body).states()) {
      states.put(state.path(), Array.floats(new double[] {state.path().endsWith("start") ? start : w}, 1));
    }
    var graph = new Graph("use", List.of(new Graph.Output("answer", use(body).results().get(0).node())), List.of());
    var inputs = Map.of("x", Array.floats(new double[] {1, 2, 3}, 3, 1), "y", Array.floats(new double[] {10}, 1));
    return Interpreter.evaluate(graph, new Bindings(inputs, states, Map.of())).outputs().get("answer").data();
  }

  @Test
  void itRunsAlongTheFirstAxisOfWhatHasOneMore() {
    assertArrayEquals(new double[] {20, 60, 120}, value("Sum(x, y)", 2, 0));
    assertArrayEquals(new double[] {2, 10, 28}, value("Sum(x, x)", 2, 0));
    assertArrayEquals(new double[] {20, 40, 60}, value("Sum(y, x) - Sum(y, x) + 20 * x", 2, 0));
  }

  @Test
  void eachAppliesANetworkAlongTheFirstAxisWithTheSameWeights() {
    String net = "network Scaled(v: float[1]) -> float[1] {\n weight w: float[1] = ones\n v * w + sum(v)\n}\n";
    var program = Compiler.check(new SourceFile("each.dlv", net
        + "network Use(x: float[3, 1]) { x -> each(Scaled) }\n"
        + "network Twice(x: float[2, 3, 1]) { x -> each(Rows) }\n"
        + "network Rows(x: float[3, 1]) -> float[3, 1] { x -> each(Scaled) }\n"), Compiler.Given.NOTHING);
    NetworkProgram use = program.network("Use").orElseThrow();
    assertEquals(List.of("scaled1.w"), use.states().stream().map(StateInfo::path).toList());
    assertEquals("float[2, 3, 1]", program.network("Twice").orElseThrow().results().get(0).type().text());
    var graph = new Graph("use", List.of(new Graph.Output("answer", use.results().get(0).node())), List.of());
    var bindings = new Bindings(Map.of("x", Array.floats(new double[] {1, 2, 3}, 3, 1)),
        Map.of("scaled1.w", Array.floats(new double[] {2}, 1)), Map.of());
    assertArrayEquals(new double[] {3, 6, 9}, Interpreter.evaluate(graph, bindings).outputs().get("answer").data());
    Graph spread = Spread.in(graph);
    assertTrue(spread.nodes().stream().noneMatch(node -> node.is(Op.Scan.class)));
    assertArrayEquals(new double[] {3, 6, 9}, Interpreter.evaluate(spread, bindings).outputs().get("answer").data());
  }

  @Test
  void statesBeginAsDeclaredOrAsGiven() {
    assertArrayEquals(new double[] {25, 65, 125}, value("Sum(x, y)", 2, 5));
    assertArrayEquals(new double[] {30, 70, 130}, value("Sum(x, y, total: y)", 2, 5));
    assertArrayEquals(new double[] {20.5, 60.5, 120.5}, value("Sum(x, y, total: 0.5)", 2, 5));
  }

  @Test
  void anInstanceSharesItsWeightsAndNotItsStates() {
    String twice = "let sum = Sum\nsum(x, y) + sum(x, y)";
    assertEquals(List.of("sum.w", "sum.start"), use(twice).states().stream().map(StateInfo::path).toList());
    assertArrayEquals(new double[] {40, 120, 240}, value(twice, 2, 0));
    assertEquals(4, use("Sum(x, y) + Sum(x, y)").states().size());
  }

  @Test
  void finalStatesAreReadByName() {
    assertArrayEquals(new double[] {120}, value("let run = Sum(x, y)\nrun.total", 2, 0));
    assertArrayEquals(new double[] {240, 280, 340}, value("Sum(x, y, total: last(Sum(x, y)) * 2 - 20)", 2, 0));
  }

  @Test
  void fromTheEnd() {
    assertArrayEquals(new double[] {120, 100, 60}, value("reverse(Sum)(x, y)", 2, 0));
    assertArrayEquals(new double[] {120}, value("reverse(Sum)(x, y).total", 2, 0));
    assertArrayEquals(new double[] {60, 100, 120}, value("Sum(reverse(x), y)", 2, 0));
  }

  @Test
  void aCellInsideACell() {
    String text = """
        cell Outer(x: float, e: float[S, 1]) -> float[1] {
          state s: float[1] = zeros
          s' = s + x * last(Sum(e, 1))
          s'
        }
        """;
    String all = SUM + text + "network Use(x: float[3, 1], y: float[1]) { Outer(x[..., 0], x) + 0 * y }";
    var networks = Compiler.check(new SourceFile("use.dlv", all), Compiler.Given.NOTHING).networks();
    NetworkProgram use = networks.get(networks.size() - 1);
    Map<String, Array> states = new HashMap<>();
    use.states().forEach(state -> states.put(state.path(), Array.floats(new double[] {1}, 1)));
    var graph = new Graph("use", List.of(new Graph.Output("answer", use.results().get(0).node())), List.of());
    var inputs = Map.of("x", Array.floats(new double[] {1, 2, 3}, 3, 1), "y", Array.floats(new double[] {10}, 1));
    assertArrayEquals(new double[] {7, 21, 42},
        Interpreter.evaluate(graph, new Bindings(inputs, states, Map.of())).outputs().get("answer").data());
  }

  /** One draw for all steps, made before the first: each step has its own, keyed by its place in time. */
  @Test
  void drawsInsideACellDifferFromStepToStep() {
    String text = """
        cell Noisy(x: float[m]) -> float[m] {
          state s: float[m] = zeros
          s' = s + Dropout(x, 0.5)
          s'
        }
        network Net(x: float[1, 28, 28]) -> float { sum(reshape(x, [28, 28]) -> Noisy -> last -> Dense(1)) }
        train Noise {
          data  digits = digits()
          model net = Net
          minimize net(digits.image) with sgd(0.1)
          epochs 1
        }
        """;
    TrainProgram train = Compiler.check(new SourceFile("use.dlv", text), Compiler.Given.NOTHING).trains().get(0);
    List<Node> draws = Graph.topological(List.of(train.minimize().get(0).loss())).stream()
        .filter(node -> node.is(Op.Random.class)).toList();
    assertEquals(List.of("[28, 28]"), draws.stream().map(node -> node.shape().text()).toList());
  }
}
