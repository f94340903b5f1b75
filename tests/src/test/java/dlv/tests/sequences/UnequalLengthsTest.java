package dlv.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.check.Checker;
import dlv.compiler.check.TrainProgram;
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

  private static TrainProgram program(Texts texts) {
    return Checker.check(Parser.parse(new SourceFile("texts.dlv", TEXT)), Checker.Options.NONE, texts).trains().get(0);
  }

  private static Interpreter.Results run(Texts texts, String entry, int... order) {
    Graph graph = Passes.run(Lower.train(program(texts)).entries().stream().filter(g -> g.name().equals(entry))
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
