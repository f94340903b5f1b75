package dlv.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Files of data and weights as they are opened: opening a pipe that nobody writes to would wait for ever. */
public final class DataFile {
  private DataFile() {}

  /**
   * The bytes of a file from its beginning.
   *
   * @throws DataException where it is no plain file
   */
  static InputStream open(Path file) throws IOException {
    requirePlain(file);
    return Files.newInputStream(file);
  }

  /**
   * Nothing, for a file that can be read again from its beginning.
   *
   * @throws DataException for a folder, a pipe or a device
   */
  public static void requirePlain(Path file) throws IOException {
    BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
    if (is.isDirectory()) {
      throw DataException.of(file, "this is a folder, and a file is wanted", "name a file in it");
    }
    if (!is.isRegularFile()) {
      throw DataException.of(file, "this is a pipe or a device, and a file is wanted", "write what it gives to a file");
    }
  }
}
