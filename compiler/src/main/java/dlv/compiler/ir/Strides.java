package dlv.compiler.ir;

/** Places in row-major arrays: every view that is affine is a table of places in its operand. */
final class Strides {
  private Strides() {}

  static long elements(long[] shape) {
    long n = 1;
    for (long size : shape) {
      n = Math.multiplyExact(n, size);
    }
    return n;
  }

  /** How far apart neighbours along each axis of a row-major array lie. */
  static int[] of(int[] sizes) {
    var strides = new int[sizes.length];
    int n = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = n;
      n *= sizes[axis];
    }
    return strides;
  }

  /** The places {@code start + Σ index·stride} of all indices below {@code sizes}, in row-major order. */
  static int[] places(int start, int[] sizes, int[] strides) {
    int n = 1;
    for (int size : sizes) {
      n = Math.multiplyExact(n, size);
    }
    var places = new int[n];
    if (n == 0) {
      return places;
    }
    places[0] = start;
    int block = n;
    for (int axis = 0; axis < sizes.length; axis++) {
      int inner = block / sizes[axis];
      for (int outer = 0; outer < n; outer += block) {
        for (int i = 1; i < sizes[axis]; i++) {
          places[outer + i * inner] = places[outer] + i * strides[axis];
        }
      }
      block = inner;
    }
    return places;
  }
}
