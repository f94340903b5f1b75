package dlv.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** Single operations, each a network of its own. */
final class LayerSuites {
  private static final Race RACE = Race.of(120);
  private static final int[][] PRODUCTS = {{512, 512, 512}, {1024, 1024, 1024}, {2048, 2048, 2048}, {8192, 150, 16}};
  private static final int ROWS = 128;
  private static final int SIDE = 16;
  private static final int ELEMENTS = 16 << 20;

  private LayerSuites() {}

  /** Matrix products. */
  static void products(PrintStream out) {
    Table table = new Table("product", "median", "GFLOP/s", "ratio");
    for (int[] size : PRODUCTS) {
      int m = size[0];
      int k = size[1];
      int n = size[2];
      Tensor a = Peer.tensor(uniform(m * k, 1), m, k);
      Tensor b = Peer.tensor(uniform(k * n, 2), k, n);
      rows(table, m + "x" + k + "x" + n, 2.0 * m * k * n,
          RACE.run(Peer.contenders("", LayerPeers.product(a, b))));
    }
    table.print("Products", out);
  }

  /** Convolutions, 3x3, with margin. */
  static void convolutions(PrintStream out) {
    Table table = new Table("convolution", "median", "GFLOP/s", "ratio");
    for (int channels : new int[] {32, 64}) {
      Tensor images = Peer.tensor(uniform(ROWS * channels * SIDE * SIDE, 1), ROWS, channels, SIDE, SIDE);
      Tensor kernel = Peer.tensor(uniform(channels * channels * 9, 2), channels, channels, 3, 3);
      double flops = 2.0 * ROWS * channels * channels * 9 * SIDE * SIDE;
      rows(table, "3x3, " + channels + " channels", flops, RACE.run(Stream.of(
          Peer.contenders("", LayerPeers.convolution(images, kernel, false)),
          Peer.contenders(", channels last", LayerPeers.convolution(images, kernel, true)))
          .flatMap(List::stream).toList()));
    }
    table.print("Convolutions of 16x16, batch 128, forward", out);
  }

  /** A chain of five operations. */
  static void elementwise(PrintStream out) {
    Table table = new Table("elementwise", "median", "GFLOP/s", "ratio");
    Tensor x = Peer.tensor(uniform(ELEMENTS, 1), ELEMENTS);
    Tensor y = Peer.tensor(uniform(ELEMENTS, 2), ELEMENTS);
    rows(table, "relu(x y + 1.5) 0.5 + x", 5.0 * ELEMENTS,
        RACE.run(Peer.contenders("", LayerPeers.chain(x, y))));
    table.print("Elementwise chain of 16 million numbers", out);
  }

  private static void rows(Table table, String work, double flops, List<Race.Standing> standings) {
    for (Race.Standing standing : standings) {
      table.row(work + ": " + standing.name(), Table.time(standing.median()),
          Table.number("%.1f", flops / standing.median() / 1e9), Table.number("%.2f", standing.ratio()));
    }
  }

  /** Numbers between -1 and 1; equal seeds give equal numbers. */
  static float[] uniform(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
