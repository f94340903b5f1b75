package dlv.tests.library;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Uses of the parts of a U-Net and of whole ones, with plain loops over pictures {@code [channel][row][column]}. */
final class UNets {
  private static final int GROUPS = 2;
  private static final int BLOCKS = 2;
  private static final String SQUARE = "slice(slice(i, axis: 1, start: 0, size: 4), axis: 2, start: 0, size: 4)";

  private final Map<String, double[]> in;

  private UNets(Map<String, double[]> in) {
    this.in = in;
  }

  static List<Use> all() {
    return List.of(
        new Use("i -> GroupNorm(2, epsilon: 0.1)", in -> flat(new UNets(in).norm("", whole(in), 0.1))),
        new Use("i -> Upsample", in -> flat(twice(whole(in)))),
        new Use("TimeEmbedding(v[0], 6)", in -> embedding(in.get("v")[0], 6)),
        new Use("ResidualBlock(i, v, channels: 6, groups: 2)",
            in -> flat(new UNets(in).residual("", whole(in), in.get("v"), 6))),
        new Use("i -> PlaceAttention(2)", in -> flat(new UNets(in).attention("", whole(in)))),
        new Use("UNetBlock(i, v, channels: 4, attention: 8, groups: 2, dropout: 0)",
            in -> flat(new UNets(in).block("", whole(in), in.get("v"), 4, 8))),
        new Use("UNetLevel(" + SQUARE + ", v, channels: 4, widths: [1, 2], level: 0, left: 2, blocks: 2, attention: 2,"
            + " groups: 2, dropout: 0) -> GroupNorm(2)", in -> {
          var loops = new UNets(in);
          return flat(loops.norm("", loops.level("", square(in), in.get("v"), new int[] {4, 8}, 0, BLOCKS), 1e-5));
        }),
        new Use("UNet(" + SQUARE + ", v[0], channels: 4, widths: [1, 2], attention: 2, groups: 2)",
            in -> flat(new UNets(in).network(square(in), in.get("v")[0]))));
  }

  private static double[][][] whole(Map<String, double[]> in) {
    return picture(in.get("i"), 4, 8, 9);
  }

  private static double[][][] square(Map<String, double[]> in) {
    return Arrays.stream(whole(in)).map(channel -> Arrays.stream(channel).limit(4)
        .map(row -> Arrays.copyOf(row, 4)).toArray(double[][]::new)).toArray(double[][][]::new);
  }

  private static double[][][] picture(double[] data, int c, int h, int w) {
    var x = new double[c][h][w];
    for (int i = 0; i < data.length; i++) {
      x[i / (h * w)][i / w % h][i % w] = data[i];
    }
    return x;
  }

  private static double[] flat(double[][][] x) {
    return Arrays.stream(x).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double silu(double x) {
    return x / (1 + Math.exp(-x));
  }

  private static double[][][] silu(double[][][] x) {
    return picture(Arrays.stream(flat(x)).map(UNets::silu).toArray(), x.length, x[0].length, x[0][0].length);
  }

  private static double[][][] plus(double[][][] a, double[][][] b) {
    double[] left = flat(a);
    double[] right = flat(b);
    return picture(IntStream.range(0, left.length).mapToDouble(k -> left[k] + right[k]).toArray(), a.length,
        a[0].length, a[0][0].length);
  }

  private static double[][][] beside(double[][][] a, double[][][] b) {
    return picture(DoubleStream.concat(Arrays.stream(flat(a)), Arrays.stream(flat(b))).toArray(), a.length + b.length,
        a[0].length, a[0][0].length);
  }

  private static double[][][] twice(double[][][] x) {
    var y = new double[x.length][2 * x[0].length][2 * x[0][0].length];
    for (int c = 0; c < y.length; c++) {
      for (int r = 0; r < y[0].length; r++) {
        for (int k = 0; k < y[0][0].length; k++) {
          y[c][r][k] = x[c][r / 2][k / 2];
        }
      }
    }
    return y;
  }

  private static double[] embedding(double t, int d) {
    return IntStream.range(0, d).mapToDouble(k -> {
      double angle = t * Math.pow(10000, -(k % (d / 2)) / (d / 2 - 1.0));
      return k < d / 2 ? Math.sin(angle) : Math.cos(angle);
    }).toArray();
  }

  private double[] dense(String at, double[] x) {
    double[] b = in.get(at + "b");
    return IntStream.range(0, b.length).mapToDouble(o -> b[o] + IntStream.range(0, x.length)
        .mapToDouble(k -> x[k] * in.get(at + "W")[k * b.length + o]).sum()).toArray();
  }

  private double[][][] norm(String at, double[][][] x, double epsilon) {
    int per = x.length / GROUPS;
    var y = new double[x.length][][];
    for (int g = 0; g < GROUPS; g++) {
      double[] all = flat(Arrays.copyOfRange(x, g * per, (g + 1) * per));
      double mean = Arrays.stream(all).average().orElseThrow();
      double variance = Arrays.stream(all).map(a -> (a - mean) * (a - mean)).average().orElseThrow();
      for (int c = g * per; c < (g + 1) * per; c++) {
        double scale = in.get(at + "scale")[c] / Math.sqrt(variance + epsilon);
        double shift = in.get(at + "shift")[c];
        y[c] = Arrays.stream(x[c]).map(row -> Arrays.stream(row).map(a -> scale * (a - mean) + shift).toArray())
            .toArray(double[][]::new);
      }
    }
    return y;
  }

  /** With zeros around it; of an odd margin the larger half lies below and to the right. */
  private double[][][] convolution(String at, double[][][] x, int kernel, int stride) {
    double[] b = in.get(at + "b");
    double[] weights = in.get(at + "K");
    int h = (x[0].length - 1) / stride + 1;
    int w = (x[0][0].length - 1) / stride + 1;
    int before = (kernel - 1) / 2;
    var y = new double[b.length][h][w];
    for (int o = 0; o < b.length; o++) {
      for (int r = 0; r < h; r++) {
        for (int k = 0; k < w; k++) {
          y[o][r][k] = b[o];
          for (int tap = 0; tap < x.length * kernel * kernel; tap++) {
            int row = r * stride + tap / kernel % kernel - before;
            int column = k * stride + tap % kernel - before;
            if (row >= 0 && row < x[0].length && column >= 0 && column < x[0][0].length) {
              y[o][r][k] += weights[o * x.length * kernel * kernel + tap] * x[tap / (kernel * kernel)][row][column];
            }
          }
        }
      }
    }
    return y;
  }

  private double[][][] residual(String at, double[][][] x, double[] time, int channels) {
    double[][][] first = convolution(at + "conv2d1.", silu(norm(at + "groupnorm1.", x, 1e-5)), 3, 1);
    double[] told = dense(at + "dense1.", Arrays.stream(time).map(UNets::silu).toArray());
    for (int c = 0; c < channels; c++) {
      double more = told[c];
      first[c] = Arrays.stream(first[c]).map(row -> Arrays.stream(row).map(a -> a + more).toArray())
          .toArray(double[][]::new);
    }
    double[][][] y = convolution(at + "conv2d2.", silu(norm(at + "groupnorm2.", first, 1e-5)), 3, 1);
    return plus(channels == x.length ? x : convolution(at + "conv2d3.", x, 1, 1), y);
  }

  private double[][][] attention(String at, double[][][] x) {
    double[][][] even = norm(at + "groupnorm1.", x, 1e-5);
    int places = x[0].length * x[0][0].length;
    double[] query = flat(convolution(at + "conv2d1.", even, 1, 1));
    double[] key = flat(convolution(at + "conv2d2.", even, 1, 1));
    double[] value = flat(convolution(at + "conv2d3.", even, 1, 1));
    var mixed = new double[value.length];
    for (int i = 0; i < places; i++) {
      int here = i;
      double[] shares = IntStream.range(0, places).mapToDouble(j -> IntStream.range(0, x.length)
          .mapToDouble(c -> query[c * places + here] * key[c * places + j]).sum() / Math.sqrt(x.length)).toArray();
      double most = Arrays.stream(shares).max().orElseThrow();
      double total = Arrays.stream(shares).map(s -> Math.exp(s - most)).sum();
      for (int k = 0; k < value.length; k++) {
        if (k % places == i) {
          int channel = k / places;
          mixed[k] = IntStream.range(0, places).mapToDouble(j ->
              Math.exp(shares[j] - most) / total * value[channel * places + j]).sum();
        }
      }
    }
    return plus(x, convolution(at + "conv2d4.", picture(mixed, x.length, x[0].length, x[0][0].length), 1, 1));
  }

  private double[][][] block(String at, double[][][] x, double[] time, int channels, int attention) {
    double[][][] y = residual(at + "residualblock1.", x, time, channels);
    return y[0].length == attention ? attention(at + "placeattention1.", y) : y;
  }

  private double[][][] level(String at, double[][][] x, double[] time, int[] widths, int level, int left) {
    int width = widths[level];
    double[][][] inner;
    if (left > 0) {
      double[][][] down = block(at + "unetblock1.", x, time, width, 2);
      inner = level(at + "unetlevel1.", down, time, widths, level, left - 1);
    } else if (level + 1 < widths.length) {
      double[][][] down = convolution(at + "conv2d1.", x, 3, 2);
      double[][][] below = level(at + "unetlevel1.", down, time, widths, level + 1, BLOCKS);
      inner = convolution(at + "conv2d2.", twice(below), 3, 1);
    } else {
      inner = attention(at + "placeattention1.", residual(at + "residualblock1.", x, time, width));
      inner = residual(at + "residualblock2.", inner, time, width);
    }
    return block(at + (left > 0 ? "unetblock2." : "unetblock1."), beside(inner, x), time, width, 2);
  }

  private double[][][] network(double[][][] x, double t) {
    double[] hidden = Arrays.stream(dense("dense1.", embedding(t, 4))).map(UNets::silu).toArray();
    double[][][] y = level("unetlevel1.", convolution("conv2d1.", x, 3, 1), dense("dense2.", hidden),
        new int[] {4, 8}, 0, BLOCKS);
    return convolution("conv2d2.", silu(norm("groupnorm1.", y, 1e-5)), 3, 1);
  }
}
