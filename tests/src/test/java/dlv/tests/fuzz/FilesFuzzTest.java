package dlv.tests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dlv.runtime.data.DataException;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.DataSources;
import dlv.runtime.data.Field;
import dlv.runtime.data.Split;
import dlv.runtime.weights.WeightsFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Any bytes are a file whose rows can be read, or are refused with a reason and a way out. */
class FilesFuzzTest {
  /** Rows read of each split; more take the same way. */
  private static final int ROWS = 64;
  /** Rows wider than this are opened, and not read. */
  private static final int WIDE = 1 << 20;
  private static Path folder;

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("fuzz");
    Files.createDirectory(folder.resolve("digits"));
    Files.createDirectory(folder.resolve("packed"));
  }

  @AfterAll
  static void removeFolder() throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  @FuzzTest
  void safetensors(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("x.safetensors"), bytes);
    answered(() -> {
      try (WeightsFile weights = WeightsFile.open(file)) {
        weights.names().forEach(weights::read);
      }
    });
  }

  @FuzzTest
  void npy(byte[] bytes) throws IOException {
    Files.write(folder.resolve("x.npy"), bytes);
    rows("numpy", Map.of("file", "x.npy"));
  }

  @FuzzTest
  void npz(byte[] bytes) throws IOException {
    Files.write(folder.resolve("x.npz"), bytes);
    rows("numpy", Map.of("file", "x.npz"));
  }

  @FuzzTest
  void csv(byte[] bytes) throws IOException {
    Files.write(folder.resolve("x.csv"), bytes);
    rows("table", Map.of("file", "x.csv", "test", 0.25, "label", "c"));
  }

  @FuzzTest
  void idx(byte[] bytes) throws IOException {
    Files.write(folder.resolve("digits/train-images-idx3-ubyte"), bytes);
    Files.write(folder.resolve("digits/train-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 7, 1});
    rows("mnist", Map.of("folder", "digits"));
  }

  @FuzzTest
  void gzip(byte[] bytes) throws IOException {
    Files.write(folder.resolve("packed/train-labels-idx1-ubyte.gz"), bytes);
    var images = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(images)) {
      packed.write(ByteBuffer.allocate(16 + 2 * 784).putInt(0x803).putInt(2).putInt(28).putInt(28).array());
    }
    Files.write(folder.resolve("packed/train-images-idx3-ubyte.gz"), images.toByteArray());
    rows("mnist", Map.of("folder", "packed"));
  }

  private static void rows(String kind, Map<String, ?> arguments) {
    answered(() -> {
      try (DataSource source =
               DataSources.open(DataSources.kind(kind).orElseThrow(), arguments, folder, Optional.empty())) {
        for (Split split : Split.values()) {
          rows(source, split);
        }
      }
    });
  }

  private static void rows(DataSource source, Split split) {
    int count = Math.min(ROWS, source.rows(split));
    Map<String, ByteBuffer> to = new LinkedHashMap<>();
    for (Field field : source.type().fields()) {
      if (field.bytesPerRow() <= WIDE) {
        to.put(field.name(), ByteBuffer.allocate(count * field.bytesPerRow()).order(ByteOrder.nativeOrder()));
      }
    }
    source.fill(split, 0, 0, count, to);
    for (Field field : source.type().fields()) {
      ByteBuffer values = to.get(field.name());
      if (values != null && field.isIndex()) {
        values.flip();
        while (values.hasRemaining()) {
          int category = values.getInt();
          if (category < 0 || category >= field.classes().size()) {
            throw new AssertionError(category + " is no class of " + field);
          }
        }
      }
    }
  }

  private static void answered(Runnable work) {
    try {
      work.run();
    } catch (DataException e) {
      if (e.problem().isBlank() || e.help().isBlank() || e.problem().lines().count() > 3) {
        throw new AssertionError("not a good refusal: " + e.getMessage(), e);
      }
    }
  }
}
