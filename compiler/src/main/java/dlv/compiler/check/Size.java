package dlv.compiler.check;

import dlv.compiler.type.Dim;
import java.util.function.BinaryOperator;

/**
 * A whole number, twice: what it is in this application, and as it is declared.
 *
 * <p>Shapes are lined up by what is declared, so that {@code float[channels]} goes with the first axis of
 * {@code float[channels, h, w]} even where all three are 6. A declared name is unique to one application.
 */
record Size(Dim value, Dim declared) {

  static Size of(long value) {
    return of(Dim.of(value));
  }

  static Size of(Dim value) {
    return new Size(value, value);
  }

  boolean isConstant() {
    return value.isConstant();
  }

  boolean is(long number) {
    return value.is(number);
  }

  Size plus(Size other) {
    return new Size(value.plus(other.value), declared.plus(other.declared));
  }

  Size plus(long other) {
    return plus(of(other));
  }

  Size minus(Size other) {
    return new Size(value.minus(other.value), declared.minus(other.declared));
  }

  Size times(Size other) {
    return new Size(value.times(other.value), declared.times(other.declared));
  }

  Size times(long other) {
    return times(of(other));
  }

  /** The quotient rounded down; {@link ArithmeticException} where the divisor is 0. */
  Size floorDiv(Size other) {
    return new Size(value.floorDiv(other.value), declared.floorDiv(other.declared));
  }

  /** The quotient where it is known to be whole. */
  Size wholeDiv(Size other) {
    return new Size(value.wholeDiv(other.value), declared.wholeDiv(other.declared));
  }

  /** A function of numbers where both are; else what is declared is the result itself. */
  static Size compute(Size a, Size b, BinaryOperator<Dim> function) {
    Dim value = function.apply(a.value, b.value);
    boolean same = a.declared.isConstant() && b.declared.isConstant();
    return new Size(value, same ? function.apply(a.declared, b.declared) : value);
  }

  @Override
  public String toString() {
    return value.text();
  }
}
