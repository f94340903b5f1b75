package dlv.compiler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pictures {@code draw} writes, and what it says where it cannot. */
class DrawTest {

  @TempDir
  private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("two.dlv"), """
        network First(x: float[4]) { x -> Dense(2) }
        network Second(x: float[4]) { x -> First }
        """).toString();
  }

  private ExitCode run(String... arguments) {
    out.reset();
    err.reset();
    return Main.run(arguments, new Output(out, err, false));
  }

  @Test
  void aFolderTakesAllNetworks() {
    Path pictures = folder.resolve("new/pictures");
    assertEquals(ExitCode.OK, run("draw", file, "--out", pictures.toString()));
    assertTrue(Files.exists(pictures.resolve("First.svg")) && Files.exists(pictures.resolve("Second.svg")));
    assertEquals(ExitCode.OK, run("draw", file, "--out", pictures.toString(), "--format", "json"));
    assertEquals(2, Json.parse(out.toString(StandardCharsets.UTF_8).strip()).view().at("files").list(v -> v).size());
  }

  @Test
  void aFileTakesOne() {
    String picture = folder.resolve("net.png").toString();
    assertEquals(ExitCode.USAGE, run("draw", file, "--out", picture));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("say which with --only: First, Second"));
    assertEquals(ExitCode.OK, run("draw", file, "--out", picture, "--only", "Second", "--depth", "0"));
    assertTrue(Files.exists(Path.of(picture)));
  }

  @Test
  void namesAndDepthsAreExamined() throws IOException {
    assertEquals(ExitCode.USAGE, run("draw", file, "--only", "Secnd"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("did you mean `Second`?"));
    assertEquals(ExitCode.USAGE, run("draw", file, "--depth", "-1"));
    assertEquals(ExitCode.DATA, run("draw", file, "--out", file), err.toString(StandardCharsets.UTF_8));
    assertEquals(1, Files.list(folder).count(), "nothing else was written");
  }
}
