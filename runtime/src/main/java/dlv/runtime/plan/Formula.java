package dlv.runtime.plan;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An integer expression over named dimensions, such as {@code (batch+15)//16*16} or {@code max(n, 1)*4}.
 *
 * <p>It has integers, names, {@code + - *}, {@code //} (division rounded down), {@code min(a, b)}, {@code max(a, b)},
 * unary minus and parentheses. Values are 64-bit and exact: what does not fit is an {@link ArithmeticException}.
 */
public final class Formula {
  private final String text;
  private final Term term;
  private final Set<String> names;

  private Formula(String text, Term term, Set<String> names) {
    this.text = text;
    this.term = term;
    this.names = names;
  }

  /** The value of a term under values for its names. */
  interface Term {
    long evaluate(Map<String, Long> values);
  }

  /** Parses an expression; {@link IllegalArgumentException} names what is wrong with it. */
  public static Formula of(String text) {
    Set<String> names = new TreeSet<>();
    Term term = new FormulaParser(text, names).whole();
    return new Formula(text, term, Set.copyOf(names));
  }

  /** A number. */
  public static Formula of(long value) {
    return new Formula(Long.toString(value), values -> value, Set.of());
  }

  /**
   * The value where the names have these values.
   *
   * @throws ArithmeticException where it does not fit 64 bits, or divides by zero
   * @throws IllegalArgumentException where a name has no value
   */
  public long evaluate(Map<String, Long> values) {
    for (String name : names) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException("the dimension " + name + " of " + text + " has no value");
      }
    }
    try {
      return term.evaluate(values);
    } catch (ArithmeticException e) {
      throw new ArithmeticException(text + " with " + values + ": " + e.getMessage());
    }
  }

  /** The value of a formula without names. */
  public long value() {
    return evaluate(Map.of());
  }

  /** The dimensions that occur. */
  public Set<String> names() {
    return names;
  }

  /** The expression as it was written. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Formula formula && text.equals(formula.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
