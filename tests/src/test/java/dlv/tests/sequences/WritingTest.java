package dlv.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.StateInfo;
import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.source.SourceFile;
import dlv.compiler.type.Element;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sequences that are written symbol by symbol, against the same network applied to what it wrote as a whole: the step
 * that the compiler derives keeps what the network keeps.
 */
class WritingTest {
  private static final int V = 5;
  private static final int LONGEST = 6;
  private static final String NETWORKS = """
      network Plain(context: float[n], target: index(V)[T]) -> float[T, V] {
        target -> Embed(4) -> LSTM(n, h: context) -> Dropout(0.5) -> GRU(3) -> LayerNorm -> Dense(V)
      }

      network Placed(context: float[n], target: index(V)[T]) -> float[T, V] {
        let words = target -> Embed(4)
        let run = words * einsum(cos(3 * to_float(positions(T))), [3, -2, 5, 1], "t, m -> t m") -> Elman(n, s: context)
        concat(run, words, axis: 1) -> Dense(V)
      }

      cell Attending(word: float[m], memory: float[S, k], n: int) -> float[n] {
        state h: float[n] = zeros
        let seen = AdditiveAttention(h, memory, memory, n)
        h' = tanh(affine(concat(word, seen), h, n))
        h'
      }

      network Looking(context: float[n], target: index(V)[T]) -> float[T, V] {
        Attending(target -> Embed(3), broadcast(context, 2, axis: 0), 4) -> Dense(V)
      }
      """;

  private static NetworkProgram program(String decoder, String writing) {
    return program(NETWORKS + "network Use(context: float[3], target: index(" + V + ")[" + LONGEST
        + "]) -> (text: index(V)[L], scores: float[T, V]) {\n let dec = " + decoder + "(V: " + V + ")\n ("
        + writing.replace("NET", "dec(context, _)") + ", dec(context, target))\n}\n");
  }

  private static NetworkProgram program(String text) {
    var networks = Compiler.check(new SourceFile("use.dlv", text), Compiler.Given.NOTHING).networks();
    return networks.get(networks.size() - 1);
  }

  private static Map<String, Array> run(NetworkProgram program, int[] target, int seed) {
    var random = new Random(11);
    Map<String, Array> inputs = new HashMap<>();
    inputs.put("context", Array.floats(random.doubles(3, -1, 1).toArray(), 3));
    inputs.put("target", Array.ints(Arrays.stream(target).asDoubleStream().toArray(), target.length));
    Map<String, Array> states = new HashMap<>();
    for (StateInfo state : program.states()) {
      long[] shape = state.shape().values();
      long n = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      states.put(state.path(), Array.floats(random.doubles(n, -2, 2).toArray(), shape));
    }
    states.put("seed", Array.scalar(Element.INT, seed));
    states.put("step", Array.scalar(Element.INT, 0));
    states.put("turn", Array.scalar(Element.INT, 0));
    List<Graph.Output> outputs = program.results().stream()
        .map(port -> new Graph.Output(port.name(), port.node())).toList();
    return Interpreter.evaluate(new Graph("use", outputs, List.of()), new Bindings(inputs, states, Map.of())).outputs();
  }

  private static int[] text(NetworkProgram program, int seed) {
    return Arrays.stream(run(program, new int[LONGEST], seed).get("text").data()).mapToInt(x -> (int) x).toArray();
  }

  /** The logarithms of the probabilities that the whole network gives each symbol after those before. */
  private static double[][] scores(NetworkProgram program, int[] text) {
    int[] shifted = new int[LONGEST];
    shifted[0] = 1;
    System.arraycopy(text, 0, shifted, 1, LONGEST - 1);
    double[] all = run(program, shifted, 1).get("scores").data();
    double[][] rows = new double[LONGEST][];
    for (int t = 0; t < LONGEST; t++) {
      double[] row = Arrays.copyOfRange(all, t * V, (t + 1) * V);
      double total = Math.log(Arrays.stream(row).map(Math::exp).sum());
      rows[t] = Arrays.stream(row).map(x -> x - total).toArray();
    }
    return rows;
  }

  private static int largest(double[] row) {
    return IntStream.range(0, row.length).reduce(0, (a, b) -> row[b] > row[a] ? b : a);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Plain", "Placed", "Looking"})
  void theStepDoesWhatTheWholeNetworkDoes(String decoder) {
    for (String how : List.of("greedy(NET, longest: 6, end: 9)", "beam(NET, width: 1, longest: 6, end: 9)",
        "sample(NET, longest: 6, end: 9, temperature: 1e-6)", "sample(NET, longest: 6, end: 9, top_k: 1)",
        "sample(NET, longest: 6, end: 9, top_p: 1e-6)")) {
      NetworkProgram program = program(decoder, how);
      int[] text = text(program, 3);
      double[][] scores = scores(program, text);
      assertArrayEquals(Arrays.stream(scores).mapToInt(WritingTest::largest).toArray(), text, how);
      assertTrue(Arrays.stream(text).distinct().count() > 1, Arrays.toString(text));
    }
  }

  @Test
  void nothingFollowsTheEnd() {
    int[] free = text(program("Plain", "greedy(NET, longest: 6, end: 9)"), 1);
    int at = 2;
    int[] ended = text(program("Plain", "greedy(NET, longest: 6, end: " + free[at] + ")"), 1);
    int first = IntStream.range(0, LONGEST).filter(t -> free[t] == free[at]).findFirst().orElseThrow();
    for (int t = 0; t < LONGEST; t++) {
      assertEquals(t < first ? free[t] : free[at], ended[t], Arrays.toString(ended));
    }
  }

  @Test
  void aPromptIsGoneOnFrom() {
    String prompted = "greedy(NET, prompt: target[0 .. 2], longest: 6)";
    NetworkProgram program = program("Plain", prompted);
    int[] prompt = {1, 3, 4, 0, 0, 0};
    int[] text = Arrays.stream(run(program, prompt, 1).get("text").data()).mapToInt(x -> (int) x).toArray();
    assertArrayEquals(new int[] {1, 3, 4}, Arrays.copyOf(text, 3));
    double[] scores = run(program, text, 1).get("scores").data();
    for (int t = 2; t < LONGEST - 1; t++) {
      assertEquals(largest(Arrays.copyOfRange(scores, t * V, (t + 1) * V)), text[t + 1]);
    }
  }

  /** With a beam as wide as there are sentences, the search finds the best of all, longer ones by their mean. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 0.6})
  void aWideBeamFindsTheBestSentence(double power) {
    String shape = "]) -> (text: index(V)[L], scores: float[T, V]) {\n";
    String text = NETWORKS + "network Use(context: float[3], target: index(5)[3" + shape
        + " let dec = Plain(V: 5)\n (beam(dec(context, _), width: 5, longest: 2, normalise: " + power
        + "), dec(context, target))\n}\n";
    NetworkProgram program = program(text);
    int[] found = Arrays.stream(run(program, new int[3], 1).get("text").data()).mapToInt(x -> (int) x).toArray();
    double best = Double.NEGATIVE_INFINITY;
    int[] winner = {};
    double[] first = logs(program, new int[] {1, 0, 0}, 0);
    for (int a = 0; a < V; a++) {
      double[] second = logs(program, new int[] {1, a, 0}, 1);
      for (int b = 0; b < V; b++) {
        if (a == 2 && b != 2) {
          continue;
        }
        double score = a == 2 ? first[a] : (first[a] + second[b]) / Math.pow(2, power);
        if (score > best) {
          best = score;
          winner = new int[] {a, b};
        }
      }
    }
    assertArrayEquals(winner, found);
  }

  private static double[] logs(NetworkProgram program, int[] target, int place) {
    double[] all = run(program, target, 1).get("scores").data();
    double[] row = Arrays.copyOfRange(all, place * V, (place + 1) * V);
    double total = Math.log(Arrays.stream(row).map(Math::exp).sum());
    return Arrays.stream(row).map(x -> x - total).toArray();
  }

  /** How often each symbol is drawn first is its probability among those that the choice is cut down to. */
  @ParameterizedTest
  @ValueSource(strings = {"", ", temperature: 2", ", top_k: 3", ", top_p: 0.7",
      ", top_k: 4, top_p: 0.8, temperature: 1.5"})
  void drawsFollowTheScores(String options) {
    NetworkProgram program = program("Plain", "sample(NET, longest: 1, end: 9" + options + ")");
    double[] expected = cut(scores(program, new int[LONGEST])[0], options);
    int draws = 1000;
    double[] counts = new double[V];
    for (int seed = 0; seed < draws; seed++) {
      counts[text(program, seed)[0]]++;
    }
    for (int k = 0; k < V; k++) {
      double p = expected[k];
      assertEquals(p, counts[k] / draws, 4.5 * Math.sqrt(p * (1 - p) / draws), options + " " + k);
    }
  }

  private static double option(String options, String name, double otherwise) {
    return Arrays.stream(options.split(", ")).filter(o -> o.startsWith(name + ":"))
        .mapToDouble(o -> Double.parseDouble(o.substring(name.length() + 2))).findFirst().orElse(otherwise);
  }

  private static double[] cut(double[] logs, String options) {
    double[] p = Arrays.stream(logs).map(x -> Math.exp(x / option(options, "temperature", 1))).toArray();
    List<Integer> order = IntStream.range(0, V).boxed().sorted((a, b) -> Double.compare(p[b], p[a])).toList();
    order.subList((int) option(options, "top_k", V), V).forEach(k -> p[k] = 0);
    double total = Arrays.stream(p).sum();
    double sum = 0;
    for (int k : order) {
      double before = sum;
      sum += p[k] / total;
      p[k] = before < option(options, "top_p", 1) ? p[k] : 0;
    }
    double left = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / left).toArray();
  }

  @Test
  void theSameSeedDrawsTheSameText() {
    NetworkProgram program = program("Plain", "sample(NET, longest: 6, end: 9)");
    assertArrayEquals(text(program, 5), text(program, 5));
    assertFalse(IntStream.range(6, 12).allMatch(seed -> Arrays.equals(text(program, 5), text(program, seed))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"target -> Embed(4) -> reverse(LSTM(3)) -> Dense(V)",
      "target -> Embed(4) -> SelfAttention(heads: 2) -> Dense(V)", "target -> reverse -> Embed(4) -> Dense(V)",
      "target -> Embed(4) -> TransformerBlock(heads: 2) -> Dense(V)",
      "let x = target -> Embed(4)\n softmax(select(broadcast(positions(T), T, axis: 0) <= "
          + "broadcast(positions(T), T, axis: 1) + 1, x @ transposed(x), -1e9)) @ x -> Dense(V)",
      "let x = target -> Embed(4)\n softmax(select(broadcast(positions(T), T, axis: 0) <= "
          + "broadcast(positions(T), T, axis: 1), x @ transposed(x), -5)) @ x -> Dense(V)",
      "(target -> Embed(4)) + mean(target -> Embed(4), over: 0) -> Dense(V)",
      "LSTM(target -> Embed(4), n: 3, h: last(target -> Embed(3))) -> Dense(V)"})
  void whatLooksAheadIsRefused(String body) {
    String text = "network Net(target: index(V)[T]) -> float[T, V] { " + body + " }\n"
        + "network Use(x: float[2]) { (greedy(Net(V: 5), longest: 4), x) }\n";
    var e = assertThrows(CompileException.class, () -> program(text));
    assertTrue(e.getMessage().contains("cannot write symbol by symbol"), e.getMessage());
  }

  @Test
  void aTextLongerThanTheNetworkKnowsPlacesForIsRefused() {
    String text = "network Net(target: index(V)[T]) -> float[T, V] { target -> Embed(4) -> LearnedPositions(5) -> "
        + "Dense(V) }\nnetwork Use(x: float[2]) { (greedy(Net(V: 5), longest: 6), x) }\n";
    var e = assertThrows(CompileException.class, () -> program(text));
    assertTrue(e.getMessage().contains("a sequence of 6 places, and positions are learned for 5"), e.getMessage());
    program(text.replace("longest: 6", "longest: 5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample(NET, longest: 6, temperature: 0)", "sample(NET, longest: 6, top_p: 1.5)",
      "beam(NET, width: 9, longest: 6)", "greedy(NET)", "greedy(dec, longest: 3)", "greedy(NET, longest: 0)"})
  void whatCannotBeMeantIsRefused(String writing) {
    assertThrows(CompileException.class, () -> program("Plain", writing));
  }
}
