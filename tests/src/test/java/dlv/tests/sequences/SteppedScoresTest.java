package dlv.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dlv.compiler.Compiler;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.check.StateInfo;
import dlv.compiler.check.TensorType;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Stepwise;
import dlv.compiler.layout.Flavour;
import dlv.compiler.source.SourceFile;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.Values;
import dlv.runtime.weights.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scores of a network taken step by step, with what it keeps, against those of the whole text at once: what sees
 * earlier places through a cell, through attention, or through any other sum that leaves out what comes after.
 */
class SteppedScoresTest {
  private static final int V = 5;
  private static final int LENGTH = 7;
  private static final int ROWS = 3;
  private static final Map<String, String> NETWORKS = Map.of(
      "cells", "target -> Embed(4) -> LSTM(3) -> GRU(3) -> Dense(V)",
      "blocks", "target -> Embed(4, deviation: 1) -> LearnedPositions(9)"
          + " -> repeat 2 { TransformerBlock(heads: 2, causal: true, dropout: 0.3) } -> LayerNorm -> Dense(V)",
      "block", "target -> Embed(4) -> TransformerBlock(heads: 2, causal: true, hidden: 5) -> Dense(V)",
      "both", "target -> Embed(4) -> SinusoidalPositions -> SelfAttention(heads: 2, causal: true) -> LSTM(4)"
          + " -> TransformerBlock(heads: 1, causal: true, norm: after) -> Dense(V)",
      // Attention to the last three places, scores that fall with the distance, and a mask that is added.
      "near", """
          let x = target -> Embed(4)
          let t = broadcast(positions(T), T, axis: 1)
          let s = broadcast(positions(T), T, axis: 0)
          let near = t - s >= 0 and s + 3 > t
          let scores = x @ transposed(x) + 0.2 * to_float(s - t) + select(near, 0, -1e9)
          softmax(scores) @ x -> Dense(V)""",
      // A mask that multiplies, as in GPT-2; keys in front of queries.
      "factors", """
          let x = target -> Embed(4)
          let b = to_float(broadcast(positions(T), T, axis: 1) <= broadcast(positions(T), T, axis: 0))
          let scores = permute(x @ transposed(tanh(x)) * b - 1e9 * (1 - b), [1, 0])
          softmax(scores) @ x -> Dense(V)""",
      // Sums without attention: a running mean, and the largest number so far.
      "running", """
          let x = target -> Embed(4)
          let past = broadcast(positions(T), T, axis: 0) <= broadcast(positions(T), T, axis: 1)
          let sum = einsum(to_float(past), x, "t s, s m -> t m")
          let all = select(broadcast(past, 4, axis: 2), broadcast(x, T, axis: 0), -1e9)
          concat(sum, max(all, over: 1), axis: 1) -> Dense(V)""");

  static Stream<String> networks() {
    return NETWORKS.keySet().stream().sorted();
  }

  /** A network of one text: its scores at once, and its scores step by step. */
  private static NetworkProgram program(String name) {
    String text = "network Net(target: index(" + V + ")[T]) -> float[T, V] {\n let V = " + V + "\n" + NETWORKS.get(name)
        + "\n}\n";
    NetworkProgram open = Compiler.check(new SourceFile("use.dlv", text.replace("-> float[T, V]", "-> float[T, " + V
        + "]")), Compiler.Given.NOTHING).networks().get(0);
    Node sequence = open.inputs().get(0).node();
    Node scores = open.results().get(0).node();
    Dim length = Dim.of(LENGTH);
    Build build = new Build(Origin.NONE);
    Node closed = build.node(new Op.Input("target", Element.INT, Shape.of(length)));
    Node whole = new Graph("net", List.of(new Graph.Output("scores", scores)), List.of())
        .substitute(Map.of(sequence.dim(0).text(), length)).roots().get(0);
    Node input = Graph.topological(List.of(whole)).stream().filter(node -> node.is(Op.Input.class)).findFirst()
        .orElseThrow();
    whole = Graph.replaced(List.of(whole), Map.of(input, closed)).get(0);
    Node stepped = stepped(new Stepwise(scores, sequence, length), closed, build);
    TensorType type = new TensorType(Element.FLOAT, whole.shape(), Optional.empty());
    return new NetworkProgram(open.name(), open.doc(), open.span(),
        List.of(new Port("target", new TensorType(Element.INT, closed.shape(), Optional.of(Dim.of(V))), closed)),
        List.of(new Port("whole", type, whole), new Port("stepped", type, stepped)), open.states(),
        open.application());
  }

  private static Node stepped(Stepwise steps, Node sequence, Build build) {
    List<Node> initial = steps.initial();
    List<Node> told = new ArrayList<>(List.of(sequence));
    for (int tried = 0; ; tried++) {
      List<Node> sequences = List.copyOf(told);
      var scan = build.scan(sequence.dim(0), false, initial, sequences, (kept, items) -> {
        Stepwise.Step step = steps.step(items.get(0), kept, all -> {
          for (int i = 0; i < sequences.size(); i++) {
            if (same(sequences.get(i), all)) {
              return items.get(i);
            }
          }
          told.add(all);
          return build.node(new Op.Input("later", all.element(), all.shape().range(1, all.rank())));
        });
        return new Build.Step(step.kept(), List.of(step.row()));
      });
      if (told.size() == sequences.size()) {
        return scan.outputs().get(0);
      }
    }
  }

  /** Positions are made anew each time they are asked for. */
  private static boolean same(Node a, Node b) {
    return a == b || a.op().equals(b.op()) && a.operands().size() == b.operands().size()
        && a.operands().stream().allMatch(operand -> same(operand, b.operand(a.operands().indexOf(operand))));
  }

  private static double[] numbers(StateInfo state) {
    long n = Arrays.stream(state.shape().values()).reduce(1, (a, b) -> a * b);
    double[] numbers = new Random(state.path().hashCode()).doubles(n, -1.5, 1.5).toArray();
    return Arrays.stream(numbers).map(x -> (float) x).toArray();
  }

  private static int[] text(int row) {
    return new Random(row).ints(LENGTH, 0, V).toArray();
  }

  private static Map<String, Array> interpreted(NetworkProgram program, int row) {
    Map<String, Array> states = new HashMap<>();
    program.states().forEach(state -> states.put(state.path(), Array.floats(numbers(state), state.shape().values())));
    var outputs = program.results().stream().map(port -> new Graph.Output(port.name(), port.node())).toList();
    var target = Array.ints(Arrays.stream(text(row)).asDoubleStream().toArray(), LENGTH);
    return Interpreter.evaluate(new Graph("net", outputs, List.of()), new Bindings(Map.of("target", target), states,
        Map.of())).outputs();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void onTheInterpreter(String name) {
    NetworkProgram program = program(name);
    for (int row = 0; row < ROWS; row++) {
      Map<String, Array> scores = interpreted(program, row);
      assertArrayEquals(scores.get("whole").data(), scores.get("stepped").data(), 1e-9, name);
    }
  }

  @NeedsOpenCl
  @ParameterizedTest
  @ValueSource(strings = {"cpu-batch", "gpu"})
  void onADevice(String flavour) {
    Flavour wanted = Arrays.stream(Flavour.values()).filter(f -> f.text().equals(flavour)).findFirst().orElseThrow();
    try (Device device = Device.open()) {
      List.of("block", "near", "running").forEach(name -> onADevice(program(name), wanted, device, name + " " + flavour));
    }
  }

  private static void onADevice(NetworkProgram program, Flavour flavour, Device device, String what) {
    List<Tensor> weights = new ArrayList<>();
    for (StateInfo state : program.states()) {
      double[] numbers = numbers(state);
      float[] floats = new float[numbers.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) numbers[i];
      }
      weights.add(Tensor.floats(state.path(), Arrays.stream(state.shape().values()).boxed().toList(), floats));
    }
    float[] texts = new float[ROWS * LENGTH];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(i / LENGTH)[i % LENGTH];
    }
    try (Model model = Model.open(device, Compiler.compile(program, flavour), weights, ROWS)) {
      Map<String, Values> found = model.run(Map.of("target", texts));
      for (int row = 0; row < ROWS; row++) {
        double[] expected = interpreted(program, row).get("whole").data();
        for (String way : List.of("whole", "stepped")) {
          double[] scores = new double[expected.length];
          for (int i = 0; i < scores.length; i++) {
            scores[i] = found.get(way).get(row, i);
          }
          assertArrayEquals(expected, scores, 2e-4, what + " " + way + " " + row);
        }
      }
    }
  }
}
