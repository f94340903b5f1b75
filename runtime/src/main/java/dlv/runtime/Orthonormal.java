package dlv.runtime;

import dlv.runtime.random.Stream;

/** Orthonormal vectors, evenly distributed: the QR decomposition of a random matrix. */
final class Orthonormal {
  private Orthonormal() {}

  /**
   * Draws {@code count} orthonormal vectors of {@code length} elements, {@code count <= length}.
   *
   * <p>Gram–Schmidt, each vector freed twice of the ones before it, which holds orthogonality to rounding ("twice is
   * enough", Kahan and Parlett); it leaves the signs of R positive, as an even distribution wants (Mezzadri, "How to
   * generate random matrices from the classical compact groups", 2007).
   */
  static double[][] vectors(int count, int length, Stream stream) {
    double[][] vectors = new double[count][length];
    for (int i = 0; i < count; i++) {
      double[] v = vectors[i];
      for (int k = 0; k < length; k++) {
        v[k] = stream.normal((long) i * length + k);
      }
      for (int turn = 0; turn < 2; turn++) {
        for (int j = 0; j < i; j++) {
          addMultiple(v, -dot(v, vectors[j]), vectors[j]);
        }
      }
      double norm = Math.sqrt(dot(v, v));
      for (int k = 0; k < length; k++) {
        v[k] /= norm;
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void addMultiple(double[] to, double factor, double[] of) {
    for (int k = 0; k < to.length; k++) {
      to[k] += factor * of[k];
    }
  }
}
