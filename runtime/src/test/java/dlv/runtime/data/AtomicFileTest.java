package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"open", "write", "flush", "rename"})
  void afterAFaultThePreviousFileIsIntact(String step) throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "previous");
    DataException e = assertThrows(DataException.class, () -> AtomicFile.write(file,
        to -> to.write(ByteBuffer.wrap(new byte[100])), at -> {
          if (at.equals(step)) {
            throw new IOException("No space left on device");
          }
        }));
    assertEquals("it cannot be read or written (No space left on device)", e.problem());
    assertEquals("previous", Files.readString(file));
    try (var all = Files.list(folder)) {
      assertEquals(List.of(file), all.toList());
    }
  }

  @Test
  void aFaultInTheMiddleOfTheContents() throws IOException {
    Path file = folder.resolve("file");
    AtomicFile.write(file, new byte[] {1});
    assertThrows(IllegalStateException.class, () -> AtomicFile.write(file, to -> {
      to.write(ByteBuffer.wrap(new byte[100]));
      throw new IllegalStateException();
    }));
    assertEquals(1, Files.size(file));
  }

  @Test
  void aMissingFolderIsNamed() {
    DataException e = assertThrows(DataException.class, () -> AtomicFile.write(folder.resolve("no/file"), new byte[1]));
    assertEquals("there is no such file or folder", e.problem());
  }
}
