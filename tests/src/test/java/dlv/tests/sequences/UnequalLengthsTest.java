package dlv.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.check.Checker;
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
import dlv.compiler.syntax.Parser;
import dlv.compiler.type.Dim;
import dlv.tests.Near;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts of unequal lengths in training: neither their order nor the room they have changes a loss, figure or weight. */
class UnequalLengthsTest {
  private static final String TEXT = """
      network Tagger(words: index(V)[T], n: int) -> float[T, 3] {
        words -> Embed(n) -> bidirectional(GRU(n)) -> Dense(3)
      }

      network Classifier(words: index(V)[T], n: int) -> float[3] {
        words -> Embed(n) -> TransformerBlock(heads: 2) -> LSTM(n) -> last -> Dense(3)
      }

      train Both {
        data  texts = texts()
        model tag   = Tagger(n: 3)
        model judge = Classifier(n: 4)

        let tags  = tag(texts.words)
        let label = judge(texts.words)
        minimize cross_entropy(tags, texts.tags) of tag with sgd(0.5) clip 1.0
        minimize cross_entropy(label, texts.label) of judge with adam(1e-2)
        report   accuracy(tags, texts.tags), right = accuracy(label, texts.label)

        batch 5
        epochs 1
      }
      """;

  private static final String FORCED = """
      network Decoder(memory: float[S, n], words: index(V)[T], n: int) -> float[T, V] {
        words -> Embed(n) -> LSTM(n, h: last(memory)) -> Attending(memory, n) -> Dense(V)
      }

      cell Attending(word: float[m], memory: float[S, k], n: int) -> float[n] {
        state h: float[n] = zeros
        let seen = AdditiveAttention(h, memory, memory, n)
        h' = tanh(affine(concat(word, seen), h, n))
        h'
      }

      train Forced {
        data  texts = texts()
        model enc   = Embed(3)
        model dec   = Decoder(n: 3)
        let next = teacher_forced(dec(texts.tags -> enc, _), texts.words, share: %s)
        minimize cross_entropy(next, texts.words) with sgd(0.5)
        batch 5
        epochs 1
      }
      """;

  private static TrainProgram program(String text, Texts texts) {
    return Checker.check(Parser.parse(new SourceFile("texts.dlv", text)), Checker.Options.NONE, texts).trains().get(0);
  }

  private static Interpreter.Results run(Texts texts, String entry, int... order) {
    return run(TEXT, texts, entry, order);
  }

  private static Interpreter.Results run(String text, Texts texts, String entry, int... order) {
    Graph graph = Passes.run(Lower.train(program(text, texts)).entries().stream().filter(g -> g.name().equals(entry))
        .findFirst().orElseThrow());
    Map<String, Array> inputs = new HashMap<>(texts.rows("texts.", order));
    inputs.putAll(texts.rows("held.texts.", order));
    inputs.put("texts.order", Array.ints(new double[] {0, 1, 2, 3, 4}, 5));
    inputs.put("first", Array.ints(new double[] {0}));
    inputs.put("live", Array.ints(new double[] {5}));
    Map<String, Long> sizes = Map.of("batch", 7L, "texts.rows", 5L, "held.texts.rows", 5L);
    Map<String, Dim> dims = new HashMap<>();
    sizes.forEach((name, size) -> dims.put(name, Dim.of(size)));
    Map<String, Array> states = new HashMap<>();
    for (Node node : Graph.topological(graph.roots())) {
      if (node.op() instanceof Op.State state) {
        long[] shape = state.shape().substitute(dims).values();
        int n = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
        boolean weight = state.role() == dlv.compiler.ir.Role.WEIGHT;
        double[] data = weight ? new Random(state.path().hashCode()).doubles(n, -0.5, 0.5).toArray() : new double[n];
        states.put(state.path(), new Array(state.element(), shape, data));
      }
    }
    return Interpreter.evaluate(graph, new Bindings(inputs, states, sizes));
  }

  @Test
  void aStepIsTheSameInAnyOrderAndRoom() {
    var exact = run(new Texts(6), "iterate", 0, 1, 2, 3, 4).states();
    var other = run(new Texts(10), "iterate", 3, 0, 4, 2, 1).states();
    assertTrue(exact.get("sum.loss1").data()[0] > 0.5, "there is a loss");
    Near.check(exact, other, 1e-9);
  }

  /** Rows that fit a shorter room make the same step there as in room for the longest. */
  @Test
  void aStepInAShorterRoomIsTheSame() {
    for (String text : List.of(TEXT, FORCED.formatted("0.9999999999"))) {
      String inRooms = text.replace("batch 5", "batch 5\n  buckets 2");
      var whole = run(inRooms, new Texts(6), "iterate", 0, 1, 2, 1, 0).states();
      var shorter = run(inRooms, new Texts(6), "iterate.4", 0, 1, 2, 1, 0).states();
      Near.check(whole, shorter, 1e-9);
    }
  }

  @Test
  void weightsThatDependOnTheRoomAreRefused() {
    String text = """
        network Placed(words: index(V)[T], n: int) -> float[T, 3] {
          weight at: float[T, n] = zeros
          (words -> Embed(n)) + at -> Dense(3)
        }

        train Tags {
          data  texts = texts()
          model tag   = Placed(n: 3)
          minimize cross_entropy(tag(texts.words), texts.tags) with sgd(0.5)
          batch 5
          buckets 2
          epochs 1
        }
        """;
    var e = assertThrows(CompileException.class, () -> program(text, new Texts(6)));
    assertEquals("buckets", e.diagnostics().get(0).code());
  }

  /** Where all symbols are true, the loop of single steps makes the same step of training as the whole network. */
  @Test
  void theStepThatIsDerivedLearnsAlike() {
    var whole = run(FORCED.formatted("1"), new Texts(6), "iterate", 0, 1, 2, 3, 4).states();
    var steps = run(FORCED.formatted("0.9999999999"), new Texts(8), "iterate", 3, 0, 4, 2, 1).states();
    assertTrue(whole.get("sum.loss").data()[0] > 0.5, "there is a loss");
    Near.check(whole, steps, 1e-9);
    var own = run(FORCED.formatted("0.5"), new Texts(6), "iterate", 0, 1, 2, 3, 4).states();
    assertTrue(Math.abs(own.get("sum.loss").data()[0] - whole.get("sum.loss").data()[0]) > 1e-6, "symbols of its own");
    Near.check(own, run(FORCED.formatted("0.5"), new Texts(6), "iterate", 0, 1, 2, 3, 4).states(), 0);
  }

  @Test
  void figuresAreMeansOverWhatIsReal() {
    var exact = run(new Texts(6), "evaluate", 0, 1, 2, 3, 4).outputs();
    var other = run(new Texts(11), "evaluate", 4, 2, 0, 1, 3).outputs();
    assertEquals(2 + 3 + 4 + 5 + 6, exact.get("loss1.count").data()[0]);
    assertEquals(2 + 3 + 4 + 5 + 6, exact.get("accuracy.count").data()[0]);
    assertTrue(exact.containsKey("loss2") && !exact.containsKey("loss2.count"), "labels are one for each text");
    Near.check(exact, other, 1e-12);
  }
}
