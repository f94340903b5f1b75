package dlv.tests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.ir.Array;
import dlv.compiler.source.SourceFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs of models that train in turn: a line moves weights and statistics of the models it names, and of no other. */
class PairsTest {
  private static final String TEXT = """
      network Generator(z: float[n]) -> float[6] { z -> Dense(8) -> BatchNorm -> relu -> Dense(6) }
      network Critic(x: float[6]) -> float {
        (x -> Dense(8, spectral: true) -> BatchNorm -> softplus -> Dense(1))[0]
      }

      train Pair {
        data  digits = digits(train: 64, test: 16)
        model G = Generator(n: 4)
        model D = Critic
        let real = (digits.image -> Flatten)[300 .. 305]
        let fake = G(normal([4]))
        let mix  = (real + fixed(fake)) / 2
        LINE
        batch 16  epochs 1
      }
      """;

  private static final Map<String, String> LINES = Map.of(
      "minimax", "minimize -bce(D(real), 1) - bce(D(fake), 0) of G with sgd(0.1)",
      "non-saturating", "minimize bce(D(fake), 1) of G with sgd(0.1)",
      "discriminator", "minimize bce(D(real), 1) + bce(D(fake), 0) of D with sgd(0.1)",
      "least squares", "minimize (D(real) - 1) ^ 2 + D(fake) ^ 2 of D with sgd(0.1) times 2",
      "penalty", "minimize D(fake) - D(real) + 10 * (norm(gradient(D(mix), mix)) - 1) ^ 2 of D with sgd(0.1)",
      "both", "minimize bce(D(fake), 1) of G, D with sgd(0.1)");

  @ParameterizedTest
  @CsvSource({"minimax, G", "non-saturating, G", "discriminator, D", "least squares, D", "penalty, D", "both, DG"})
  void onlyModelsOfTheLineMove(String line, String models) {
    String text = TEXT.replace("LINE", LINES.get(line));
    var training = new InterpretedTraining(
        Compiler.check(new SourceFile("test.dlv", text), Compiler.Given.NOTHING).trains().get(0));
    Map<String, Array> before = training.chance();
    Map<String, Array> after = training.step();
    List<String> moved = before.keySet().stream().filter(path -> path.matches("[GD](\\..*)?")
        && !Arrays.equals(before.get(path).data(), after.get(path).data())).toList();
    assertEquals(models, new TreeSet<>(moved).stream().map(path -> path.substring(0, 1)).distinct()
        .collect(Collectors.joining()), moved.toString());
    for (String model : models.split("")) {
      assertTrue(moved.contains(model), "weights of " + model);
      List<String> own = after.keySet().stream().filter(path -> path.startsWith(model + ".")).toList();
      assertTrue(!own.isEmpty() && moved.containsAll(own), "statistics of " + own + " in " + moved);
    }
  }
}
