package dlv.tests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Op;
import dlv.compiler.lower.Arena;
import dlv.compiler.lower.Lower;
import dlv.compiler.source.SourceFile;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Optimisers that look at more than one element of a weight, or at its rank; everything else moves by one vector. */
class OptimiserShapesTest {
  /** The gradient of every weight is what it is multiplied with; the statistic of a pixel is not zero. */
  private static final String TEXT = """
      /// Each weight moves by its own length along its gradient (You, Gitman & Ginsburg, 2017, without momentum).
      optimizer lars(w: float[...], g: float[...], rate: schedule = 0.1) {
        state last: float[...] = ones
        last' = norm(g) * last
        w' = w - rate * norm(w) * g / (norm(g) + 1e-9)
      }

      /// Rows of matrices are scaled one by one, vectors not at all.
      optimizer rowwise(w: float[...], g: float[...], rate: schedule = 0.1) {
        let step = if rank(w) == 2 { g / broadcast(sqrt(sum(g ^ 2, over: -1)), shape(w)[1], axis: -1) } else { g }
        w' = w - rate * step
      }

      network Net(image: float[1, 28, 28]) -> float {
        weight A: float[3, 5] = zeros
        weight b: float[7] = zeros
        weight c: float = 0
        weight D: float[2, 2] = zeros
        sum(A) + sum(b * 2) + c * 3 + sum(D * [[1, 2], [3, 4]]) + 0 * sum(image)
      }

      train T {
        data digits = digits(train: 32, test: 16)
        model net = Net
        minimize net(digits.image) with OPTIMIZER
        batch 16  epochs 1
      }
      """;

  private static TrainProgram train(String optimizer) {
    String text = TEXT.replace("OPTIMIZER", optimizer);
    return Compiler.check(new SourceFile("test.dlv", text), Compiler.Given.NOTHING).trains().get(0);
  }

  /** Weights by name after one step from some that are drawn, and what they were. */
  private record Moved(Map<String, double[]> before, Map<String, double[]> after) {}

  private static Moved step(String optimizer) {
    TrainProgram train = train(optimizer);
    var training = new InterpretedTraining(train);
    Arena weights = Lower.train(train).arenas().get(0);
    var begin = new double[(int) weights.length()];
    for (Arena.Place place : weights.places()) {
      var random = new Random(place.state().path().hashCode());
      for (int i = 0; i < place.state().shape().elements().value(); i++) {
        begin[(int) place.offset() + i] = random.nextDouble() * 2 - 1;
      }
    }
    training.state(weights.name(), begin);
    double[] end = training.step().get(weights.name()).data();
    return new Moved(parts(weights, begin), parts(weights, end));
  }

  private static Map<String, double[]> parts(Arena arena, double[] all) {
    var parts = new TreeMap<String, double[]>();
    for (Arena.Place place : arena.places()) {
      int size = (int) place.state().shape().elements().value();
      parts.put(place.state().path(), Arrays.copyOfRange(all, (int) place.offset(), (int) place.offset() + size));
    }
    return parts;
  }

  private static final Map<String, double[]> GRADIENTS = Map.of("net.A", filled(15, 1), "net.b", filled(7, 2),
      "net.c", filled(1, 3), "net.D", new double[] {1, 2, 3, 4});

  private static double[] filled(int n, double value) {
    var all = new double[n];
    Arrays.fill(all, value);
    return all;
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  @Test
  void aNormIsThatOfOneWeight() {
    Moved moved = step("lars");
    GRADIENTS.forEach((name, g) -> {
      double[] w = moved.before().get(name);
      for (int i = 0; i < w.length; i++) {
        assertEquals(w[i] - 0.1 * norm(w) * g[i] / (norm(g) + 1e-9), moved.after().get(name)[i], 1e-9, name + i);
      }
    });
  }

  @Test
  void equationsMayDifferByRank() {
    Moved moved = step("rowwise");
    GRADIENTS.forEach((name, g) -> {
      double[] w = moved.before().get(name);
      int row = name.equals("net.A") ? 5 : 2;
      boolean matrix = name.equals("net.A") || name.equals("net.D");
      for (int i = 0; i < w.length; i++) {
        double length = matrix ? norm(Arrays.copyOfRange(g, i / row * row, i / row * row + row)) : 1;
        assertEquals(w[i] - 0.1 * g[i] / length, moved.after().get(name)[i], 1e-9, name + i);
      }
    });
  }

  @Test
  void adamwDecaysMatricesAlone() {
    Map<String, double[]> plain = step("adam(0.1)").after();
    Moved decayed = step("adamw(0.1, decay: 0.5)");
    plain.forEach((name, values) -> {
      double share = name.equals("net.A") || name.equals("net.D") ? 0.1 * 0.5 : 0;
      for (int i = 0; i < values.length; i++) {
        assertEquals(values[i] - share * decayed.before().get(name)[i], decayed.after().get(name)[i], 1e-9, name + i);
      }
    });
  }

  @Test
  void weightsWithTheSameEquationsAreOneVector() {
    assertEquals(1, pieces("adam"));
    assertEquals(2, pieces("adamw"));
    assertTrue(pieces("lars") >= 4);
  }

  /** How many parts the weights' next values are put together from, the gaps between them not counted. */
  private static int pieces(String optimizer) {
    var lowered = Lower.train(train(optimizer));
    var next = lowered.entries().get(0).updates().stream()
        .filter(update -> update.state().path().equals("net")).findFirst().orElseThrow().next();
    return next.is(Op.Concat.class) ? next.operands().size() : 1;
  }
}
