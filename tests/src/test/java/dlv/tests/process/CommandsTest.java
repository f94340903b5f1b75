package dlv.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.cli.Main;
import dlv.needs.NeedsOpenCl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands end when they are interrupted, cut off or kept short. */
@EnabledOnOs(OS.LINUX)
class CommandsTest {
  private static final int INTERRUPTED = 130;
  private static final int OUTPUT_CLOSED = 141;
  private static final long PATIENCE = 120;

  @TempDir
  Path folder;
  private Path endless;

  @BeforeEach
  void write() throws IOException {
    endless = Files.writeString(folder.resolve("endless.dlv"), """
        network A(x: float[1, 28, 28]) -> y: float[10] { x -> Flatten -> Dense(10) }
        train T {
          data d = digits(train: 64, test: 16)
          model net = A
          minimize cross_entropy(net(d.image), d.label) with sgd(1e-3)
          batch 16  epochs 100000
        }
        """);
  }

  private static Process start(String heap, List<String> before, Map<String, String> environment, String... arguments)
      throws IOException {
    var command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx" + heap, "-Xss4m", "-cp",
        System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Process train() throws IOException {
    return start("96m", List.of(), Map.of(), "train", endless.toString(), "--runs", folder.resolve("runs").toString());
  }

  /** Reads until these words have come; what came. */
  private static String readTo(Process process, String words) throws IOException {
    var read = new StringBuilder();
    InputStream in = process.getInputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      read.append((char) b);
      if (read.indexOf(words, Math.max(0, read.length() - words.length())) >= 0) {
        return read.toString();
      }
    }
    throw new AssertionError("no \"" + words + "\" in: " + read);
  }

  private static void signal(Process process, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
  }

  /** All further output of a process that ends so. */
  private static String end(Process process, int code) throws IOException, InterruptedException {
    String rest = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS), rest);
    assertEquals(code, process.exitValue(), rest);
    assertFalse(rest.contains("\tat ") || rest.contains("Exception"), rest);
    return rest;
  }

  @NeedsOpenCl
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void theFirstSignalSaves(String name) throws IOException, InterruptedException {
    Process process = train();
    readTo(process, "training T in");
    signal(process, name);
    assertTrue(end(process, INTERRUPTED).contains("saved; the same command goes on from step"));
    assertTrue(Files.exists(folder.resolve("runs/T-001/checkpoint.safetensors")), "the checkpoint is there");
  }

  @NeedsOpenCl
  @Test
  void theSecondSignalEndsAtOnce() throws IOException, InterruptedException {
    Process process = train();
    readTo(process, "training T in");
    signal(process, "INT");
    readTo(process, "once more to stop at once");
    signal(process, "INT");
    end(process, INTERRUPTED);
  }

  /** The device is open, and kernels are not yet compiled. */
  @NeedsOpenCl
  @Test
  void aSignalWhileKernelsAreCompiledIsHeard() throws IOException, InterruptedException {
    Process process = start("96m", List.of(), Map.of("POCL_CACHE_DIR", folder.resolve("cold").toString(), "DLV_CACHE",
        folder.resolve("cache").toString()), "train", endless.toString(), "--runs", folder.resolve("runs").toString());
    readTo(process, "device: ");
    signal(process, "INT");
    end(process, INTERRUPTED);
  }

  @Test
  void anOutputThatNobodyReadsEndsQuietly() throws IOException, InterruptedException {
    Process process = start("96m", List.of(), Map.of(), "dump", endless.toString(), "--after", "parse");
    process.getInputStream().close();
    assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS));
    assertEquals(OUTPUT_CLOSED, process.exitValue());
  }

  /** Few open files, no home, no folder for caches, little memory: training goes on all the same. */
  @NeedsOpenCl
  @Test
  void littleIsEnough() throws IOException, InterruptedException {
    List<String> few = List.of("sh", "-c", "ulimit -n 64; exec \"$@\"", "sh");
    String none = "/proc/none";
    Process process = start("96m", few, Map.of("HOME", none, "DLV_CACHE", none, "XDG_CACHE_HOME", none),
        "train", endless.toString(), "--set", "epochs=1", "--runs", folder.resolve("runs").toString());
    assertTrue(end(process, 0).contains("weights: "));
  }

  @Test
  void tooLittleMemoryIsSaid() throws IOException, InterruptedException {
    String large = "let a = [" + "1 + 2, ".repeat(400_000) + "3]";
    Path file = Files.writeString(folder.resolve("large.dlv"), large);
    Process process = start("16m", List.of(), Map.of(), "check", file.toString());
    assertTrue(end(process, 1).contains("Java has too little memory"));
  }
}
