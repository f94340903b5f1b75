package dlv.tests.kit;

import dlv.runtime.data.DataSource;
import dlv.runtime.data.Split;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Drawn digits kept as the IDX files of MNIST, so that no drawing goes on while steps are timed. */
final class DigitFiles {
  private static final int TRAIN = 12_800;
  private static final int TEST = 1_280;
  private static final int PIXELS = 28 * 28;

  private DigitFiles() {}

  /** Draws them into a folder. */
  static Path draw(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (DataSource digits = Session.source("digits", Map.of("train", (long) TRAIN, "test", (long) TEST, "seed", 1L),
        folder, Optional.empty())) {
      write(digits, Split.TRAIN, folder.resolve("train"));
      write(digits, Split.TEST, folder.resolve("t10k"));
    }
    return folder;
  }

  private static void write(DataSource digits, Split split, Path prefix) throws IOException {
    int rows = digits.rows(split);
    ByteBuffer images = ByteBuffer.allocateDirect(rows * PIXELS);
    ByteBuffer labels = ByteBuffer.allocateDirect(rows * Integer.BYTES).order(ByteOrder.nativeOrder());
    digits.fill(split, 0, 0, rows, Map.of("image", images, "label", labels));
    ByteBuffer imageFile = ByteBuffer.allocate(16 + rows * PIXELS).putInt(0x803).putInt(rows).putInt(28).putInt(28);
    Files.write(Path.of(prefix + "-images-idx3-ubyte"), imageFile.put(images.flip()).array());
    ByteBuffer labelFile = ByteBuffer.allocate(8 + rows).putInt(0x801).putInt(rows);
    labels.flip();
    while (labels.hasRemaining()) {
      labelFile.put((byte) labels.getInt());
    }
    Files.write(Path.of(prefix + "-labels-idx1-ubyte"), labelFile.array());
  }
}
