package dlv.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Steps that the sources share when they fill buffers. */
final class Rows {
  private Rows() {}

  /** The same buffer, position kept, in native order: a view with a position of its own. */
  static ByteBuffer inNativeOrder(ByteBuffer buffer) {
    return buffer.duplicate().order(ByteOrder.nativeOrder());
  }

  /** Puts {@code count} of the numbers into a buffer, in native order; nothing where the buffer is not wanted, null. */
  static void put(ByteBuffer buffer, int[] numbers, int from, int count) {
    if (buffer != null) {
      inNativeOrder(buffer).asIntBuffer().put(numbers, from, count);
      buffer.position(buffer.position() + Integer.BYTES * count);
    }
  }
}
