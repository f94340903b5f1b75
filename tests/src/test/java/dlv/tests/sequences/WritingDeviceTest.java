package dlv.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.StateInfo;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.layout.Flavour;
import dlv.compiler.source.SourceFile;
import dlv.compiler.type.Element;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.BoundEntry;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.Values;
import dlv.runtime.weights.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts written on a device: those of the interpreter, and draws that no batch changes. */
@NeedsOpenCl
class WritingDeviceTest {
  private static final int ROWS = 5;
  private static final String NETWORKS = """
      network Net(context: float[n], target: index(V)[T]) -> float[T, V] {
        target -> Embed(4) -> LSTM(n, h: context) -> GRU(3) -> Dense(V)
      }
      network Looking(context: float[n], target: index(V)[T]) -> float[T, V] {
        let x = (target -> Embed(4)) + broadcast(context -> Dense(4), T, axis: 0) -> LearnedPositions(12)
        x -> repeat 2 { TransformerBlock(heads: 2, causal: true) } -> Dense(V)
      }
      network Remembering(context: float[n], target: index(V)[T]) -> float[T, V] {
        let memory = stack(context, 3 * context)
        let word = target -> Embed(n) -> GRU(n)
        word + attend(word, memory, memory) -> Dense(V)
      }
      network Use(context: float[3]) -> %s {
        let dec = %s(V: 7)
        %s
      }
      """;
  private static final String SEARCHED =
      "(greedy(dec(context, _), longest: 8), beam(dec(context, _), width: 3, longest: 5))";
  private static final String DRAWN =
      "sample(dec(context, _), longest: 12, top_k: 5, top_p: 0.9, temperature: 1.5, end: 9)";

  private static NetworkProgram program(String network, String result, String body) {
    var networks = Compiler.check(new SourceFile("use.dlv", NETWORKS.formatted(result, network, body)), Compiler.Given.NOTHING)
        .networks();
    return networks.get(networks.size() - 1);
  }

  private static double[] numbers(StateInfo state) {
    long n = Arrays.stream(state.shape().values()).reduce(1, (a, b) -> a * b);
    double[] numbers = new Random(state.path().hashCode()).doubles(n, -2, 2).toArray();
    return Arrays.stream(numbers).map(x -> (float) x).toArray();
  }

  private static List<Tensor> weights(NetworkProgram program) {
    List<Tensor> tensors = new ArrayList<>();
    for (StateInfo state : program.states()) {
      double[] numbers = numbers(state);
      float[] floats = new float[numbers.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) numbers[i];
      }
      tensors.add(Tensor.floats(state.path(), Arrays.stream(state.shape().values()).boxed().toList(), floats));
    }
    return tensors;
  }

  private static float[] contexts() {
    float[] all = new float[3 * ROWS];
    var random = new Random(2);
    for (int i = 0; i < all.length; i++) {
      all[i] = random.nextFloat() * 2 - 1;
    }
    return all;
  }

  private static Map<String, Array> interpreted(NetworkProgram program, float[] contexts, int row) {
    return interpreted(program, Array.floats(new double[] {contexts[3 * row], contexts[3 * row + 1],
        contexts[3 * row + 2]}, 3));
  }

  private static Map<String, Array> interpreted(NetworkProgram program, Array context) {
    Map<String, Array> states = new HashMap<>();
    program.states().forEach(state -> states.put(state.path(), Array.floats(numbers(state), state.shape().values())));
    for (String counter : List.of("seed", "step", "turn")) {
      states.put(counter, Array.scalar(Element.INT, 0));
    }
    List<Graph.Output> outputs = program.results().stream()
        .map(port -> new Graph.Output(port.name(), port.node())).toList();
    return Interpreter.evaluate(new Graph("use", outputs, List.of()),
        new Bindings(Map.of("context", context), states, Map.of())).outputs();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Net", "Looking", "Remembering"})
  void searchesFindWhatTheInterpreterFinds(String network) {
    NetworkProgram program = program(network, "(first: index(V)[8], best: index(V)[5])", SEARCHED);
    float[] contexts = contexts();
    try (Device device = Device.open();
        Model model = Model.open(device, Compiler.compile(program, Flavour.CPU_BATCH), weights(program), ROWS)) {
      Map<String, Values> found = model.run(Map.of("context", contexts));
      for (int row = 0; row < ROWS; row++) {
        Map<String, Array> expected = interpreted(program, contexts, row);
        for (String result : List.of("first", "best")) {
          double[] text = new double[found.get(result).size()];
          for (int i = 0; i < text.length; i++) {
            text[i] = found.get(result).get(row, i);
          }
          assertArrayEquals(expected.get(result).data(), text, result + " " + row);
        }
      }
    }
  }

  @Test
  void anInputThatNothingDependsOnIsTaken() {
    String text = "network Use(x: float[2], unused: float[3]) -> float[2] { 2 * x + 0 * sum(unused) }";
    NetworkProgram program = Compiler.check(new SourceFile("use.dlv", text), Compiler.Given.NOTHING)
        .network("Use").orElseThrow();
    try (Device device = Device.open();
        Model model = Model.open(device, Compiler.compile(program, Flavour.CPU_BATCH), List.of(), 3)) {
      Values found = model.run(Map.of("x", new float[] {1, 2, 3, 4}, "unused", new float[6])).values().iterator().next();
      assertArrayEquals(new float[] {2, 4, 6, 8}, found.toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Net", "Looking", "Remembering"})
  void drawsDependOnSeedAndNumberAlone(String network) {
    NetworkProgram program = program(network, "text: index(V)[12]", DRAWN);
    var unit = Compiler.compile(program, Flavour.CPU_BATCH);
    Map<String, float[]> one = Map.of("context", new float[] {0.5f, -0.3f, 0.9f});
    try (Device device = Device.open(); Model wide = Model.open(device, unit, weights(program), 64);
        Model narrow = Model.open(device, unit, weights(program), 5)) {
      Values all = wide.generate(one, 40, 3, BoundEntry::enqueue).get("text");
      assertArrayEquals(all.toArray(), narrow.generate(one, 40, 3, BoundEntry::enqueue).get("text").toArray());
      assertFalse(Arrays.equals(all.toArray(), narrow.generate(one, 40, 4, BoundEntry::enqueue).get("text").toArray()));
      assertFalse(Arrays.equals(all.row(0).toArray(), all.row(1).toArray()));
    }
  }

  /** Each symbol is the one before plus a number, modulo 7; 1 comes first, and 2 ends. */
  private static final String COUNTING = """
      network Count(context: float[1], target: index(V)[T]) -> float[T, V] {
        let g = to_float(target) + broadcast(sum(context), T, axis: 0)
        let f = g - 7 * floor(g / 7)
        0 - ((broadcast(f, V, axis: 1) - broadcast(to_float(positions(V)), T, axis: 0)) ^ 2)
      }
      network Use(context: float[1]) -> text: index(V)[40] {
        let dec = Count(V: 7)
        %s(dec(context, _), longest: 40%s)
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"greedy", "sample, temperature: 0.01", "beam, width: 1"})
  void noStepIsTakenOnceAllTextsHaveEnded(String how) {
    String[] parts = how.split(",", 2);
    String text = COUNTING.formatted(parts[0], parts.length > 1 ? "," + parts[1] : "");
    NetworkProgram program = Compiler.check(new SourceFile("use.dlv", text), Compiler.Given.NOTHING)
        .network("Use").orElseThrow();
    try (Device device = Device.open();
        Model model = Model.open(device, Compiler.compile(program, Flavour.CPU_BATCH), List.of(), 3)) {
      int few = launches(model, program, 1, 2, 4);
      int all = launches(model, program, 1, 0, 4);
      // The longest of the first three ends at its fourth symbol, which is seen after eight; of the others one never does.
      int ofStep = (all - few) / 32;
      assertTrue(ofStep > 0 && all - few == 32 * ofStep, few + " of " + all + " launches");
    }
  }

  /** How many launches three texts take, which are those of the interpreter. */
  private static int launches(Model model, NetworkProgram program, float... contexts) {
    int[] count = {0};
    Values found = model.run(Map.of("context", contexts), entry -> entry.enqueue(launch -> count[0]++)).get("text");
    for (int row = 0; row < contexts.length; row++) {
      double[] expected = interpreted(program, Array.floats(new double[] {contexts[row]}, 1)).get("text").data();
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found.get(row, i), "text " + row + ", symbol " + i);
      }
    }
    return count[0];
  }
}
