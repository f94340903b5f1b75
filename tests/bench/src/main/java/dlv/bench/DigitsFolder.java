package dlv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of digits as IDX files, there until it is closed. */
record DigitsFolder(Path path) implements AutoCloseable {
  /** Writes digits into a new folder. */
  static DigitsFolder of(Digits digits) throws IOException {
    Path path = Files.createTempDirectory("digits");
    digits.write(path);
    return new DigitsFolder(path);
  }

  /** Removes the folder. */
  @Override
  public void close() throws IOException {
    delete(path);
  }

  /** Removes a folder and all in it. */
  static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
