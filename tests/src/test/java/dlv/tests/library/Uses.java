package dlv.tests.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A use of every network of the library but the initialisers, each with plain loops for what it should answer. */
final class Uses {
  private Uses() {}

  private static double erf(double x) {
    double sum = 0;
    double term = x;
    for (int n = 0; n < 60; n++) {
      sum += term / (2 * n + 1);
      term *= -x * x / (n + 1);
    }
    return sum * 2 / Math.sqrt(Math.PI);
  }

  private static double softplus(double x) {
    return Math.log(1 + Math.exp(x));
  }

  private static Use each(String name, DoubleUnaryOperator f) {
    return new Use("v -> " + name, in -> Arrays.stream(in.get("v")).map(f).toArray());
  }

  private static Use pairs(String name, DoubleBinaryOperator f) {
    return new Use(name + "(v, u)", in -> zip(in, f));
  }

  private static double[] zip(Map<String, double[]> in, DoubleBinaryOperator f) {
    return IntStream.range(0, 6).mapToDouble(k -> f.applyAsDouble(in.get("v")[k], in.get("u")[k])).toArray();
  }

  private static Use sum(String call, boolean mean, DoubleBinaryOperator f) {
    return new Use(call, in -> new double[] {Arrays.stream(zip(in, f)).sum() / (mean ? 6 : 1)});
  }

  private static double huber(double d, double delta) {
    double a = Math.abs(d);
    return a <= delta ? 0.5 * d * d : delta * (a - 0.5 * delta);
  }

  static List<Use> all() {
    List<Use> all = new ArrayList<>(List.of(
        each("leaky_relu(0.1)", x -> x > 0 ? x : 0.1 * x), each("elu(1.5)", x -> x > 0 ? x : 1.5 * (Math.exp(x) - 1)),
        each("selu", x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1))),
        each("gelu", x -> x * 0.5 * (1 + erf(x / Math.sqrt(2)))), each("silu", x -> x / (1 + Math.exp(-x))),
        each("mish", x -> x * Math.tanh(softplus(x))), each("softsign", x -> x / (1 + Math.abs(x))),
        each("Flatten", x -> x), each("Reshape([6])", x -> x), each("Dropout(0.3)", x -> x),
        pairs("bce", (x, t) -> softplus(x) - x * t), pairs("hinge", (x, t) -> Math.max(0, 1 - t * x)),
        pairs("binary_accuracy", (x, t) -> x > 0 == t > 0.5 ? 1 : 0),
        sum("bernoulli_nll(v, u)", false, (x, t) -> softplus(x) - x * t),
        sum("squared_error(v, u)", false, (a, b) -> (a - b) * (a - b)),
        sum("mean_squared_error(v, u)", true, (a, b) -> (a - b) * (a - b)),
        sum("absolute_error(v, u)", false, (a, b) -> Math.abs(a - b)),
        sum("mean_absolute_error(v, u)", true, (a, b) -> Math.abs(a - b)),
        sum("huber_error(v, u, delta: 0.7)", false, (a, b) -> huber(a - b, 0.7)),
        sum("mean_huber_error(v, u)", true, (a, b) -> huber(a - b, 1)),
        sum("kl_normal(v, u)", false, (m, s) -> 0.5 * (Math.exp(s) + m * m - 1 - s))));
    all.addAll(categories());
    all.addAll(layers());
    all.addAll(Distances.all());
    all.addAll(Pictures.all());
    all.addAll(RecurrentUses.all());
    all.addAll(AttentionUses.all());
    all.addAll(Diffusions.all());
    all.addAll(UNets.all());
    return all;
  }

  private static double logsumexp(double[] x) {
    return Math.log(Arrays.stream(x).map(Math::exp).sum());
  }

  private static List<Use> categories() {
    return List.of(
        new Use("norm(v)", in -> new double[] {Math.sqrt(Arrays.stream(in.get("v")).map(x -> x * x).sum())}),
        new Use("v -> softmax",
            in -> Arrays.stream(in.get("v")).map(x -> Math.exp(x - logsumexp(in.get("v")))).toArray()),
        new Use("v -> log_softmax", in -> Arrays.stream(in.get("v")).map(x -> x - logsumexp(in.get("v"))).toArray()),
        new Use("one_hot(l)", in -> IntStream.range(0, 6).mapToDouble(k -> k == Use.LABEL ? 1 : 0).toArray()),
        new Use("cross_entropy(v, l)", in -> new double[] {logsumexp(in.get("v")) - in.get("v")[Use.LABEL]}),
        new Use("cross_entropy(v, l, smoothing: 0.2)", in -> new double[] {logsumexp(in.get("v"))
            - 0.8 * in.get("v")[Use.LABEL] - 0.2 * Arrays.stream(in.get("v")).average().orElseThrow()}),
        new Use("accuracy(v, l)", in -> new double[] {rank(in.get("v")) < 1 ? 1 : 0}),
        new Use("top_accuracy(v, l, count: 3)", in -> new double[] {rank(in.get("v")) < 3 ? 1 : 0}));
  }

  /** How many logits are larger than the label's. */
  private static long rank(double[] logits) {
    return Arrays.stream(logits).filter(x -> x > logits[Use.LABEL]).count();
  }

  private static List<Use> layers() {
    return List.of(
        new Use("v -> Dense(3)", in -> IntStream.range(0, 3).mapToDouble(k -> in.get("b")[k] + IntStream.range(0, 6)
            .mapToDouble(m -> in.get("v")[m] * in.get("W")[3 * m + k]).sum()).toArray()),
        new Use("SpectralNorm(reshape(concat(v, u), [4, 3]))", in -> spectral(in.get("v"), in.get("u"), in.get("singular"))),
        new Use("v -> LayerNorm(epsilon: 0.1)", in -> {
          double[] x = in.get("v");
          double mean = Arrays.stream(x).average().orElseThrow();
          double variance = Arrays.stream(x).map(a -> (a - mean) * (a - mean)).average().orElseThrow();
          return IntStream.range(0, 6).mapToDouble(k ->
              in.get("scale")[k] * (x[k] - mean) / Math.sqrt(variance + 0.1) + in.get("shift")[k]).toArray();
        }),
        new Use("i -> BatchNorm(epsilon: 0.1)", in -> IntStream.range(0, 4 * 72).mapToDouble(k -> {
          int c = k / 72;
          return in.get("scale")[c] * (in.get("i")[k] - in.get("m")[c]) / Math.sqrt(in.get("v1")[c] + 0.1)
              + in.get("shift")[c];
        }).toArray()));
  }

  /** The matrix {@code [4, 3]} of both, over what one step of the power method from {@code start} finds to be its norm. */
  private static double[] spectral(double[] first, double[] second, double[] start) {
    double[] matrix = DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    double[] left = unit(IntStream.range(0, 4).mapToDouble(r ->
        IntStream.range(0, 3).mapToDouble(c -> matrix[3 * r + c] * start[c]).sum()).toArray());
    double[] right = unit(IntStream.range(0, 3).mapToDouble(c ->
        IntStream.range(0, 4).mapToDouble(r -> matrix[3 * r + c] * left[r]).sum()).toArray());
    double size = IntStream.range(0, 12).mapToDouble(k -> matrix[k] * left[k / 3] * right[k % 3]).sum();
    return Arrays.stream(matrix).map(x -> x / size).toArray();
  }

  private static double[] unit(double[] x) {
    double length = Math.sqrt(Arrays.stream(x).map(a -> a * a).sum());
    return Arrays.stream(x).map(a -> a / length).toArray();
  }
}
