package dlv.runtime;

import dlv.runtime.plan.Initialiser;
import dlv.runtime.plan.Placed;
import dlv.runtime.random.Stream;

/** The contents of tensors before the first step: a function of the initialiser, the seed and the tensor's path. */
public final class Initialisation {
  private final Placed tensor;
  private final Stream stream;
  private double[] orthogonal;

  /** The contents of a tensor under a seed. */
  public Initialisation(Placed tensor, long seed) {
    this.tensor = tensor;
    this.stream = new Stream(seed, tensor.path());
  }

  /** Whether all elements are zero. */
  public boolean isZero() {
    return tensor.init() instanceof Initialiser.Constant constant && constant.value() == 0;
  }

  /** The element at a row-major index. */
  public double at(long element) {
    Initialiser init = tensor.init();
    if (init instanceof Initialiser.Constant constant) {
      return constant.value();
    } else if (init instanceof Initialiser.Uniform uniform) {
      return uniform.low() + (uniform.high() - uniform.low()) * stream.uniform(element);
    } else if (init instanceof Initialiser.Normal normal) {
      return normal.mean() + normal.deviation() * stream.normal(element);
    } else if (init instanceof Initialiser.Values values) {
      return values.values().get(Math.toIntExact(element));
    }
    if (orthogonal == null) {
      orthogonal = orthonormal();
    }
    return ((Initialiser.Orthogonal) init).gain() * orthogonal[Math.toIntExact(element)];
  }

  // The longer side runs along the vectors; a wide matrix is the transpose of a tall one.
  private double[] orthonormal() {
    int rows = Math.toIntExact(tensor.shape().get(0));
    int columns = Math.toIntExact(tensor.elements() / rows);
    boolean wide = columns > rows;
    int count = Math.min(rows, columns);
    double[][] vectors = Orthonormal.vectors(count, Math.max(rows, columns), stream);
    double[] matrix = new double[Math.multiplyExact(rows, columns)];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix[i * columns + j] = wide ? vectors[i][j] : vectors[j][i];
      }
    }
    return matrix;
  }
}
