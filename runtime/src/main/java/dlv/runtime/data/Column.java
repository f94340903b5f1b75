package dlv.runtime.data;

import java.nio.ByteBuffer;
import java.util.List;

/** One field of the rows of one split, in memory or on disk; serves several threads at once. */
interface Column {
  /** The number of rows. */
  int rows();

  /** Puts rows into the buffer, which is in native order, as the field's elements. */
  void copy(int first, int count, ByteBuffer to);

  /** The column of chosen rows. */
  default Column pick(int[] chosen) {
    Column all = this;
    return new Column() {
      @Override
      public int rows() {
        return chosen.length;
      }

      @Override
      public void copy(int first, int count, ByteBuffer to) {
        for (int i = first; i < first + count; i++) {
          all.copy(chosen[i], 1, to);
        }
      }
    };
  }

  /** Rows of bytes that stand {@code stride} apart in a store. */
  static Column bytes(ByteStore store, long start, long stride, int rowBytes, int rows) {
    return new Column() {
      @Override
      public int rows() {
        return rows;
      }

      @Override
      public void copy(int first, int count, ByteBuffer to) {
        int limit = to.limit();
        if (stride == rowBytes) {
          to.limit(to.position() + Math.multiplyExact(count, rowBytes));
          store.read(start + first * stride, to);
        } else {
          for (int i = first; i < first + count; i++) {
            to.limit(to.position() + rowBytes);
            store.read(start + i * stride, to);
          }
        }
        to.limit(limit);
      }
    };
  }

  /** Categories in memory. */
  static Column categories(int[] numbers) {
    return new Column() {
      @Override
      public int rows() {
        return numbers.length;
      }

      @Override
      public void copy(int first, int count, ByteBuffer to) {
        to.asIntBuffer().put(numbers, first, count);
        to.position(to.position() + 4 * count);
      }
    };
  }

  /** Floats in memory, {@code width} a row. */
  static Column floats(float[] values, int width) {
    return new Column() {
      @Override
      public int rows() {
        return values.length / width;
      }

      @Override
      public void copy(int first, int count, ByteBuffer to) {
        to.asFloatBuffer().put(values, first * width, count * width);
        to.position(to.position() + 4 * count * width);
      }
    };
  }

  /** The rows of several columns, one after the other. */
  static Column joined(List<Column> parts) {
    return parts.size() == 1 ? parts.get(0) : new Column() {
      @Override
      public int rows() {
        return parts.stream().mapToInt(Column::rows).reduce(0, Math::addExact);
      }

      @Override
      public void copy(int first, int count, ByteBuffer to) {
        int start = 0;
        for (Column part : parts) {
          int from = Math.max(first, start);
          int until = Math.min(first + count, start + part.rows());
          if (from < until) {
            part.copy(from - start, until - from, to);
          }
          start += part.rows();
        }
      }
    };
  }
}
