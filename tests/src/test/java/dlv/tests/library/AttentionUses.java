package dlv.tests.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Uses of attention and positions on the sequences {@code i[0], i[1], i[2]: float[8, 9]}. */
final class AttentionUses {
  private static final int T = 8;
  private static final int D = 9;
  private static final String SIX = "i[0][..., 0 .. 5]";

  private AttentionUses() {}

  static List<Use> all() {
    List<Use> all = new ArrayList<>();
    all.add(new Use("Embed(l, 4)", in -> Arrays.copyOfRange(in.get("E"), Use.LABEL * 4, Use.LABEL * 4 + 4)));
    all.add(new Use("transposed(i[0])", in -> flat(transposed(part(in, 0)))));
    all.add(new Use("i[0] -> slice(axis: 1, start: 0, size: 8) -> no_future", in -> IntStream.range(0, T * T)
        .mapToDouble(k -> k % T <= k / T ? part(in, 0)[k / T][k % T] : -1e9).toArray()));
    all.add(new Use("attend(i[0], i[1], i[2])", in -> flat(attend(part(in, 0), part(in, 1), part(in, 2), false))));
    all.add(new Use("attend(i[0], i[1], i[2], causal: true)",
        in -> flat(attend(part(in, 0), part(in, 1), part(in, 2), true))));
    all.add(new Use("AdditiveAttention(v, i[0], i[1], 4)", in -> additive(in)));
    all.add(new Use("DotAttention(v, i[0], i[1])", in -> {
      double[] q = product(new double[][] {in.get("v")}, in.get("W"), D)[0];
      return mean(softmax(Arrays.stream(part(in, 0)).mapToDouble(key -> dot(key, q)).toArray()), part(in, 1));
    }));
    all.add(new Use("i[0] -> ToHeads(2, 3)", in -> flat(dense("", part(in, 0), in))));
    all.add(new Use("FromHeads(i, 5)", in -> flat(dense("", IntStream.range(0, 4).mapToObj(t ->
        Arrays.copyOfRange(in.get("i"), t * T * D, (t + 1) * T * D)).toArray(double[][]::new), in))));
    all.add(new Use("MultiHeadAttention(i[0], " + SIX + ", heads: 3)",
        in -> flat(heads("", part(in, 0), six(in), 3, false, in))));
    all.add(new Use("i[0] -> SelfAttention(heads: 3, causal: true)",
        in -> flat(heads("multiheadattention1.", part(in, 0), part(in, 0), 3, true, in))));
    all.add(new Use(SIX + " -> SinusoidalPositions", in -> IntStream.range(0, T * 6).mapToDouble(k -> {
      double angle = k / 6 / Math.pow(10000, (k % 6 - k % 2) / 6.0);
      return six(in)[k / 6][k % 6] + (k % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
    }).toArray()));
    all.add(new Use("i[0] -> LearnedPositions(10)", in -> IntStream.range(0, T * D)
        .mapToDouble(k -> in.get("i")[k] + in.get("P")[k]).toArray()));
    all.add(new Use("i[0] -> TransformerBlock(heads: 3, hidden: 5, causal: true, activation: tanh)", in -> {
      double[][] y = add(part(in, 0), attention(norm("layernorm1.", part(in, 0), in), true, in));
      return flat(add(y, layers(norm("layernorm2.", y, in), in)));
    }));
    all.add(new Use("i[0] -> TransformerBlock(heads: 3, hidden: 5, norm: after, activation: tanh)", in -> {
      double[][] y = norm("layernorm1.", add(part(in, 0), attention(part(in, 0), false, in)), in);
      return flat(norm("layernorm2.", add(y, layers(y, in)), in));
    }));
    return all;
  }

  private static double[][] part(Map<String, double[]> in, int channel) {
    return IntStream.range(0, T).mapToObj(t ->
        Arrays.copyOfRange(in.get("i"), (channel * T + t) * D, (channel * T + t + 1) * D)).toArray(double[][]::new);
  }

  private static double[][] six(Map<String, double[]> in) {
    return Arrays.stream(part(in, 0)).map(row -> Arrays.copyOf(row, 6)).toArray(double[][]::new);
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[][] transposed(double[][] x) {
    return IntStream.range(0, x[0].length).mapToObj(k -> Arrays.stream(x).mapToDouble(row -> row[k]).toArray())
        .toArray(double[][]::new);
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(k -> a[k] * b[k]).sum();
  }

  /** {@code x W}, where W has n columns. */
  private static double[][] product(double[][] x, double[] w, int n) {
    return Arrays.stream(x).map(row -> IntStream.range(0, n).mapToDouble(k ->
        IntStream.range(0, row.length).mapToDouble(m -> row[m] * w[m * n + k]).sum()).toArray())
        .toArray(double[][]::new);
  }

  private static double[][] add(double[][] a, double[][] b) {
    return IntStream.range(0, a.length).mapToObj(t ->
        IntStream.range(0, a[t].length).mapToDouble(k -> a[t][k] + b[t % b.length][k]).toArray())
        .toArray(double[][]::new);
  }

  private static double[] softmax(double[] x) {
    double sum = Arrays.stream(x).map(Math::exp).sum();
    return Arrays.stream(x).map(a -> Math.exp(a) / sum).toArray();
  }

  private static double[] mean(double[] weights, double[][] values) {
    return IntStream.range(0, values[0].length).mapToDouble(k ->
        IntStream.range(0, values.length).mapToDouble(s -> weights[s] * values[s][k]).sum()).toArray();
  }

  /** Each query sees all keys, or those up to its own place. */
  private static double[][] attend(double[][] queries, double[][] keys, double[][] values, boolean causal) {
    return IntStream.range(0, queries.length).mapToObj(t -> {
      int seen = causal ? t + 1 : keys.length;
      double[] scores = IntStream.range(0, seen)
          .mapToDouble(s -> dot(queries[t], keys[s]) / Math.sqrt(keys[s].length)).toArray();
      return mean(softmax(scores), Arrays.copyOf(values, seen));
    }).toArray(double[][]::new);
  }

  private static double[] additive(Map<String, double[]> in) {
    double[] q = product(new double[][] {in.get("v")}, in.get("W"), 4)[0];
    double[] scores = Arrays.stream(product(part(in, 0), in.get("U"), 4)).mapToDouble(key ->
        IntStream.range(0, 4).mapToDouble(k -> in.get("a")[k] * Math.tanh(q[k] + key[k])).sum()).toArray();
    return mean(softmax(scores), part(in, 1));
  }

  private static double[][] dense(String place, double[][] x, Map<String, double[]> in) {
    double[] b = in.get(place + "b");
    return add(product(x, in.get(place + "W"), b.length), new double[][] {b});
  }

  private static double[][] heads(String place, double[][] x, double[][] context, int heads, boolean causal,
      Map<String, double[]> in) {
    double[][] query = dense(place + "toheads1.", x, in);
    double[][] key = dense(place + "toheads2.", context, in);
    double[][] value = dense(place + "toheads3.", context, in);
    int size = query[0].length / heads;
    double[][] mixed = new double[x.length][query[0].length];
    for (int h = 0; h < heads; h++) {
      double[][] own = attend(columns(query, h, size), columns(key, h, size), columns(value, h, size), causal);
      for (int t = 0; t < x.length; t++) {
        System.arraycopy(own[t], 0, mixed[t], h * size, size);
      }
    }
    return dense(place + "fromheads1.", mixed, in);
  }

  private static double[][] columns(double[][] x, int head, int size) {
    return Arrays.stream(x).map(row -> Arrays.copyOfRange(row, head * size, (head + 1) * size))
        .toArray(double[][]::new);
  }

  private static double[][] attention(double[][] x, boolean causal, Map<String, double[]> in) {
    return heads("attention.multiheadattention1.", x, x, 3, causal, in);
  }

  private static double[][] norm(String place, double[][] x, Map<String, double[]> in) {
    return Arrays.stream(x).map(row -> {
      double mean = Arrays.stream(row).average().orElseThrow();
      double variance = Arrays.stream(row).map(a -> (a - mean) * (a - mean)).average().orElseThrow();
      return IntStream.range(0, row.length).mapToDouble(k -> in.get(place + "scale")[k] * (row[k] - mean)
          / Math.sqrt(variance + 1e-5) + in.get(place + "shift")[k]).toArray();
    }).toArray(double[][]::new);
  }

  private static double[][] layers(double[][] x, Map<String, double[]> in) {
    double[][] wide = Arrays.stream(dense("widen.", x, in)).map(row ->
        Arrays.stream(row).map(Math::tanh).toArray()).toArray(double[][]::new);
    return dense("narrow.", wide, in);
  }
}
