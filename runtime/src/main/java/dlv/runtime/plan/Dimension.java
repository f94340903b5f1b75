package dlv.runtime.plan;

/**
 * A named size that is given when a plan is opened.
 *
 * @param name the name in formulas, such as {@code batch}
 * @param usual the value where none is given; positive
 * @param doc what it counts, for messages
 */
public record Dimension(String name, long usual, String doc) {
  /** Checks that the usual value is positive. */
  public Dimension {
    if (name.isEmpty() || usual < 1) {
      throw new IllegalArgumentException("dimension \"" + name + "\" = " + usual + ": sizes are positive");
    }
  }
}
