package dlv.runtime.report;

import dlv.runtime.Values;
import dlv.runtime.data.AtomicFile;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Generated pictures on one sheet: examples of {@code [c, h, w]} in a square, examples of {@code [n, c, h, w]} a row
 * each, and examples of {@code [rows, n, c, h, w]} a block of rows each.
 */
public final class PictureSheet {
  private static final int GAP = 2;
  private static final int LEAST_SIDE = 56;
  private static final int WHITE = 0xFFFFFF;

  private PictureSheet() {}

  /** Whether examples of this shape are pictures: grey or in colours, alone or several. */
  public static boolean fits(int... shape) {
    return shape.length >= 3 && shape.length <= 5 && List.of(1, 3).contains(shape[shape.length - 3]);
  }

  /**
   * Writes a PNG file.
   *
   * @return what was done to the values to show them; empty where all are between 0 and 1
   */
  public static List<String> write(Path file, Values pictures) {
    float[] range = range(pictures.toArray());
    AtomicFile.write(file, PixelCanvas.png(image(pictures, range)));
    return notes(range);
  }

  static List<String> notes(float[] range) {
    return range[0] < 0 || range[1] > 1 ? List.of(String.format(Locale.ROOT,
        "values from %.4g to %.4g shown as black to white", range[0], range[1])) : List.of();
  }

  /** @param range what becomes black and white */
  static BufferedImage image(Values pictures, float[] range) {
    int[] shape = pictures.shape();
    float[] values = pictures.toArray();
    int axes = shape.length;
    int area = shape[axes - 2] * shape[axes - 1];
    int count = values.length / (shape[axes - 3] * area);
    int columns = axes == 3 ? (int) Math.ceil(Math.sqrt(count)) : shape[axes - 4];
    int zoom = Math.max(1, (LEAST_SIDE + shape[axes - 1] - 1) / shape[axes - 1]);
    int width = shape[axes - 1] * zoom + GAP;
    int height = shape[axes - 2] * zoom + GAP;
    int rows = (count + columns - 1) / columns;
    var sheet = new BufferedImage(columns * width + GAP, rows * height + GAP, BufferedImage.TYPE_INT_RGB);
    int[] ground = new int[sheet.getWidth() * sheet.getHeight()];
    Arrays.fill(ground, WHITE);
    sheet.setRGB(0, 0, sheet.getWidth(), sheet.getHeight(), ground, 0, sheet.getWidth());
    for (int i = 0; i < count; i++) {
      draw(sheet, GAP + i % columns * width, GAP + i / columns * height, zoom, shape, values, i, range);
    }
    return sheet;
  }

  private static void draw(BufferedImage sheet, int left, int top, int zoom, int[] shape, float[] values, int picture,
      float[] range) {
    int axes = shape.length;
    int channels = shape[axes - 3];
    int area = shape[axes - 2] * shape[axes - 1];
    for (int place = 0; place < area; place++) {
      int colour = 0;
      for (int c = 0; c < 3; c++) {
        float value = values[(picture * channels + Math.min(c, channels - 1)) * area + place];
        colour = colour << 8 | shade((value - range[0]) / (range[1] - range[0]));
      }
      int x = left + place % shape[axes - 1] * zoom;
      int y = top + place / shape[axes - 1] * zoom;
      int[] block = new int[zoom * zoom];
      Arrays.fill(block, colour);
      sheet.setRGB(x, y, zoom, zoom, block, 0, zoom);
    }
  }

  /** What becomes black and white: 0 and 1, or the least and the largest value where some lie beyond. */
  static float[] range(float[] values) {
    float least = 0;
    float most = 1;
    for (float value : values) {
      if (Float.isFinite(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return least < -1e-3f || most > 1 + 1e-3f ? new float[] {least, most} : new float[] {0, 1};
  }

  private static int shade(float share) {
    return Float.isNaN(share) ? 0 : Math.round(Math.min(Math.max(share, 0f), 1f) * 255f);
  }
}
