package dlv.runtime.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A picture in memory.
 *
 * @param channels 1 for grey, 3 for red, green, blue
 * @param height rows
 * @param width columns
 * @param planes bytes {@code [channels, height, width]}
 * @param conversions what was done to the picture since it was a file, in words; often empty
 */
public record Picture(int channels, int height, int width, byte[] planes, List<String> conversions) {
  /** Checks sizes. */
  public Picture {
    if (planes.length != Math.multiplyExact(Math.multiplyExact(channels, height), width)
        || channels != 1 && channels != 3) {
      throw new IllegalArgumentException(channels + "x" + height + "x" + width + " is no picture of " + planes.length
          + " bytes");
    }
    conversions = List.copyOf(conversions);
  }

  /** The byte of a channel at a place, 0 to 255. */
  public int at(int channel, int y, int x) {
    return planes[(channel * height + y) * width + x] & 0xFF;
  }

  private Picture with(int newChannels, int newHeight, int newWidth, byte[] bytes, String conversion) {
    List<String> all = new ArrayList<>(conversions);
    all.add(conversion);
    return new Picture(newChannels, newHeight, newWidth, bytes, all);
  }

  /** The picture in grey (luma of ITU-R BT.601) or in colours that are all grey. */
  public Picture withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    int area = height * width;
    byte[] to = new byte[Math.multiplyExact(wanted, area)];
    if (wanted == 3) {
      for (int c = 0; c < 3; c++) {
        System.arraycopy(planes, 0, to, c * area, area);
      }
      return with(3, height, width, to, "grey to three equal channels");
    }
    for (int i = 0; i < area; i++) {
      int r = planes[i] & 0xFF;
      int g = planes[area + i] & 0xFF;
      int b = planes[2 * area + i] & 0xFF;
      to[i] = (byte) ((19595 * r + 38470 * g + 7471 * b + 32768) >> 16);
    }
    return with(1, height, width, to, "colour to grey");
  }

  /** The picture at another size: means of boxes where it shrinks, straight lines between pixels where it grows. */
  public Picture scaledTo(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    float[][] down = weights(height, newHeight);
    float[][] across = weights(width, newWidth);
    byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(channels, newHeight), newWidth)];
    float[] row = new float[width];
    int at = 0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < newHeight; y++) {
        Arrays.fill(row, 0f);
        int top = (int) down[y][0];
        for (int k = 1; k < down[y].length; k++) {
          for (int x = 0; x < width; x++) {
            row[x] += down[y][k] * at(c, top + k - 1, x);
          }
        }
        for (int x = 0; x < newWidth; x++) {
          float sum = 0.5f;
          for (int k = 1; k < across[x].length; k++) {
            sum += across[x][k] * row[(int) across[x][0] + k - 1];
          }
          to[at++] = (byte) (int) Math.min(Math.max(sum, 0f), 255f);
        }
      }
    }
    return with(channels, newHeight, newWidth, to, height + "x" + width + " scaled to " + newHeight + "x" + newWidth);
  }

  /** For each new pixel: the first old one it sees, then the weights of that and the following, whose sum is 1. */
  private static float[][] weights(int from, int to) {
    float[][] weights = new float[to][];
    double scale = (double) from / to;
    double reach = Math.max(scale, 1.0);
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale - 0.5;
      int first = Math.max(0, (int) Math.floor(centre - reach / 2 - 0.5) + 1);
      int last = Math.min(from - 1, (int) Math.ceil(centre + reach / 2 + 0.5) - 1);
      if (scale < 1) {
        first = Math.min(from - 1, Math.max(0, (int) Math.floor(centre)));
        last = Math.min(from - 1, Math.max(0, (int) Math.floor(centre) + 1));
      }
      float[] w = new float[last - first + 2];
      w[0] = first;
      double sum = 0;
      for (int k = first; k <= last; k++) {
        double overlap = scale < 1 ? 1 - Math.abs(k - centre)
            : Math.min(k + 0.5, centre + reach / 2) - Math.max(k - 0.5, centre - reach / 2);
        w[k - first + 1] = (float) Math.max(overlap, 0);
        sum += w[k - first + 1];
      }
      for (int k = 1; k < w.length; k++) {
        w[k] = sum > 0 ? (float) (w[k] / sum) : 1f / (w.length - 1);
      }
      weights[i] = w;
    }
    return weights;
  }
}
