package dlv.runtime.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Writes a tensor as a PNG picture or as an NPY array, told by the ending of the file's name. */
public final class OutputFile {
  private static final int GAP = 2;

  private OutputFile() {}

  /**
   * Writes a file.
   *
   * @param shape the dimensions of {@code values}; a picture takes {@code [h, w]} or {@code [c, h, w]}
   * @param colour whether three planes are red, green and blue; else planes are grey pictures side by side
   * @return what was done to the values to show them, in words; often empty
   * @throws DataException where the ending is not known, the shape is no picture, or the disk refuses
   */
  public static List<String> write(Path file, List<Integer> shape, float[] values, boolean colour) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      AtomicFile.write(file, npy(shape, values));
      return List.of();
    }
    if (!name.endsWith(".png")) {
      throw DataException.of(file, "the ending tells no format that can be written", "name it .png or .npy");
    }
    if (shape.size() != 2 && shape.size() != 3) {
      throw DataException.of(file, "a tensor of shape " + shape + " is no picture", "name the file .npy");
    }
    List<String> notes = new ArrayList<>();
    AtomicFile.write(file, png(shape, values, colour, notes));
    return notes;
  }

  /** An NPY file of format 1 with 32-bit floats. */
  static byte[] npy(List<Integer> shape, float[] values) {
    String axes = shape.stream().map(d -> Integer.toString(d)).collect(Collectors.joining(", "));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + axes
        + (shape.size() == 1 ? ",), }" : "), }");
    int length = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
    ByteBuffer bytes = ByteBuffer.allocate(10 + length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0);
    bytes.putShort((short) length);
    bytes.put((header + " ".repeat(length - header.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static byte[] png(List<Integer> shape, float[] values, boolean colour, List<String> notes) {
    int height = shape.get(shape.size() - 2);
    int width = shape.get(shape.size() - 1);
    int planes = shape.size() == 3 ? shape.get(0) : 1;
    boolean rgb = colour && planes == 3;
    int across = rgb ? 1 : planes;
    BufferedImage image = new BufferedImage(across * (width + GAP) - GAP, height, BufferedImage.TYPE_INT_RGB);
    int area = height * width;
    float[][] ranges = new float[planes][];
    for (int p = 0; p < planes; p++) {
      ranges[p] = rgb ? range(values, 0, values.length, "values", p == 0 ? notes : new ArrayList<>())
          : range(values, p * area, area, planes == 1 ? "values" : "plane " + (p + 1), notes);
    }
    for (int p = 0; p < across; p++) {
      for (int i = 0; i < area; i++) {
        int pixel = 0;
        for (int c = 0; c < 3; c++) {
          int plane = rgb ? c : p;
          pixel = pixel << 8 | shade(values[plane * area + i], ranges[plane]);
        }
        image.setRGB(p * (width + GAP) + i % width, i / width, pixel);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** The values that become black and white: 0 and 1 where all lie between, else the least and the largest. */
  private static float[] range(float[] values, int from, int count, String what, List<String> notes) {
    float least = 0;
    float most = 1;
    for (int i = from; i < from + count; i++) {
      if (Float.isFinite(values[i])) {
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
    }
    if (least < -1e-3f || most > 1 + 1e-3f) {
      notes.add(String.format(Locale.ROOT, "%s from %.4g to %.4g shown as black to white", what, least, most));
      return new float[] {least, most};
    }
    return new float[] {0, 1};
  }

  private static int shade(float value, float[] range) {
    float share = (value - range[0]) / (range[1] - range[0]);
    return Float.isNaN(share) ? 0 : Math.round(Math.min(Math.max(share, 0f), 1f) * 255f);
  }
}
