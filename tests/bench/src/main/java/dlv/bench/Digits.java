package dlv.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;

/**
 * Grey images of 28x28 with a label each.
 *
 * <p>Where they are no more than the rows of a batch, every step of both sides sees all of them, and the order in which
 * either takes them changes no mean.
 */
record Digits(byte[] pixels, byte[] labels) {
  private static final int PIXELS = 28 * 28;

  /** How many there are. */
  int rows() {
    return labels.length;
  }

  /** Strokes of chance on black; equal seeds give equal digits. */
  static Digits random(int rows, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[rows * PIXELS];
    byte[] labels = new byte[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = (byte) random.nextInt(10);
      for (int i = 0; i < PIXELS; i++) {
        boolean ink = (i / 28 + 3 * labels[row]) % 10 < 4 && random.nextInt(3) > 0;
        pixels[row * PIXELS + i] = (byte) (ink ? 128 + random.nextInt(128) : 0);
      }
    }
    return new Digits(pixels, labels);
  }

  /** The pixels between 0 and 1. */
  float[] values() {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xff) / 255f;
    }
    return values;
  }

  /** The images as the peer takes them, {@code [rows, 1, 28, 28]} between 0 and 1. */
  Tensor images() {
    return Peer.tensor(values(), rows(), 1, 28, 28);
  }

  /** The labels as the peer takes them, {@code long[rows]}. */
  Tensor classes() {
    return Peer.classes(labels);
  }

  /** Writes both splits, the same in each, as the IDX files of MNIST. */
  void write(Path folder) throws IOException {
    for (String split : new String[] {"train", "t10k"}) {
      ByteBuffer images = ByteBuffer.allocate(16 + pixels.length);
      images.putInt(0x803).putInt(rows()).putInt(28).putInt(28).put(pixels);
      Files.write(folder.resolve(split + "-images-idx3-ubyte"), images.array());
      ByteBuffer classes = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(rows()).put(labels);
      Files.write(folder.resolve(split + "-labels-idx1-ubyte"), classes.array());
    }
  }
}
