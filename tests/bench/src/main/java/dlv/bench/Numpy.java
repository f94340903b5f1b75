package dlv.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Training rows as arrays of floats, to be written as an NPZ file. */
final class Numpy {
  /** An array, row by row; its first length is the number of rows. */
  private record Rows(String name, float[] values, long[] shape) {}

  private final List<Rows> arrays = new ArrayList<>();

  /** Adds an array. */
  Numpy with(String name, float[] values, long... shape) {
    arrays.add(new Rows(name, values, shape));
    return this;
  }

  /** Writes the file. */
  void write(Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Rows rows : arrays) {
        zip.putNextEntry(new ZipEntry(rows.name + "_train.npy"));
        zip.write(bytes(rows));
        zip.closeEntry();
      }
    }
  }

  private static byte[] bytes(Rows rows) {
    String shape = LongStream.of(rows.shape).mapToObj(n -> n + ",").collect(Collectors.joining(" ", "(", ")"));
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
    int padding = 64 - (10 + text.length() + 1) % 64;
    byte[] header = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes = ByteBuffer.allocate(10 + header.length + rows.values.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1)).put((byte) 1).put((byte) 0)
        .putShort((short) header.length).put(header);
    for (float value : rows.values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
