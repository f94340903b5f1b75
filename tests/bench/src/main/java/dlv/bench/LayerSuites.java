package dlv.bench;

import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.plan.Arena;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Single operations, each a network of its own, after a look at whether both sides give the same. */
final class LayerSuites {
  private static final Race RACE = Race.of(120);
  private static final int ROWS = 128;
  private static final int SIDE = 16;
  private static final int ELEMENTS = 16 << 20;
  private static final int ROW = 1024;
  private static final String[] HEADINGS = {"median", "best", "GFLOP/s", "ratio", "differs by"};
  /** Of results, in parts of the largest: eight times the rounding of a sum of 2048 terms. */
  private static final double TOLERANCE = 8 * Math.ulp(1f) * Math.sqrt(2048);

  /** A matrix product: a dense layer of {@code n} results on {@code m} rows of {@code k}. */
  private record Product(String network, int m, int k, int n) {}

  private static final List<Product> PRODUCTS = List.of(new Product("Product512", 512, 512, 512),
      new Product("Product1024", 1024, 1024, 1024), new Product("Product2048", 2048, 2048, 2048),
      new Product("Product150x16", 8192, 150, 16));

  private LayerSuites() {}

  /** Matrix products. */
  static void products(PrintStream out) throws IOException {
    Table table = table("product");
    try (Device device = Device.open("cpu")) {
      Subject subject = Subject.layers(device);
      for (Product p : PRODUCTS) {
        float[] a = uniform(p.m * p.k, 1);
        float[] b = uniform(p.k * p.n, 2);
        Tensor x = Peer.tensor(a, p.m, p.k);
        Tensor w = Peer.tensor(b, p.k, p.n);
        try (Executable network = subject.network(p.network, p.m)) {
          weights(network, b);
          race(table, p.m + "x" + p.k + "x" + p.n, 2.0 * p.m * p.k * p.n, () -> torch.mm(x, w), "y",
              Peer.contenders("", LayerPeers.product(x, w)), network, Map.of("x", a));
        }
      }
    }
    table.print("Products", out);
  }

  /** Convolutions, 3x3, with margin. */
  static void convolutions(PrintStream out) throws IOException {
    Table table = table("convolution");
    try (Device device = Device.open("cpu")) {
      Subject subject = Subject.layers(device);
      for (int channels : new int[] {32, 64}) {
        float[] pixels = uniform(ROWS * channels * SIDE * SIDE, 1);
        float[] taps = uniform(channels * channels * 9, 2);
        Tensor images = Peer.tensor(pixels, ROWS, channels, SIDE, SIDE);
        Tensor kernel = Peer.tensor(taps, channels, channels, 3, 3);
        try (Executable network = subject.network("Convolution" + channels, ROWS)) {
          weights(network, taps);
          race(table, "3x3, " + channels + " channels", 2.0 * ROWS * channels * channels * 9 * SIDE * SIDE,
              () -> LayerPeers.convolved(images, kernel), "y",
              Stream.of(Peer.contenders("", LayerPeers.convolution(images, kernel, false)),
                  Peer.contenders(", channels last", LayerPeers.convolution(images, kernel, true)))
                  .flatMap(List::stream).toList(), network, Map.of("image", pixels));
        }
      }
    }
    table.print("Convolutions of 16x16, batch 128, forward", out);
  }

  /** A chain of five operations. */
  static void elementwise(PrintStream out) throws IOException {
    Table table = table("elementwise");
    float[] xs = uniform(ELEMENTS, 1);
    float[] ys = uniform(ELEMENTS, 2);
    Tensor x = Peer.tensor(xs, ELEMENTS);
    Tensor y = Peer.tensor(ys, ELEMENTS);
    try (Device device = Device.open("cpu");
         Executable network = Subject.layers(device).network("Chain", ELEMENTS / ROW)) {
      race(table, "relu(x y + 1.5) 0.5 + x", 5.0 * ELEMENTS, () -> LayerPeers.chained(x, y), "z",
          Peer.contenders("", LayerPeers.chain(x, y)), network, Map.of("x", xs, "y", ys));
    }
    table.print("Elementwise chain of 16 million numbers", out);
  }

  private static Table table(String work) {
    return new Table(Stream.concat(Stream.of(work), Stream.of(HEADINGS)).toArray(String[]::new));
  }

  private static void weights(Executable network, float[] values) {
    String path = network.manifest().pathsOf(Arena.Role.WEIGHT).keySet().iterator().next();
    network.write(Arena.Role.WEIGHT, path, values);
  }

  /** Compares results, then lets both sides take turns. */
  private static void race(Table table, String work, double flops, Supplier<Tensor> expected, String result,
                           List<Race.Contender> peers, Executable network, Map<String, float[]> inputs) {
    Race.Contender own = Subject.runs(network, inputs);
    own.work().run();
    double difference = difference(Peer.values(expected), network.entry("run").readFloats(result));
    if (!(difference <= TOLERANCE)) {
      throw new IllegalStateException(work + ": the results of the two sides differ by " + difference);
    }
    for (Race.Standing standing : RACE.run(Stream.concat(peers.stream(), Stream.of(own)).toList())) {
      table.row(work + ": " + standing.name(), Table.time(standing.median()), Table.time(standing.best()),
          Table.number("%.1f", flops / standing.median() / 1e9), Table.number("%.2f", standing.ratio()),
          standing.name().equals(own.name()) ? Table.number("%.1e", difference) : "");
    }
  }

  /** The largest difference, in parts of the largest value; not a number where either side has one. */
  private static double difference(float[] expected, float[] actual) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) expected[i] - actual[i]));
    }
    return difference / largest;
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
