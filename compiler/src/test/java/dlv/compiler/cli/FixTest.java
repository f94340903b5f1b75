package dlv.compiler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way that {@code fix} offers mends the file, and nothing else is written. */
class FixTest {
  private static final String MISFIT = """
      network Net(image: float[1, 16, 16]) -> float[10] {
        image
          -> Conv2D(4, kernel: 5) -> relu   // C1
          -> AvgPool(2)                     // S2
          -> Flatten
          -> Dense(10, m: 64)               // F3
      }
      """;

  @TempDir
  private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ExitCode run(String... arguments) {
    out.reset();
    err.reset();
    return Main.run(arguments, new Output(out, err, false));
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("net.dlv"), text);
  }

  @Test
  void everyWayMendsTheFile() throws IOException {
    Path file = file(MISFIT);
    assertEquals(ExitCode.OK, run("fix", file.toString()));
    assertEquals(MISFIT, Files.readString(file), "showing writes nothing");
    List<String> ways = written().lines().filter(line -> line.matches("  \\d+\\. .*")).toList();
    assertTrue(ways.size() >= 4, written());
    for (int i = 0; i < ways.size(); i++) {
      file(MISFIT);
      assertEquals(ExitCode.OK, run("fix", file.toString(), "--apply", Integer.toString(i + 1)));
      String after = Files.readString(file);
      assertTrue(after.contains("// S2"), after);
      assertEquals(ExitCode.OK, run("check", file.toString()), ways.get(i) + "\n" + after + err);
      assertEquals(ExitCode.OK, run("summary", file.toString(), "--format", "json"));
      String parameters = ways.get(i).replaceAll(".*: ([0-9,]+) parameters.*", "$1").replace(",", "");
      assertTrue(written().contains("\"parameters\":" + parameters), ways.get(i) + written());
    }
  }

  @Test
  void waysAreOfEveryKind() throws IOException {
    run("fix", file(MISFIT).toString());
    assertTrue(written().contains("drop `m: 64`: 1,554 parameters, a field of view of 6x6"), written());
    assertTrue(written().contains("turn `AvgPool(2)` on line 4 into `AvgPool(3)`: 754 parameters"), written());
    assertTrue(written().contains("into `Conv2D(4, kernel: 8)`"), written());
    assertTrue(written().contains("drop `m: 64` and put `GlobalAvgPool` before `Flatten` on line 5"), written());
  }

  @Test
  void whatWasProbablyMeantCanBeApplied() throws IOException {
    Path file = file("network Net(x: float[4]) -> float[2] { x -> Dence(2) }\n");
    assertEquals(ExitCode.OK, run("fix", file.toString()));
    assertTrue(written().contains("1. did you mean `Dense`?"), written());
    assertEquals(ExitCode.OK, run("fix", file.toString(), "--apply", "1"));
    assertEquals("network Net(x: float[4]) -> float[2] { x -> Dense(2) }\n", Files.readString(file));
    assertEquals(ExitCode.OK, run("fix", file.toString()));
    assertEquals("no errors\n", written());
  }

  @Test
  void aNumberThatIsNoWayChangesNothing() throws IOException {
    Path file = file(MISFIT);
    assertEquals(ExitCode.USAGE, run("fix", file.toString(), "--apply", "99"));
    assertEquals(ExitCode.USAGE, run("fix", file.toString(), "--apply", "0"));
    assertEquals(MISFIT, Files.readString(file));
    file("let = 1\n");
    assertEquals(ExitCode.SOURCE, run("fix", file.toString()));
    assertFalse(written().contains("--apply"), written());
  }
}
