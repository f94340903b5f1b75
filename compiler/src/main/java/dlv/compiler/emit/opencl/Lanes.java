package dlv.compiler.emit.opencl;

import dlv.compiler.emit.opencl.Index.Variable;

/**
 * The vector that a part of a kernel computes in: its width, and the variable that counts its lanes.
 *
 * @param width lanes; 1: scalars
 * @param contiguous whether to give up where neighbours in the vector are not neighbours in memory
 */
record Lanes(int width, boolean contiguous) {
  /** Given up: this part is better computed in scalars. */
  static final class Scattered extends RuntimeException {
    private static final long serialVersionUID = 1;

    Scattered(String what) {
      super(what, null, false, false);
    }
  }

  static final Lanes NONE = new Lanes(1, false);

  /** Counts the lanes: 0, 1, … */
  Variable variable() {
    return new Variable("LANES" + width, 0, width - 1, width > 1);
  }

  Index lane() {
    return width == 1 ? Index.ZERO : Index.of(variable());
  }

  /** Says that lanes have to be picked one by one. */
  void gathers(String what) {
    if (contiguous) {
      throw new Scattered(what);
    }
  }
}
