package dlv.runtime;

import java.util.Arrays;

/**
 * What a network answered: float values for a number of rows (examples).
 *
 * <p>Immutable. {@code values} lie row-major, rows first.
 */
public final class Values {
  private final float[] values;
  private final int[] shape;
  private final int rows;

  /**
   * @param shape the shape of one row; empty for a scalar
   * @throws IllegalArgumentException where the values are not whole rows
   */
  public Values(float[] values, int rows, int... shape) {
    int size = 1;
    for (int n : shape) {
      size = Math.multiplyExact(size, n);
    }
    if (rows < 0 || values.length != Math.multiplyExact(rows, size)) {
      throw new IllegalArgumentException(values.length + " values are not " + rows + " rows of "
          + Arrays.toString(shape));
    }
    this.values = values.clone();
    this.shape = shape.clone();
    this.rows = rows;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The shape of one row. */
  public int[] shape() {
    return shape.clone();
  }

  /** The number of values of one row. */
  public int size() {
    return rows == 0 ? 0 : values.length / rows;
  }

  /** One row alone. */
  public Values row(int row) {
    check(row);
    return new Values(Arrays.copyOfRange(values, row * size(), (row + 1) * size()), 1, shape);
  }

  /** A value of a row by its place in row-major order. */
  public float get(int row, int place) {
    check(row);
    if (place < 0 || place >= size()) {
      throw new IndexOutOfBoundsException("place " + place + " of " + size());
    }
    return values[row * size() + place];
  }

  /** The place of the largest value of the only row, the first of equals. */
  public int argMax() {
    if (rows != 1) {
      throw new IllegalStateException("there are " + rows + " rows: ask argMax(row)");
    }
    return argMax(0);
  }

  /** The place of the largest value of a row, the first of equals. */
  public int argMax(int row) {
    int best = 0;
    for (int i = 1; i < size(); i++) {
      if (get(row, i) > get(row, best)) {
        best = i;
      }
    }
    check(row);
    return best;
  }

  /** A copy of all values, row-major. */
  public float[] toArray() {
    return values.clone();
  }

  private void check(int row) {
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException("row " + row + " of " + rows);
    }
  }

  @Override
  public String toString() {
    return rows + " x " + Arrays.toString(shape);
  }
}
