package dlv.compiler.ir;

/**
 * How a node over a sequence is looked at when one place of it is told of.
 *
 * @param row the axis of the place that is told of; {@link #NONE} where there is none
 * @param memory the axis of all places that this one looks at; {@link #NONE} where there is none
 */
record View(int row, int memory) {
  static final int NONE = -1;
  /** One value, the same for all places. */
  static final View PLAIN = new View(NONE, NONE);

  static View row(int axis) {
    return new View(axis, NONE);
  }

  /** Whether all places are looked at at once, whichever is told of. */
  boolean isMemory() {
    return row == NONE && memory != NONE;
  }

  /** How many axes of the sequence it has. */
  int axes() {
    return (row == NONE ? 0 : 1) + (memory == NONE ? 0 : 1);
  }
}
