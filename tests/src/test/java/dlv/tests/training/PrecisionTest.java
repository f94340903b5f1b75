package dlv.tests.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dlv.compiler.Compiler;
import dlv.compiler.source.SourceFile;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code precision bf16} rounds what products multiply, to eight bits of significand, and nothing else. */
class PrecisionTest {
  private static final String TEXT = """
      network Dot(x: float[2]) -> float {
        weight w: float[2] = ones
        einsum(w, x, "i, i -> ")
      }

      train T {
        data digits = digits(train: 32, test: 16)
        model a = Dot
        let x = [1.003, 1.5] + 0 * sum(digits.image)
        minimize a(x) of a with sgd(0.1)
        batch 16  epochs 1
      }
      """;

  private static double[] after(String precision, int steps) {
    var given = new Compiler.Given(Map.of("precision", precision), Map.of(), Compiler.Given.NOTHING.folder());
    var training = new InterpretedTraining(
        Compiler.check(new SourceFile("test.dlv", TEXT), given).trains().get(0));
    var start = new double[16];
    start[0] = 1.001;
    start[1] = 1;
    training.state("a", start);
    for (int i = 1; i < steps; i++) {
      training.step();
    }
    return Arrays.copyOf(training.step().get("a").data(), 2);
  }

  @Test
  void gradientsAreProductsOfRoundedNumbersAndWeightsAreNotRounded() {
    assertArrayEquals(new double[] {1.001 - 0.1003, 1 - 0.15}, after("float32", 1), 1e-6);
    assertArrayEquals(new double[] {1.001 - 0.1, 1 - 0.15}, after("bf16", 1), 1e-6);
    assertArrayEquals(new double[] {1.001 - 0.2, 1 - 0.3}, after("bf16", 2), 1e-6);
  }
}
