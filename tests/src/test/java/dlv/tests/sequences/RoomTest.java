package dlv.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.Compiler;
import dlv.compiler.autodiff.Differentiate;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.StateInfo;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.source.SourceFile;
import dlv.compiler.type.Element;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sequence of five places, once in room for five and without a word about its length, once in room for nine with
 * rubbish behind the five that are real: what is made of it, and its gradients, are the same.
 */
class RoomTest {
  private static final int REAL = 5;
  private static final int ROOM = 9;
  private static final int M = 4;

  @ParameterizedTest
  @ValueSource(strings = {
      "s -> LSTM(3) -> last", "LSTM(s, 3).C", "s -> GRU(2) -> GRU(2, reset: after) -> last",
      "s -> bidirectional(GRU(3)) -> last", "bidirectional(s, LSTM(2)).h", "s -> reverse -> LSTM(3) -> last",
      "(s -> reverse(LSTM(3)))[0]", "mean(s -> reverse(Elman(3)) -> reverse, over: 0)",
      "mean(s, over: 0)", "sum(s)", "sum(s, over: 1) -> sum", "variance(s, over: 0, correction: 1)", "max(s, over: 0)",
      "min(s, over: 0)", "logsumexp(s, over: 0)", "last(s)", "(s -> reverse)[0]", "sum(s) / shape(s)[0]", "mean(s -> Flatten)",
      "einsum(s, s, \"t a, t b -> a b\")", "softmax(s @ v) @ s", "mean(s[1 .. shape(s)[0] - 1] * s[0 .. shape(s)[0] - 2], over: 0)",
      "AdditiveAttention(v, s, s, 3)", "DotAttention(v, s, s)", "s -> SelfAttention(heads: 2) -> last",
      "s -> SinusoidalPositions -> TransformerBlock(heads: 2, causal: true) -> last",
      "mean(attend(s, s, s), over: 0)", "mean(cross_entropy(s, top(s)[..., 0]))",
      "mean(s -> pad(axis: 0, low: 1) -> window(axis: 0, size: 3), over: [0, 1])",
      "mean(s -> LayerNorm -> Dense(2), over: 0)", "LSTM(s, 4, h: mean(s, over: 0)).h"})
  void whatIsNotRealChangesNothing(String body) {
    Map<String, Array> exact = evaluate(program(body, false), inputs(REAL));
    Map<String, Array> padded = evaluate(program(body, true), inputs(ROOM));
    assertEquals(exact.keySet(), padded.keySet());
    exact.forEach((name, array) ->
        assertArrayEquals(array.data(), padded.get(name).data(), 1e-12 * (1 + largest(array)), name));
  }

  private static double largest(Array array) {
    return Arrays.stream(array.data()).map(Math::abs).max().orElse(0);
  }

  private static NetworkProgram program(String body, boolean padded) {
    String text = padded ? "network Use(x: float[T, 4], v: float[4], n: index(T + 1)) {\n let s = padded(x, n)\n"
        : "network Use(s: float[T, 4], v: float[4]) {\n";
    return Compiler.check(new SourceFile("use.dlv", text + body + "\n}\n"), Compiler.Given.NOTHING).networks().get(0);
  }

  private static Map<String, Array> inputs(int room) {
    double[] x = Arrays.copyOf(new Random(3).doubles(REAL * M, -2, 2).toArray(), room * M);
    double[] rubbish = new Random(9).doubles(room * M, -900, 900).toArray();
    System.arraycopy(rubbish, 0, x, REAL * M, (room - REAL) * M);
    Map<String, Array> inputs = new HashMap<>();
    inputs.put(room == REAL ? "s" : "x", Array.floats(x, room, M));
    inputs.put("v", Array.floats(new Random(4).doubles(M, -2, 2).toArray(), M));
    inputs.put("n", Array.ints(new double[] {REAL}));
    return inputs;
  }

  /** The answer, and the gradient of the sum of its sines by each weight. */
  private static Map<String, Array> evaluate(NetworkProgram program, Map<String, Array> inputs) {
    Map<String, Array> states = new HashMap<>();
    for (StateInfo state : program.states()) {
      long[] shape = state.shape().values();
      int n = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
      states.put(state.path(), Array.floats(new Random(state.path().hashCode()).doubles(n, -1, 1).toArray(), shape));
    }
    Build build = new Build(Origin.NONE);
    Node answer = program.results().get(0).node();
    Node sum = build.sum(build.map(dlv.compiler.ir.Scalar.SIN, answer));
    List<Graph.Output> outputs = new ArrayList<>(List.of(new Graph.Output("answer", answer)));
    for (Node leaf : Graph.topological(List.of(answer))) {
      if (leaf.op() instanceof Op.State state && leaf.element() == Element.FLOAT) {
        outputs.add(new Graph.Output(state.path(), build.derivative(sum, leaf)));
      }
    }
    long room = inputs.containsKey("s") ? REAL : ROOM;
    return Interpreter.evaluate(Differentiate.in(new Graph("use", outputs, List.of())
        .substitute(Map.of("T", dlv.compiler.type.Dim.of(room)))),
        new Bindings(inputs, states, Map.of())).outputs();
  }
}
