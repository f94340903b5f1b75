package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One example or many: from a file, from an array with one more axis in front, from a folder. */
class InputFileTest {
  @TempDir
  private Path folder;

  @BeforeEach
  void write() {
    OutputFile.write(folder.resolve("b.npy"), List.of(2, 3), new float[] {1, 2, 3, 4, 5, 6}, false);
    OutputFile.write(folder.resolve("a.npy"), List.of(3), new float[] {7, 8, 9}, false);
  }

  private static List<String> names(List<InputFile.Example> examples) {
    return examples.stream().map(InputFile.Example::name).toList();
  }

  @Test
  void anArrayWithOneMoreAxisHoldsMany() {
    List<InputFile.Example> examples = InputFile.readAll(folder.resolve("b.npy"), List.of(3));
    assertEquals(List.of("b.npy[0]", "b.npy[1]"), names(examples));
    assertArrayEquals(new float[] {4, 5, 6}, examples.get(1).input().values());
    assertEquals(List.of(3), examples.get(1).input().shape());
    assertEquals(List.of("b.npy"), names(InputFile.readAll(folder.resolve("b.npy"), List.of(2, 3))));
    assertThrows(DataException.class, () -> InputFile.readAll(folder.resolve("b.npy"), List.of(4)));
  }

  @Test
  void aFolderHoldsItsFilesInTheOrderOfTheirNames() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "no example");
    List<InputFile.Example> examples = InputFile.readAll(folder, List.of(3));
    assertEquals(List.of("a.npy", "b.npy[0]", "b.npy[1]"), names(examples));
    assertArrayEquals(new float[] {7, 8, 9}, examples.get(0).input().values());
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThrows(DataException.class, () -> InputFile.readAll(empty, List.of(3)));
  }
}
