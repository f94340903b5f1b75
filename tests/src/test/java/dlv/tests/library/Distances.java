package dlv.tests.library;

import java.util.List;
import java.util.stream.IntStream;

/** Uses of distances between distributions, in the plane, where roots of matrices have a closed form. */
final class Distances {
  private Distances() {}

  static List<Use> all() {
    return List.of(
        new Use("matrix_root(exp(v[0]) * [[5, 2], [2, 3]])", in -> root(scaled(Math.exp(in.get("v")[0])))),
        new Use("newton_schulz([[0.5, 0.2], [0.2, 0.3]] * sigmoid(v[0]), one_hot(positions(2)), steps: 30)", in ->
            root(scaled(0.1 / (1 + Math.exp(-in.get("v")[0]))))),
        new Use("frechet_distance(reshape(i, [144, 2]), reshape(i ^ 2, [144, 2]))", in -> {
          double[] x = in.get("i");
          double[] y = IntStream.range(0, x.length).mapToDouble(k -> x[k] * x[k]).toArray();
          return new double[] {distance(x, y)};
        }));
  }

  private static double[] scaled(double by) {
    return new double[] {5 * by, 2 * by, 2 * by, 3 * by};
  }

  /** By the theorem of Cayley and Hamilton: (m + sqrt(det m)) / sqrt(trace m + 2 sqrt(det m)). */
  private static double[] root(double[] m) {
    double det = Math.sqrt(m[0] * m[3] - m[1] * m[2]);
    double by = Math.sqrt(m[0] + m[3] + 2 * det);
    return new double[] {(m[0] + det) / by, m[1] / by, m[2] / by, (m[3] + det) / by};
  }

  private static double mean(double[] x, int column) {
    return IntStream.range(0, x.length / 2).mapToDouble(r -> x[2 * r + column]).average().orElseThrow();
  }

  private static double covariance(double[] x, int i, int j) {
    double a = mean(x, i);
    double b = mean(x, j);
    return IntStream.range(0, x.length / 2).mapToDouble(r -> (x[2 * r + i] - a) * (x[2 * r + j] - b)).average()
        .orElseThrow();
  }

  /** Of two sets of points: the trace of the root of a product is that of a 2x2 matrix, by its trace and determinant. */
  private static double distance(double[] x, double[] y) {
    double[] cx = {covariance(x, 0, 0), covariance(x, 0, 1), covariance(x, 1, 1)};
    double[] cy = {covariance(y, 0, 0), covariance(y, 0, 1), covariance(y, 1, 1)};
    double trace = cx[0] * cy[0] + 2 * cx[1] * cy[1] + cx[2] * cy[2];
    double det = (cx[0] * cx[2] - cx[1] * cx[1]) * (cy[0] * cy[2] - cy[1] * cy[1]);
    double between = Math.sqrt(trace + 2 * Math.sqrt(det));
    double apart = Math.pow(mean(x, 0) - mean(y, 0), 2) + Math.pow(mean(x, 1) - mean(y, 1), 2);
    return apart + cx[0] + cx[2] + cy[0] + cy[2] - 2 * between;
  }
}
