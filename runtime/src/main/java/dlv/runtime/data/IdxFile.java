package dlv.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The header of an IDX file: two zero bytes, the type of the elements, the number of dimensions, and each of them as a
 * big-endian 32-bit integer (LeCun's MNIST page). Only unsigned bytes are read, plain or in gzip.
 */
record IdxFile(Path file, List<Integer> shape, long dataStart) {
  private static final int UNSIGNED_BYTES = 8;
  private static final int MOST_AXES = 4;

  /** Reads the header of a file that must have {@code axes} dimensions. */
  static IdxFile open(Path file, int axes) {
    int length = 4 + 4 * axes;
    ByteBuffer head = ByteBuffer.wrap(start(file, length));
    if (head.remaining() < 4) {
      throw DataException.atByte(file, head.remaining(), "the file ends in its header", "it is empty or truncated:"
          + " fetch it again");
    }
    int magic = head.getInt();
    if (magic >>> 16 != 0 || (magic & 0xFF) == 0 || (magic & 0xFF) > MOST_AXES) {
      throw DataException.atByte(file, 0, String.format("0x%08x is no IDX magic number", magic),
          String.format("%s begin with 0x%08x", axes == 1 ? "labels" : "images", UNSIGNED_BYTES << 8 | axes));
    }
    if ((magic >>> 8 & 0xFF) != UNSIGNED_BYTES) {
      throw DataException.atByte(file, 2,
          String.format("elements of type 0x%02x are not read here", magic >>> 8 & 0xFF),
          "write the file with unsigned bytes (0x08), or as NPY");
    }
    if ((magic & 0xFF) != axes) {
      throw DataException.atByte(file, 3, "the data have " + (magic & 0xFF) + " dimensions, not " + axes,
          axes == 1 ? "labels have one" : "grey images have three: images, rows, columns");
    }
    if (head.remaining() < 4 * axes) {
      throw DataException.atByte(file, head.limit(), "the file ends in its header", "it is truncated: fetch it again");
    }
    return new IdxFile(file, dimensions(file, head, axes), length);
  }

  private static List<Integer> dimensions(Path file, ByteBuffer head, int axes) {
    List<Integer> shape = new ArrayList<>();
    long product = 1;
    for (int i = 0; i < axes; i++) {
      long d = head.getInt() & 0xFFFFFFFFL;
      if (d < 1 || d > Integer.MAX_VALUE) {
        throw DataException.atByte(file, 4 + 4L * i, "a dimension of " + d, "dimensions are from 1 to 2147483647");
      }
      if (product > (1L << 40) / d) {
        throw DataException.atByte(file, 4 + 4L * i, "the dimensions multiply to more than 2^40 bytes",
            "the header is damaged: fetch the file again");
      }
      product *= d;
      shape.add((int) d);
      if (product / shape.get(0) > Integer.MAX_VALUE) {
        throw DataException.atByte(file, 4 + 4L * i, "a row of more than 2^31 bytes",
            "the header is damaged: fetch the file again");
      }
    }
    return shape;
  }

  private static byte[] start(Path file, int length) {
    if (GzipFile.isOne(file)) {
      byte[] head = new byte[length];
      try (GzipStream in = GzipStream.open(file, Long.MAX_VALUE - 1)) {
        int n = in.read(head, 0, length);
        return n == length ? head : Arrays.copyOf(head, n);
      } catch (IOException e) {
        throw DataException.io(file, e);
      }
    }
    try (InputStream in = DataFile.open(file)) {
      return in.readNBytes(length);
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  /** The number of rows. */
  int rows() {
    return shape.get(0);
  }

  /** Bytes of a row. */
  int rowBytes() {
    return shape.stream().skip(1).reduce(1, Math::multiplyExact);
  }

  /** The bytes behind the header; their number is checked now where the file is plain, at the first read in gzip. */
  ByteStore store() {
    return ByteStore.of(file, dataStart + (long) rows() * rowBytes());
  }

  /** All elements of a file of one dimension. */
  int[] labels() {
    int[] labels = new int[rows()];
    ByteBuffer block = ByteBuffer.allocate(Math.min(labels.length, 1 << 20));
    try (ByteStore store = store()) {
      for (int i = 0; i < labels.length; ) {
        block.clear().limit(Math.min(block.capacity(), labels.length - i));
        store.read(dataStart + i, block);
        block.flip();
        while (block.hasRemaining()) {
          labels[i++] = block.get() & 0xFF;
        }
      }
    }
    return labels;
  }
}
