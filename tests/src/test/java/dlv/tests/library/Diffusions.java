package dlv.tests.library;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Uses of what diffusion is made of: levels of noise, integrals, and the distributions of processes. */
final class Diffusions {
  private Diffusions() {}

  private static Use levels(String name, DoubleUnaryOperator f) {
    return each(name + "(v)", f);
  }

  private static Use each(String call, DoubleUnaryOperator f) {
    return new Use(call, in -> Arrays.stream(in.get("v")).map(f).toArray());
  }

  private static double sums(double[] x, int upTo) {
    return IntStream.rangeClosed(0, upTo).mapToDouble(k -> x[k]).sum();
  }

  private static double squaredCosine(double at) {
    double cosine = Math.cos((at + 0.008) / 1.008 * Math.PI / 2);
    return cosine * cosine;
  }

  /** What is left of the signal's variance after step t of 1000, in a straight line from 1e-4 to 0.02. */
  private static double alphabar(int t) {
    double product = 1;
    for (int k = 0; k <= t; k++) {
      product *= 1 - (1e-4 + (0.02 - 1e-4) * k / 999);
    }
    return product;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The table x at a place between its rows. */
  private static double between(double[] x, double place) {
    int before = (int) Math.max(Math.min(Math.floor(place), x.length - 2), 0);
    return x[before] + (place - before) * (x[before + 1] - x[before]);
  }

  /** Six steps from v: the state after each. */
  private static double[] walk(Map<String, double[]> in, BiFunction<double[], Integer, double[]> step) {
    var all = new double[36];
    double[] x = in.get("v");
    for (int k = 0; k < 6; k++) {
      x = step.apply(x, k);
      System.arraycopy(x, 0, all, 6 * k, 6);
    }
    return all;
  }

  static List<Use> all() {
    return List.of(
        levels("linear", u -> 1e-4 + (0.02 - 1e-4) * u),
        levels("scaled_linear", u -> Math.pow(Math.sqrt(0.00085) + (Math.sqrt(0.012) - Math.sqrt(0.00085)) * u, 2)),
        levels("cosine_levels", u ->
            Math.min(1 - squaredCosine((u * 5 + 1) / 6) / squaredCosine(u * 5 / 6), 0.999)),
        levels("sigmoid_levels", u -> 1e-4 + (0.02 - 1e-4) / (1 + Math.exp(6 - 12 * u))),
        new Use("cumulative_sum(v)", in -> IntStream.range(0, 6).mapToDouble(k -> sums(in.get("v"), k)).toArray()),
        new Use("integral(v, 0.5)", in -> IntStream.range(0, 6).mapToDouble(k ->
            0.5 * (sums(in.get("v"), k) - (in.get("v")[0] + in.get("v")[k]) / 2)).toArray()),
        new Use("interpolated(v, 2.25)", in -> new double[] {0.75 * in.get("v")[2] + 0.25 * in.get("v")[3]}),
        new Use("interpolated(v, 5)", in -> new double[] {in.get("v")[5]}),
        each("v * affine_factor(ones([6]), 3 * ones([6]), 5 * ones([6]))", x -> 2 * x),
        each("v * require_levels(0.5 * ones([6]))", x -> 0.5 * x),
        each("v -> require_steps(5, most: 9)", x -> x),
        each("v -> require_range", x -> x),
        each("v -> LangevinStep(0.5, 0.7, denoiser: interpolated, snr: 0)", x -> x),
        new Use("AnnealedStep(v, exp(u), zeros([6]), v, denoiser: interpolated)", in ->
            IntStream.range(0, 36).mapToDouble(k -> in.get("v")[k % 6]).toArray()),
        new Use("DDIMStep(v, sigmoid(u), sigmoid(v), v, denoiser: interpolated, noise_of: ddpm.noise_of, eta: 0, bound: 0)",
            in -> walk(in, (x, k) -> {
              double noise = between(x, in.get("v")[k]);
              double a = sigmoid(in.get("u")[k]);
              double b = sigmoid(in.get("v")[k]);
              return Arrays.stream(x).map(y -> Math.sqrt(b) * (y - Math.sqrt(1 - a) * noise) / Math.sqrt(a)
                  + Math.sqrt(1 - b) * noise).toArray();
            })),
        new Use("ReverseStep(v, u, exp(u), v, denoiser: interpolated, drift: interpolated, width: 0.1, chance: 0,"
            + " corrections: 0, snr: 0)", in -> walk(in, (x, k) -> {
              double drift = between(x, in.get("v")[k]);
              double g = in.get("u")[k];
              double score = -drift / Math.exp(g);
              return Arrays.stream(x).map(y -> y - 0.1 * (drift - g * g * score / 2)).toArray();
            })),
        each("ddpm.forward(v, 1, 499)", x -> Math.sqrt(alphabar(499)) * x + Math.sqrt(1 - alphabar(499))),
        each("ddpm(predicts: velocity).target(v, 1, 0)", x -> Math.sqrt(1 - 1e-4) - Math.sqrt(1e-4) * x));
  }
}
