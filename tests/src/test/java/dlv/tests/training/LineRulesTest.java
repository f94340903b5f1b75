package dlv.tests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.Compiler;
import dlv.compiler.ir.Array;
import dlv.compiler.source.SourceFile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a line of training moves, and how far: each rule with two weights, 2 and 3, and gradients that are plain to see. */
class LineRulesTest {
  private static final String TEXT = """
      network Times(x: float) -> float {
        weight w: float = ones
        w * x
      }

      train T {
        data digits = digits(train: 32, test: 16)
        model a = Times
        model b = Times
        let one = 1 + 0 * sum(digits.image)
        LINES
        batch 16  epochs 1  SETTINGS
      }
      """;

  private static double[] after(String lines, String settings, String arena, int steps) {
    String text = TEXT.replace("LINES", lines).replace("SETTINGS", settings);
    var training = new InterpretedTraining(
        Compiler.check(new SourceFile("test.dlv", text), Compiler.Given.NOTHING).trains().get(0));
    training.state("a", padded(2));
    training.state("b", padded(3));
    Map<String, Array> states = training.step();
    for (int i = 1; i < steps; i++) {
      states = training.step();
    }
    return states.get(arena).data();
  }

  private static double[] padded(double value) {
    var arena = new double[16];
    arena[0] = value;
    return arena;
  }

  @Test
  void otherModelsAreHeldButPassGradientsOn() {
    String line = "minimize b(a(one)) of a with sgd(0.1)";
    assertEquals(2 - 0.1 * 3, after(line, "", "a", 1)[0], 1e-6);
    String both = line + "\n minimize b(a(one)) of b with sgd(0.1)";
    assertEquals(3 - 0.1 * 1.7, after(both, "", "b", 1)[0], 1e-6, "the second line sees what the first has made");
  }

  @Test
  void whatIsFixedPassesNoGradient() {
    String rest = "\n minimize b(one) of b with sgd(0.1)";
    assertEquals(2 - 0.1 * 2, after("minimize a(one) * fixed(a(one)) of a with sgd(0.1)" + rest, "", "a", 1)[0], 1e-6);
    assertEquals(2 - 0.1 * 4, after("minimize a(one) * a(one) of a with sgd(0.1)" + rest, "", "a", 1)[0], 1e-6);
  }

  @Test
  void clipBoundsTheNormOfAllGradientsOfALine() {
    String lines = "minimize 3 * a(one) + 4 * b(one) of a, b with sgd(0.1) clip ";
    assertEquals(2 - 0.1 * 3 * 2.5 / 5, after(lines + "2.5", "", "a", 1)[0], 1e-6);
    assertEquals(3 - 0.1 * 4 * 2.5 / 5, after(lines + "2.5", "", "b", 1)[0], 1e-6);
    assertEquals(2 - 0.1 * 3, after(lines + "10", "", "a", 1)[0], 1e-6, "a smaller norm is left alone");
  }

  @Test
  void aLineDoneSeveralTimesComesBeforeTheNextAsAWhole() {
    String lines = "minimize a(one) of a with sgd(0.1) times 2\n minimize b(a(one)) of b with sgd(0.1)";
    assertEquals(2 - 2 * 0.1, after(lines, "", "a", 1)[0], 1e-6);
    assertEquals(3 - 0.1 * 1.8, after(lines, "", "b", 1)[0], 1e-6);
  }

  @Test
  void averagesFollowTheWeights() {
    String lines = "minimize a(one) of a with sgd(0.5)\n minimize b(one) of b with sgd(0.5)";
    assertEquals(1.5, after(lines, "ema 0.9", "a.average", 1)[0], 1e-6);
    assertEquals((0.9 * 1.5 + 1) / 1.9, after(lines, "ema 0.9", "a.average", 2)[0], 1e-6);
    assertEquals((0.81 * 1.5 + 0.9 * 1 + 0.5) / 2.71, after(lines, "ema 0.9", "a.average", 3)[0], 1e-6);
  }
}
