package dlv.tests.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Uses of cells, along the sequence {@code i[0]: float[8, 9]}, each with the textbook's equations in a plain loop. */
final class RecurrentUses {
  private static final int STEPS = 8;
  private static final int M = 9;
  private static final int N = 3;

  private RecurrentUses() {}

  static List<Use> all() {
    List<Use> all = new ArrayList<>();
    all.add(new Use("affine(v, u, 3)", in -> affine("", in.get("v"), in.get("u"), in)));
    all.add(new Use("i[0] -> Elman(3)", in -> flat(run(in, false, (x, s) -> {
      double[] next = elman(x, s[0], in);
      return new double[][] {next, s[1]};
    }))));
    all.add(new Use("i[0] -> Elman(3, bias: true)", in -> flat(run(in, false, (x, s) ->
        new double[][] {elman(x, s[0], in), s[1]}))));
    all.add(new Use("i[0] -> LSTM(3)", in -> flat(run(in, false, (x, s) -> lstm("", x, s, in)))));
    all.add(new Use("i[0] -> PeepholeLSTM(3)", in -> flat(run(in, false, (x, s) -> peephole(x, s, in)))));
    all.add(new Use("LSTM(i[0], 3, h: v[0 .. 2]).C", in -> {
      double[][] state = {Arrays.copyOf(in.get("v"), N), new double[N]};
      for (int t = 0; t < STEPS; t++) {
        state = lstm("", row(in, t), state, in);
      }
      return state[1];
    }));
    for (boolean before : new boolean[] {true, false}) {
      for (boolean fresh : new boolean[] {true, false}) {
        String call = "GRU(3, reset: " + (before ? "before" : "after") + ", gate: " + (fresh ? "new" : "old") + ")";
        all.add(new Use("i[0] -> " + call, in -> flat(run(in, false, (x, s) ->
            new double[][] {gru(x, s[0], in, before, fresh), s[1]}))));
      }
    }
    all.add(new Use("bidirectional(i[0], LSTM(3))", RecurrentUses::bothWays));
    all.add(new Use("bidirectional(i[0], LSTM(3)).h", in -> {
      double[] answers = bothWays(in);
      return IntStream.range(0, 2 * N)
          .mapToDouble(k -> answers[k < N ? (STEPS - 1) * 2 * N + k : k]).toArray();
    }));
    all.add(new Use("i[0] -> reverse(LSTM(3)) -> last", in -> run(in, true, (x, s) -> lstm("", x, s, in))[STEPS - 1]));
    all.add(new Use("i[0] -> reverse -> LSTM(3) -> reverse", in -> flat(run(in, true, (x, s) -> lstm("", x, s, in)))));
    return all;
  }

  private static double[] row(Map<String, double[]> in, int t) {
    return Arrays.copyOfRange(in.get("i"), t * M, (t + 1) * M);
  }

  /** What each step answers: the first state after it; place t is that of step t, whichever way it runs. */
  private static double[][] run(Map<String, double[]> in, boolean back,
      BiFunction<double[], double[][], double[][]> step) {
    double[][] answers = new double[STEPS][];
    double[][] state = {new double[N], new double[N]};
    for (int k = 0; k < STEPS; k++) {
      int t = back ? STEPS - 1 - k : k;
      state = step.apply(row(in, t), state);
      answers[t] = state[0];
    }
    return answers;
  }

  private static double[] bothWays(Map<String, double[]> in) {
    double[][] there = run(in, false, (x, s) -> lstm("forward.", x, s, in));
    double[][] back = run(in, true, (x, s) -> lstm("backward.", x, s, in));
    return IntStream.range(0, STEPS * 2 * N).mapToDouble(k -> {
      int place = k % (2 * N);
      return place < N ? there[k / (2 * N)][place] : back[k / (2 * N)][place - N];
    }).toArray();
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Unit k of x W, where W has n columns. */
  private static double product(double[] x, double[] w, int k, int n) {
    return IntStream.range(0, x.length).mapToDouble(m -> x[m] * w[m * n + k]).sum();
  }

  private static double[] affine(String place, double[] x, double[] h, Map<String, double[]> in) {
    return IntStream.range(0, N).mapToDouble(k -> product(x, in.get(place + "Wx"), k, N)
        + product(h, in.get(place + "Wh"), k, N) + in.get(place + "b")[k]).toArray();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] elman(double[] x, double[] s, Map<String, double[]> in) {
    double[] b = in.getOrDefault("b", new double[N]);
    return IntStream.range(0, N).mapToDouble(k ->
        Math.tanh(product(x, in.get("U"), k, N) + product(s, in.get("W"), k, N) + b[k])).toArray();
  }

  private static double[][] lstm(String place, double[] x, double[][] s, Map<String, double[]> in) {
    double[][] a = new double[4][];
    for (int gate = 0; gate < 4; gate++) {
      a[gate] = affine(place + "affine" + (gate + 1) + ".", x, s[0], in);
    }
    double[] memory = new double[N];
    double[] out = new double[N];
    for (int k = 0; k < N; k++) {
      memory[k] = sigmoid(a[0][k]) * s[1][k] + sigmoid(a[1][k]) * Math.tanh(a[3][k]);
      out[k] = sigmoid(a[2][k]) * Math.tanh(memory[k]);
    }
    return new double[][] {out, memory};
  }

  private static double[][] peephole(double[] x, double[][] s, Map<String, double[]> in) {
    double[] memory = new double[N];
    double[] out = new double[N];
    for (int k = 0; k < N; k++) {
      double f = sigmoid(affine("affine1.", x, s[0], in)[k] + in.get("pf")[k] * s[1][k]);
      double i = sigmoid(affine("affine2.", x, s[0], in)[k] + in.get("pi")[k] * s[1][k]);
      memory[k] = f * s[1][k] + i * Math.tanh(affine("affine3.", x, s[0], in)[k]);
      out[k] = sigmoid(affine("affine4.", x, s[0], in)[k] + in.get("po")[k] * memory[k]) * Math.tanh(memory[k]);
    }
    return new double[][] {out, memory};
  }

  private static double[] gru(double[] x, double[] h, Map<String, double[]> in, boolean before, boolean fresh) {
    double[] r = Arrays.stream(affine("affine1.", x, h, in)).map(RecurrentUses::sigmoid).toArray();
    double[] z = Arrays.stream(affine("affine2.", x, h, in)).map(RecurrentUses::sigmoid).toArray();
    double[] left = IntStream.range(0, N).mapToDouble(k -> r[k] * h[k]).toArray();
    return IntStream.range(0, N).mapToDouble(k -> {
      double a = before ? affine("affine3.", x, left, in)[k]
          : product(x, in.get("Wx"), k, N) + in.get("bx")[k] + r[k] * (product(h, in.get("Wh"), k, N) + in.get("bh")[k]);
      double g = Math.tanh(a);
      return fresh ? (1 - z[k]) * h[k] + z[k] * g : z[k] * h[k] + (1 - z[k]) * g;
    }).toArray();
  }
}
