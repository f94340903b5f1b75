package dlv.runtime.plan;

/** An argument of a kernel, bound once when a plan is opened; the number of a turn is bound in every turn. */
public sealed interface Argument {
  /** A buffer or arena by name: {@code __global T *}. */
  record OfBuffer(String name) implements Argument {}

  /** A 32-bit integer: {@code int}. */
  record OfInt(Formula value) implements Argument {}

  /** A 32-bit float: {@code float}. */
  record OfFloat(float value) implements Argument {}

  /** The number of the turn, from 0, of the repetition that is {@code depth} repetitions further out: {@code int}. */
  record OfStep(int depth) implements Argument {}

  /** The number of the turn. */
  static Argument step(int depth) {
    return new OfStep(depth);
  }

  /** A buffer or arena. */
  static Argument buffer(String name) {
    return new OfBuffer(name);
  }

  /** An integer. */
  static Argument integer(Formula value) {
    return new OfInt(value);
  }

  /** A float. */
  static Argument real(float value) {
    return new OfFloat(value);
  }
}
