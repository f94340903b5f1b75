package dlv.runtime.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir
  Path folder;

  private static Checkpoint at(long step) {
    float[] values = new float[50_000];
    Arrays.fill(values, step);
    return new Checkpoint(step, step / 10, 7, "c0ffee", Map.of("best", "0.25"),
        List.of(Tensor.floats("weight/net.W", List.of(50_000L), values)));
  }

  @Test
  void whatIsWrittenIsRead() {
    Path file = folder.resolve("checkpoint.safetensors");
    at(120).write(file);
    Checkpoint back = Checkpoint.read(file);
    assertEquals(120, back.step());
    assertEquals(12, back.epoch());
    assertEquals(7, back.seed());
    assertEquals("c0ffee", back.configuration());
    assertEquals(Map.of("best", "0.25"), back.notes());
    assertEquals(120f, back.tensors().get(0).toFloats()[49_999]);
  }

  @Test
  void weightsAloneAreNoCheckpoint() {
    Path file = folder.resolve("weights.safetensors");
    WeightsFile.write(file, Map.of(), List.of(Tensor.floats("a", List.of(), 1)));
    assertTrue(assertThrows(DataException.class, () -> Checkpoint.read(file)).problem().contains("no checkpoint"));
  }

  /** Writes checkpoints without end; started as a process of its own. */
  public static final class Writer {
    /** Takes the file to write. */
    public static void main(String[] args) {
      for (long step = 1; ; step++) {
        at(step).write(Path.of(args[0]));
        System.out.println(step);
      }
    }
  }

  @Test
  void aKilledWriterLeavesThePreviousFileOrTheNew() throws IOException, InterruptedException {
    Path file = folder.resolve("checkpoint.safetensors");
    at(0).write(file);
    for (int round = 0; round < 3; round++) {
      Process writer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Writer.class.getName(),
          file.toString()).redirectErrorStream(true).start();
      long seen = 0;
      try (var lines = writer.inputReader()) {
        for (int i = 0; i < 3 + round; i++) {
          seen = Long.parseLong(lines.readLine());
        }
        writer.destroyForcibly().waitFor();
      }
      Checkpoint left = Checkpoint.read(file);
      assertTrue(left.step() >= seen, left.step() + " is older than " + seen);
      assertEquals(left.step(), left.tensors().get(0).toFloats()[0]);
    }
    at(1).write(file);
    try (var all = Files.list(folder)) {
      assertFalse(all.anyMatch(p -> p.getFileName().toString().endsWith(".part")), "leftovers are cleared away");
    }
  }
}
