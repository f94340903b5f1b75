package dlv.tests.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.layout.Flavour;
import dlv.compiler.source.SourceFile;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.Device;
import dlv.runtime.data.DataSource;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The train blocks of the examples learn in a few steps, on data that the program makes, in smaller sizes. */
@NeedsOpenCl
class ExamplesTrainTest {
  private static final int FEW = 5;

  /** The loss of the last steps is a tenth or more below that of the first. {@code smaller} is a change of the text. */
  @ParameterizedTest
  @CsvSource({
      "forecast, 8, 100, n: int = 16 => n: int = 8",
      "rows, 16, 120, n: int = 64 => n: int = 16",
      "cell, 16, 60, n: int = 128 => n: int = 32",
      "captions, 16, 60, n: 128 => n: 32",
      "gpt, 16, 60, blocks: int = 2 => blocks: int = 1",
      "gaps, 16, 120, n: int = 96 => n: int = 16",
  })
  void trains(String name, int batch, int steps, String smaller) throws IOException {
    String[] change = smaller.split(" => ");
    trains(example(name, change[0], change[1]), batch, steps);
  }

  /** The text of an example with one change, and without assertions, which are about its full size. */
  private static String example(String name, String from, String to) throws IOException {
    String text = Files.readString(Path.of("..", "examples", name, name + ".dlv"));
    assertTrue(text.contains(from), from);
    return text.replace("assert", "// assert").replace(from, to);
  }

  private static void trains(String text, int batch, int steps) {
    var program = Compiler.check(new SourceFile("example.dlv", text),
        new Compiler.Given(Map.of("batch", "" + batch), Map.of(), Path.of("")));
    TrainProgram train = program.trains().get(0);
    Map<String, DataSource> data = new LinkedHashMap<>();
    train.data().forEach(line -> data.put(line.name(),
        Session.source(line.source(), line.arguments(), Path.of(""), Optional.empty())));
    try (Device device = Device.open(); Session session =
        Session.open(device, Compiler.compile(train, Flavour.CPU_BATCH), Compiler.training(train), data)) {
      double before = loss(session);
      session.trainer().iterate(steps - 2 * FEW);
      session.trainer().figures();
      double after = loss(session);
      assertTrue(after < 0.9 * before, "from " + before + " to " + after);
    }
  }

  private static double loss(Session session) {
    session.trainer().iterate(FEW);
    return session.trainer().figures().get("loss");
  }
}
