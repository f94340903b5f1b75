package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dlv.runtime.weights.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Paths at which there is nothing to read, for every reader. */
class UnreadableTest {
  @TempDir
  Path folder;

  private record Reader(String kind, String file, Executable read) {}

  private List<Reader> readers() {
    return List.of(
        new Reader("table", "x.csv", () -> Opened.source("table", Map.of("file", "x.csv"), folder).close()),
        new Reader("numpy", "x.npy", () -> Opened.source("numpy", Map.of("file", "x.npy"), folder).close()),
        new Reader("zipped numpy", "x.npz", () -> Opened.source("numpy", Map.of("file", "x.npz"), folder).close()),
        new Reader("mnist", "m/train-images-idx3-ubyte",
            () -> Opened.source("mnist", Map.of("folder", "m"), folder).close()),
        new Reader("picture", "x.png", () -> PictureFile.read(folder.resolve("x.png"))),
        new Reader("weights", "x.safetensors", () -> WeightsFile.open(folder.resolve("x.safetensors")).close()));
  }

  @TestFactory
  Stream<DynamicTest> permissionDenied() {
    return readers().stream().map(reader -> DynamicTest.dynamicTest(reader.kind(), () -> {
      Path file = folder.resolve(reader.file());
      Files.createDirectories(file.getParent());
      // Whole enough that its kind is known, where a reader looks.
      Files.write(file, new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
      file.toFile().setReadable(false, false);
      assumeFalse(Files.isReadable(file), "root reads everything");
      DataException e = Opened.refused(reader.read());
      assertEquals("permission denied", e.problem());
      assertTrue(e.help().contains("chmod +r"), e.help());
    }));
  }

  @TestFactory
  Stream<DynamicTest> foldersAndEmptyFiles() {
    return readers().stream().map(reader -> DynamicTest.dynamicTest(reader.kind(), () -> {
      Path file = folder.resolve(reader.file());
      Opened.refused(reader.read());
      Files.createDirectories(file);
      Opened.refused(reader.read());
      empty(file);
      Opened.refused(reader.read());
    }));
  }

  /** Nobody writes to it: whoever opened it would wait for ever. */
  @TestFactory
  Stream<DynamicTest> pipes() {
    return readers().stream().map(reader -> DynamicTest.dynamicTest(reader.kind(), () -> {
      Path file = folder.resolve(reader.file());
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "no pipes here");
      DataException e = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Opened.refused(reader.read()));
      assertTrue(e.problem().startsWith("this is a pipe or a device"), e.problem());
      Files.delete(file);
    }));
  }

  private static void empty(Path file) throws IOException {
    Files.delete(file);
    Files.createFile(file);
  }
}
