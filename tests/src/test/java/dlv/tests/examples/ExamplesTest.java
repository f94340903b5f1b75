package dlv.tests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.syntax.SourceReader;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.Device;
import dlv.runtime.data.DataSource;
import dlv.runtime.train.Session;
import dlv.runtime.train.Trainer;
import dlv.tests.Flavours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of the examples is without fault, and the trainings of the small ones get somewhere. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../examples");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES, 2)) {
      return files.filter(file -> file.toString().endsWith(".dlv")).sorted().toList();
    }
  }

  private static Program program(Path file, Map<String, String> set) {
    return Compiler.check(SourceReader.read(file), new Compiler.Given(set, Map.of(), file.getParent()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void isWithoutFault(Path file) {
    assertEquals(List.of(), program(file, Map.of()).warnings());
  }

  /** Some steps in small batches, and as many again: the losses of all lines together have fallen. */
  @NeedsOpenCl
  @ParameterizedTest
  @CsvSource({"autoencoder/autoencoder.dlv, Sparse, 40", "autoencoder/autoencoder.dlv, Denoising, 40",
      "autoencoder/autoencoder.dlv, Anomaly, 40", "autoencoder/few.dlv, Pixels, 16", "bayes/bayes.dlv, Both, 40",
      "gan/gan.dlv, LeastSquares, 20", "gan/gan.dlv, Wasserstein, 10"})
  void someStepsReduceTheLoss(String name, String block, int steps) {
    Path file = EXAMPLES.resolve(name);
    TrainProgram train = program(file, Map.of("batch", "16")).trains().stream()
        .filter(candidate -> candidate.name().equals(block)).findFirst().orElseThrow();
    Map<String, DataSource> data = new LinkedHashMap<>();
    train.data().forEach(line -> data.put(line.name(),
        Session.source(line.source(), line.arguments(), file.getParent(), Optional.empty())));
    try (Device device = Device.open(); Session session = Session.open(device,
        Compiler.compile(train, Flavours.asked().get(0)), Compiler.training(train), data)) {
      double before = loss(session.trainer(), steps);
      double after = loss(session.trainer(), steps);
      assertTrue(after < before, before + ", then " + after);
    }
  }

  /** The sum of the losses of all lines, averaged over some steps. */
  private static double loss(Trainer trainer, int steps) {
    trainer.iterate(steps);
    Map<String, Double> figures = trainer.figures();
    return trainer.training().losses().stream().mapToDouble(figures::get).sum();
  }
}
