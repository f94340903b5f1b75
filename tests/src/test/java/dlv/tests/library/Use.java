package dlv.tests.library;

import dlv.compiler.Compiler;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.StateInfo;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.source.SourceFile;
import dlv.compiler.type.Element;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * One application of a library declaration to the inputs {@code v, u: float[6]}, {@code i: float[4, 8, 9]} and
 * {@code l: index(6)}, and what it should answer.
 *
 * @param expected the answer, calculated from the values of inputs and states
 */
record Use(String body, Function<Map<String, double[]>, double[]> expected) {
  static final int LABEL = 2;

  /** What draws are keyed by. */
  static final Map<String, Array> CHANCE = Map.of("seed", Array.scalar(Element.INT, 7),
      "step", Array.scalar(Element.INT, 0), "turn", Array.scalar(Element.INT, 0));

  NetworkProgram program() {
    String text = "network Use(v: float[6], u: float[6], i: float[4, 8, 9], l: index(6)) { " + body + " }";
    return Compiler.check(new SourceFile("use.dlv", text), Compiler.Given.NOTHING).networks().get(0);
  }

  /** Inputs and states by chance, the same for the same use. */
  Bindings bindings(NetworkProgram program) {
    var random = new Random(body.hashCode());
    Map<String, Array> inputs = new HashMap<>();
    inputs.put("v", Array.floats(random.doubles(6, -2, 2).toArray(), 6));
    inputs.put("u", Array.floats(random.doubles(6, -2, 2).toArray(), 6));
    inputs.put("i", Array.floats(random.doubles(4 * 8 * 9, -2, 2).toArray(), 4, 8, 9));
    inputs.put("l", Array.ints(new double[] {LABEL}));
    Map<String, Array> states = new HashMap<>();
    for (StateInfo state : program.states()) {
      long[] shape = state.shape().values();
      int n = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
      states.put(state.path(), Array.floats(random.doubles(n, 0.2, 1.5).toArray(), shape));
    }
    states.putAll(CHANCE);
    return new Bindings(inputs, states, Map.of());
  }

  static Array evaluate(Node node, Bindings bindings) {
    Graph graph = new Graph("use", java.util.List.of(new Graph.Output("answer", node)), java.util.List.of());
    return Interpreter.evaluate(graph, bindings).outputs().get("answer");
  }

  static Map<String, double[]> values(Bindings bindings) {
    Map<String, double[]> values = new HashMap<>();
    bindings.inputs().forEach((name, array) -> values.put(name, array.data()));
    bindings.states().forEach((name, array) -> values.put(name.substring(name.indexOf('.') + 1), array.data()));
    return values;
  }

  @Override
  public String toString() {
    return body;
  }
}
