package dlv.runtime.data;

import java.util.Arrays;

/** A growing list of integers. */
final class IntList {
  private int[] values = new int[1024];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(2, size));
    }
    values[size++] = value;
  }

  /** Puts {@code by[v]} in the place of each v. */
  void replaceAll(int[] by) {
    for (int i = 0; i < size; i++) {
      values[i] = by[values[i]];
    }
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
