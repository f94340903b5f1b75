package dlv.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text compared with a file under {@code cases}; {@code -Ddlv.golden=update} writes the file, and still fails. */
public final class Golden {
  private Golden() {}

  /** {@code file} is relative to {@code tests/cases}. */
  public static void check(String file, String text) {
    Path path = Path.of("cases").resolve(file);
    try {
      boolean exists = Files.exists(path);
      if (exists && Files.readString(path).equals(text)) {
        return;
      }
      if ("update".equals(System.getProperty("dlv.golden"))) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        fail(path + " is rewritten: look at the difference");
      }
      assertEquals(exists ? Files.readString(path) : "", text, path + " (-Ddlv.golden=update rewrites it)");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
