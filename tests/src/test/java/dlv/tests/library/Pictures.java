package dlv.tests.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Uses of what works on pictures: {@code i: float[4, 8, 9]}. */
final class Pictures {
  private static final int C = 4;
  private static final int H = 8;
  private static final int W = 9;

  private Pictures() {}

  static List<Use> all() {
    List<Use> all = new ArrayList<>();
    for (String name : List.of("Avg", "Max", "Sum")) {
      all.add(new Use("i -> " + name + "Pool([3, 2], stride: 2)", in -> pooled(in.get("i"), name, 3, 2, 2)));
      all.add(new Use("i -> Global" + name + "Pool", in -> pooled(in.get("i"), name, H, W, 1)));
    }
    all.add(new Use("i -> Pad([1, 4])", in -> padded(in.get("i"), 1, 4)));
    all.add(new Use("i -> Windows([2, 3], stride: [2, 1], dilation: [1, 2])", in -> windows(in.get("i"))));
    all.add(new Use("i -> Conv2D(3, kernel: [3, 2])", in -> convolved(in.get("i"), in.get("K"), in.get("b"),
        new int[] {3, 1, 3, 2, 1, 1, 1, 1, 0})));
    all.add(new Use("i -> Conv2D(6, kernel: [3, 2], stride: [2, 3], padding: same, dilation: [1, 2], groups: 2)",
        in -> convolved(in.get("i"), in.get("K"), in.get("b"), new int[] {6, 2, 3, 2, 2, 3, 1, 2, 1})));
    all.add(new Use("i -> Conv2D(2, kernel: 3, dilation: 2, bias: false)", in -> convolved(in.get("i"), in.get("K"),
        new double[2], new int[] {2, 1, 3, 3, 1, 1, 2, 2, 0})));
    all.add(new Use("i -> ConvTranspose2D(3, kernel: [3, 4], stride: [2, 3], padding: [1, 2], output_padding: [1, 0])",
        in -> transposed(in.get("i"), in.get("K"), in.get("b"), new int[] {3, 4, 2, 3, 1, 2, 1, 0})));
    all.add(new Use("i -> ConvTranspose2D(2, kernel: 3, bias: false)",
        in -> transposed(in.get("i"), in.get("K"), new double[2], new int[] {3, 3, 1, 1, 0, 0, 0, 0})));
    return all;
  }

  /** Zero outside the picture. */
  private static double at(double[] x, int c, int h, int w) {
    return h < 0 || h >= H || w < 0 || w >= W ? 0 : x[(c * H + h) * W + w];
  }

  private static double[] pooled(double[] x, String kind, int high, int wide, int stride) {
    List<Double> out = new ArrayList<>();
    for (int c = 0; c < C; c++) {
      for (int h = 0; h + high <= H; h += stride) {
        for (int w = 0; w + wide <= W; w += stride) {
          double sum = 0;
          double max = Double.NEGATIVE_INFINITY;
          for (int k = 0; k < high * wide; k++) {
            double value = at(x, c, h + k / wide, w + k % wide);
            sum += value;
            max = Math.max(max, value);
          }
          out.add(kind.equals("Max") ? max : kind.equals("Avg") ? sum / (high * wide) : sum);
        }
      }
    }
    return out.stream().mapToDouble(value -> value).toArray();
  }

  private static double[] padded(double[] x, int high, int wide) {
    int width = W + wide;
    return IntStream.range(0, C * (H + high) * width).mapToDouble(k ->
        at(x, k / width / (H + high), k / width % (H + high) - high / 2, k % width - wide / 2)).toArray();
  }

  private static double[] windows(double[] x) {
    List<Double> out = new ArrayList<>();
    for (int k = 0; k < C * 2 * 3; k++) {
      for (int p = 0; p < 4; p++) {
        for (int q = 0; q < 5; q++) {
          out.add(at(x, k / 6, 2 * p + k / 3 % 2, q + 2 * (k % 3)));
        }
      }
    }
    return out.stream().mapToDouble(value -> value).toArray();
  }

  /** {@code n}: channels, groups, kernel height and width, stride, dilation, and 1 for padding that keeps the size. */
  private static double[] convolved(double[] x, double[] k, double[] b, int[] n) {
    int[] reach = {(n[2] - 1) * n[6], (n[3] - 1) * n[7]};
    int[] low = {n[8] * (reach[0] / 2), n[8] * (reach[1] / 2)};
    int high = (H + n[8] * reach[0] - reach[0] - 1) / n[4] + 1;
    int wide = (W + n[8] * reach[1] - reach[1] - 1) / n[5] + 1;
    int inner = C / n[1];
    double[] out = new double[n[0] * high * wide];
    for (int o = 0; o < n[0]; o++) {
      int group = o / (n[0] / n[1]);
      for (int place = 0; place < high * wide; place++) {
        double sum = b[o];
        for (int c = 0; c < inner; c++) {
          for (int e = 0; e < n[2] * n[3]; e++) {
            int h = place / wide * n[4] + e / n[3] * n[6] - low[0];
            int w = place % wide * n[5] + e % n[3] * n[7] - low[1];
            sum += k[(o * inner + c) * n[2] * n[3] + e] * at(x, group * inner + c, h, w);
          }
        }
        out[o * high * wide + place] = sum;
      }
    }
    return Arrays.copyOf(out, out.length);
  }

  /** {@code n}: kernel height and width, stride, padding, output padding, each of both directions. */
  private static double[] transposed(double[] x, double[] k, double[] b, int[] n) {
    int high = (H - 1) * n[2] + n[0] - 2 * n[4] + n[6];
    int wide = (W - 1) * n[3] + n[1] - 2 * n[5] + n[7];
    double[] out = new double[b.length * high * wide];
    for (int at = 0; at < out.length; at++) {
      out[at] = b[at / (high * wide)];
    }
    for (int at = 0; at < C * H * W; at++) {
      for (int e = 0; e < b.length * n[0] * n[1]; e++) {
        int h = at / W % H * n[2] + e / n[1] % n[0] - n[4];
        int w = at % W * n[3] + e % n[1] - n[5];
        if (h >= 0 && h < high && w >= 0 && w < wide) {
          out[(e / (n[0] * n[1]) * high + h) * wide + w] += x[at] * k[at / (H * W) * b.length * n[0] * n[1] + e];
        }
      }
    }
    return out;
  }
}
