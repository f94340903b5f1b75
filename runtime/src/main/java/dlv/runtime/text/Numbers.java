package dlv.runtime.text;

import java.util.Arrays;

/** A growing list of the numbers of symbols. */
final class Numbers {
  private int[] values = new int[64];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(2, size));
    }
    values[size++] = value;
  }

  void addAll(int[] more, int offset) {
    for (int value : more) {
      add(value + offset);
    }
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
