package dlv.runtime.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A named tensor in memory, row-major.
 *
 * @param name its path, such as {@code net.dense2.W}
 * @param dtype the type of its elements
 * @param shape its dimensions, outermost first; empty for a scalar
 * @param segments its bytes, from position to limit of each in turn, little-endian; several where they exceed 2 GiB
 */
public record Tensor(String name, Dtype dtype, List<Long> shape, List<ByteBuffer> segments) {
  /** The largest segment that is made here; a multiple of every element size. */
  static final int SEGMENT = 1 << 30;

  /** Checks that the segments hold what dtype and shape say. */
  public Tensor {
    shape = List.copyOf(shape);
    segments = List.copyOf(segments);
    long bytes = byteCount(dtype, shape);
    long held = segments.stream().mapToLong(ByteBuffer::remaining).sum();
    if (held != bytes) {
      throw new IllegalArgumentException(name + ": " + held + " bytes are no " + dtype + shape + " of " + bytes);
    }
  }

  /** Bytes of a tensor; {@link ArithmeticException} beyond 64 bits. */
  static long byteCount(Dtype dtype, List<Long> shape) {
    long n = dtype.bytes();
    for (long d : shape) {
      if (d < 0) {
        throw new ArithmeticException("a dimension of " + d);
      }
      n = Math.multiplyExact(n, d);
    }
    return n;
  }

  /** A tensor around one buffer. */
  public static Tensor of(String name, Dtype dtype, List<Long> shape, ByteBuffer bytes) {
    return new Tensor(name, dtype, shape, List.of(bytes));
  }

  /** A tensor of 32-bit floats. */
  public static Tensor floats(String name, List<Long> shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return of(name, Dtype.F32, shape, bytes);
  }

  /** A tensor with room for a shape, zero. */
  static Tensor allocate(String name, Dtype dtype, List<Long> shape) {
    List<ByteBuffer> segments = new ArrayList<>();
    for (long left = byteCount(dtype, shape); left > 0; left -= SEGMENT) {
      segments.add(ByteBuffer.allocate((int) Math.min(left, SEGMENT)));
    }
    return new Tensor(name, dtype, shape, segments);
  }

  /** The same under another name. */
  public Tensor named(String other) {
    return new Tensor(other, dtype, shape, segments);
  }

  /** The number of elements. */
  public long elements() {
    return byteCount() / dtype.bytes();
  }

  /** The number of bytes. */
  public long byteCount() {
    return byteCount(dtype, shape);
  }

  /** All elements of a tensor of 32-bit floats that has less than 2^29 of them. */
  public float[] toFloats() {
    if (dtype != Dtype.F32) {
      throw new IllegalStateException(name + " holds " + dtype + ", not F32");
    }
    float[] values = new float[Math.toIntExact(elements())];
    int at = 0;
    for (ByteBuffer segment : segments) {
      int n = segment.remaining() / 4;
      segment.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values, at, n);
      at += n;
    }
    return values;
  }

  /** Name and type as messages show them: {@code net.dense2.W float[120, 84]}. */
  @Override
  public String toString() {
    return describe(name, dtype, shape);
  }

  static String describe(String name, Dtype dtype, List<Long> shape) {
    String kind = dtype == Dtype.F32 ? "float" : dtype.toString();
    return name + " " + kind + shape.stream().map(d -> Long.toString(d)).collect(Collectors.joining(", ", "[", "]"));
  }
}
