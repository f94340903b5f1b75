package dlv.tests.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.Program;
import dlv.compiler.syntax.SourceReader;
import dlv.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  @TempDir
  Path work;

  private void write(String part, Json json) throws IOException {
    Files.writeString(work.resolve(part + ".json"), json.toText());
  }

  private static Measurement row(String contender, boolean tf32, double seconds) {
    return new Measurement("product 512", contender, tf32, seconds, seconds, 2e9, 1, "");
  }

  @Test
  void ratiosAreOfThePeersTimeToOurs() throws IOException {
    write("speed", Json.object().put("rows", List.of(row("dlv", false, 1e-3), Measurement.failed("step", "too large")),
        Measurement::toJson).build());
    write("torch", Json.object().put("about", "PyTorch 2.0").put("rows", List.of(row("eager", false, 2.5e-3),
        row("eager", true, 5e-4)), Measurement::toJson).build());
    String text = Results.read(work).toMarkdown();
    assertTrue(text.contains("| product 512 | 1.000 ms | 2.00 | 2.500 ms (2.50x) | 500.00 µs (0.50x) |"), text);
    assertTrue(text.contains("| | dlv | TFLOP/s | eager | eager, TF32 |"), text);
    assertTrue(text.contains("Not measured: step (dlv): too large"), text);
    assertTrue(text.contains("The doctor did not finish."), text);
  }

  @Test
  void partsThatAreThereComeBackUnchanged() throws IOException {
    Json speed = Json.object().put("rows", List.of(row("dlv", false, 1e-3)), Measurement::toJson).build();
    write("speed", speed);
    assertEquals(speed.toText(), Results.read(work).toJson().view().at("speed").value().toText());
  }

  @Test
  void aMeasurementCountsOnlyWholeTurns() {
    int[] most = {0};
    Measurement row = Measurement.of("nap", 0, 0, count -> {
      most[0] = Math.max(most[0], count);
      long end = System.nanoTime() + count * 1_000_000L;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    });
    assertTrue(most[0] >= 100, most[0] + " times");
    assertTrue(row.median() >= 1e-3 && row.best() <= row.median(), row.toString());
  }

  @Test
  void theProgramsOfTheKitAreRight() {
    Program program = Compiler.check(SourceReader.read(Path.of("gpu", "speed.dlv")), Compiler.Given.NOTHING);
    assertEquals(9, program.networks().size());
    assertEquals(3, program.trains().size());
    assertTrue(program.warnings().isEmpty(), program.warnings().toString());
  }

  @Test
  void digitsAreKeptAsFiles() throws IOException {
    Path folder = DigitFiles.draw(work.resolve("digits"));
    var given = new Compiler.Given(Map.of(), Map.of("digits", folder), work);
    Program program = Compiler.check(SourceReader.read(Path.of("gpu", "speed.dlv")), given);
    assertEquals(12_800, program.train("LeNetAdam").orElseThrow().data().get(0).trainRows());
  }
}
