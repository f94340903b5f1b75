package dlv.tests.device;

import dlv.compiler.ir.Array;
import dlv.compiler.layout.Segment;
import dlv.compiler.layout.Storage;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.runtime.plan.Formula;
import java.nio.ByteBuffer;
import java.util.Map;

/** Arrays in device memory: what a storage says, element by element, under values for the dimensions. */
record Packing(Storage storage, Map<String, Long> dims) {
  static long number(Dim dim, Map<String, Long> dims) {
    return Formula.of(dim.formula()).evaluate(dims);
  }

  private long number(Dim dim) {
    return number(dim, dims);
  }

  /** The array, from a plain storage or any other; slabs are added, in order. */
  Array unpack(ByteBuffer bytes) {
    long[] shape = storage.shape().dims().stream().mapToLong(this::number).toArray();
    int size = 1;
    for (long n : shape) {
      size *= (int) n;
    }
    var data = new double[size];
    for (int i = 0; i < size; i++) {
      data[i] = element(bytes, shape, i);
    }
    return new Array(storage.element(), shape, data);
  }

  private double element(ByteBuffer bytes, long[] shape, int i) {
    if (!storage.segments().isEmpty()) {
      for (Segment segment : storage.segments()) {
        if (i >= segment.start() && i < segment.start() + segment.size()) {
          return sum(bytes, number(segment.offset()) + i - segment.start(), number(segment.slabs()), segment.size());
        }
      }
    }
    return sum(bytes, address(shape, i), number(storage.slabs()), number(storage.slab()));
  }

  private double sum(ByteBuffer bytes, long offset, long slabs, long slab) {
    double sum = 0;
    for (long s = 0; s < slabs; s++) {
      sum += get(bytes, Math.toIntExact(offset + s * slab));
    }
    return sum;
  }

  private long address(long[] shape, int i) {
    long rest = i;
    long address = 0;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      long place = rest % shape[axis] + storage.margins().get(axis).low();
      rest /= shape[axis];
      long stride = number(storage.strides().get(axis));
      address += axis == storage.laneAxis() ? place / storage.lanes() * stride + place % storage.lanes()
          : axis == storage.panelAxis()
          ? place / storage.panel() * storage.panelStride() + place % storage.panel() * stride : place * stride;
    }
    return address;
  }

  private double get(ByteBuffer bytes, int i) {
    return storage.element() == Element.FLOAT ? bytes.getFloat(4 * i)
        : storage.element() == Element.BYTE ? bytes.get(i) & 0xff : bytes.getInt(4 * i);
  }

  /** The bytes of a plain array. */
  void pack(Array array, ByteBuffer bytes) {
    for (int i = 0; i < array.size(); i++) {
      double value = array.data()[i];
      switch (storage.element()) {
        case FLOAT -> bytes.putFloat(4 * i, (float) value);
        case BYTE -> bytes.put(i, (byte) value);
        case INT, BOOL -> bytes.putInt(4 * i, (int) value);
        case BF16 -> throw new IllegalArgumentException("inputs are not bfloat16");
      }
    }
  }
}
