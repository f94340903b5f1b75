package dlv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;

/** Colour images of 32x32 with a label each, channel by channel. */
record Pictures(byte[] pixels, byte[] labels) {
  private static final int PIXELS = 3 * 32 * 32;

  /** How many there are. */
  int rows() {
    return labels.length;
  }

  /** Stripes and noise; equal seeds give equal pictures. */
  static Pictures random(int rows, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[rows * PIXELS];
    byte[] labels = new byte[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = (byte) random.nextInt(10);
      for (int i = 0; i < PIXELS; i++) {
        boolean light = (i / 32 + 3 * labels[row]) % 10 < 4;
        pixels[row * PIXELS + i] = (byte) ((light ? 128 : 0) + random.nextInt(128));
      }
    }
    return new Pictures(pixels, labels);
  }

  /** The images as the peer takes them, {@code [rows, 3, 32, 32]} between 0 and 1. */
  Tensor images() {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xff) / 255f;
    }
    return Peer.tensor(values, rows(), 3, 32, 32);
  }

  /** The labels as the peer takes them, {@code long[rows]}. */
  Tensor classes() {
    return Peer.classes(labels);
  }

  /** Writes them as a training file of CIFAR-10. */
  void write(Path folder) throws IOException {
    byte[] records = new byte[rows() * (1 + PIXELS)];
    for (int row = 0; row < rows(); row++) {
      records[row * (1 + PIXELS)] = labels[row];
      System.arraycopy(pixels, row * PIXELS, records, row * (1 + PIXELS) + 1, PIXELS);
    }
    Files.write(folder.resolve("data_batch_1.bin"), records);
  }
}
