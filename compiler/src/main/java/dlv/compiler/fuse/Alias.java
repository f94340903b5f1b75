package dlv.compiler.fuse;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;

/**
 * Where a value of a loop's step lies: in a value outside of the loop, or in a row of one. In step {@code s} that is row
 * {@code (first + by · s) % cycle} along axis 0.
 *
 * @param of the value outside
 * @param row whether it is a row, and not all of it
 * @param cycle 0: the number of the row is taken as it is
 */
public record Alias(Node of, boolean row, Dim first, long by, long cycle) {
  /** All of a value, which is the same in every step. */
  static Alias all(Node of) {
    return new Alias(of, false, Dim.ZERO, 0, 0);
  }

  /** A row that depends on the step. */
  static Alias row(Node of, Dim first, long by, long cycle) {
    return new Alias(of, true, first, by, cycle);
  }

  /** Row 0, of a value beside it. */
  public static Alias start(Node of) {
    return new Alias(of, true, Dim.ZERO, 0, 0);
  }

  /** Whether this leads out of a loop. */
  public boolean outward() {
    return !row || by != 0;
  }

  /** The row in step {@code step}, where all dimensions are numbers. */
  int rowAt(int step) {
    long number = first.value() + by * step;
    return Math.toIntExact(cycle == 0 ? number : number % cycle);
  }
}
