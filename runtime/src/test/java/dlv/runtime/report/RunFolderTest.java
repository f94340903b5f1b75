package dlv.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.data.DataException;
import dlv.runtime.weights.Checkpoint;
import dlv.runtime.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir
  Path runs;

  private static Configuration with(String seed) {
    return Configuration.of(Map.of("program", Configuration.digest("network …"), "seed", seed));
  }

  private RunFolder open(String seed) {
    return RunFolder.open(runs, "Digits", with(seed));
  }

  @Test
  void anInterruptedRunIsTakenUpAgain() {
    Path path;
    try (RunFolder first = open("1")) {
      path = first.path();
      assertEquals(runs.resolve("Digits-001"), path);
      assertFalse(first.isResumed());
      assertEquals(Optional.empty(), first.checkpoint());
      new Checkpoint(5, 1, 1, first.configuration().hash(), Map.of(), List.of(Tensor.floats("a", List.of(1L), 3)))
          .write(first.checkpointFile());
    }
    try (RunFolder again = open("1")) {
      assertEquals(path, again.path());
      assertTrue(again.isResumed());
      assertEquals(5, again.checkpoint().orElseThrow().step());
      again.finish();
    }
    try (RunFolder next = open("1")) {
      assertEquals(runs.resolve("Digits-002"), next.path());
      assertFalse(next.isResumed());
      next.diverge();
    }
    try (RunFolder next = open("1")) {
      assertEquals(runs.resolve("Digits-003"), next.path());
    }
    assertEquals(Optional.of(path), RunFolder.latestFinished(runs, "Digits"));
    assertEquals(Optional.of(path), RunFolder.latestFinished(runs, ""));
    assertEquals(Optional.empty(), RunFolder.latestFinished(runs, "Other"));
    assertEquals(Optional.empty(), RunFolder.latestFinished(runs.resolve("none"), ""));
  }

  @Test
  void anotherConfigurationGetsAFolderOfItsOwn() {
    open("1").close();
    try (RunFolder other = open("2")) {
      assertEquals(runs.resolve("Digits-002"), other.path());
      assertEquals(1, other.notes().size());
      assertTrue(other.notes().get(0).endsWith(
          "was interrupted, and is not resumed because another seed is asked for now"), other.notes().get(0));
    }
    try (RunFolder first = open("1")) {
      assertEquals(runs.resolve("Digits-001"), first.path());
    }
    try (RunFolder block = RunFolder.open(runs, "Other block", with("1"))) {
      assertEquals(runs.resolve("Other_block-001"), block.path());
    }
  }

  @Test
  void aSecondTrainingIsRefused() {
    try (RunFolder first = open("1")) {
      DataException e = assertThrows(DataException.class, () -> open("1"));
      assertEquals("process " + ProcessHandle.current().pid() + " is training there, with this configuration",
          e.problem());
      assertTrue(e.help().contains("--set seed=2"));
      assertTrue(Files.exists(first.path().resolve("lock")));
    }
    open("1").close();
    assertFalse(Files.exists(runs.resolve("Digits-001/lock")));
  }

  /** Claims a run and waits to be killed; started as a process of its own. */
  public static final class Holder {
    /** Takes the folder of runs. */
    public static void main(String[] args) throws InterruptedException {
      RunFolder folder = RunFolder.open(Path.of(args[0]), "Digits", with("1"));
      System.out.println(folder.path());
      Thread.sleep(60_000);
    }
  }

  @Test
  void theLockOfAnotherProcessHoldsUntilItDies() throws IOException, InterruptedException {
    Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Holder.class.getName(), runs.toString()).redirectErrorStream(true)
        .start();
    try (var lines = holder.inputReader()) {
      assertEquals(runs.resolve("Digits-001").toString(), lines.readLine());
      DataException e = assertThrows(DataException.class, () -> open("1"));
      assertTrue(e.problem().startsWith("process " + holder.pid() + " is training"), e.problem());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    try (RunFolder recovered = open("1")) {
      assertEquals(runs.resolve("Digits-001"), recovered.path());
      assertTrue(recovered.isResumed());
    }
  }

  @Test
  void foldersThatAreNotOursAreLeftAlone() throws IOException {
    Files.createDirectory(runs.resolve("Digits-001"));
    Files.writeString(runs.resolve("Digits-001/run.json"), "{\"format\"");
    Files.createDirectory(runs.resolve("notes"));
    try (RunFolder folder = open("1")) {
      assertEquals(runs.resolve("Digits-002"), folder.path());
    }
    Files.writeString(runs.resolve("file"), "");
    DataException e = assertThrows(DataException.class, () -> RunFolder.open(runs.resolve("file"), "D", with("1")));
    assertTrue(e.problem().contains("this is a file"));
  }

  @Test
  void aCheckpointOfAnotherRunIsRefused() {
    try (RunFolder folder = open("1")) {
      new Checkpoint(5, 1, 1, "other", Map.of(), List.of()).write(folder.checkpointFile());
      assertTrue(assertThrows(DataException.class, folder::checkpoint).problem().contains("another configuration"));
    }
  }

  @Test
  void configurationsDifferByAnyPart() {
    assertEquals(with("1").hash(), with("1").hash());
    assertNotEquals(with("1").hash(), with("2").hash());
    assertNotEquals(Configuration.of(Map.of("a", "b=c")).hash(), Configuration.of(Map.of("a=b", "c")).hash());
    assertEquals(List.of("seed"), with("1").differences(with("2")));
  }
}
