package dlv.runtime.plan;

import java.util.List;

/** What a tensor holds before the first step. Random ones are drawn from the seed and the tensor's path alone. */
public sealed interface Initialiser {
  /** Every element is {@code value}. */
  record Constant(double value) implements Initialiser {}

  /** Elements are drawn evenly from {@code low} up to, not including, {@code high}. */
  record Uniform(double low, double high) implements Initialiser {}

  /** Elements are drawn from a normal distribution. */
  record Normal(double mean, double deviation) implements Initialiser {}

  /**
   * A matrix with orthonormal rows or columns, whichever are fewer, times {@code gain}: the shape's first dimension
   * counts the rows, the product of the others the columns.
   * Source: Saxe, McClelland, Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
   * networks", 2014.
   */
  record Orthogonal(double gain) implements Initialiser {
    @Override
    public void fits(String path, List<Long> shape) {
      if (shape.size() < 2) {
        throw new IllegalArgumentException(path + ": orthogonal wants rank 2 or more, not " + shape);
      }
    }
  }

  /** The elements in row-major order. */
  record Values(List<Double> values) implements Initialiser {
    /** Copies the list. */
    public Values {
      values = List.copyOf(values);
    }

    @Override
    public void fits(String path, List<Long> shape) {
      long elements = shape.stream().reduce(1L, Math::multiplyExact);
      if (elements != values.size()) {
        throw new IllegalArgumentException(path + ": " + values.size() + " values for shape " + shape);
      }
    }
  }

  /** Throws {@link IllegalArgumentException} where a tensor of this shape cannot be filled so. */
  default void fits(String path, List<Long> shape) {}
}
