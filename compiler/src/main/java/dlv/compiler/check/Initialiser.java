package dlv.compiler.check;

import java.util.List;

/**
 * How a state begins.
 *
 * @param numbers {@code CONSTANT}: the value; {@code UNIFORM}: low, high; {@code NORMAL}: mean, deviation;
 *     {@code ORTHOGONAL}: the gain; {@code VALUES}: the elements, row-major. A number that waits for dimensions without
 *     a value is NaN.
 */
public record Initialiser(Kind kind, List<Double> numbers) {

  /** The distributions from which values are drawn, and the two ways to say values. */
  public enum Kind {
    CONSTANT,
    UNIFORM,
    NORMAL,
    ORTHOGONAL,
    VALUES
  }

  public Initialiser {
    numbers = List.copyOf(numbers);
  }

  /** One value everywhere. */
  public static Initialiser constant(double value) {
    return new Initialiser(Kind.CONSTANT, List.of(value));
  }
}
