package dlv.runtime.opencl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A small computation whose result is known: whether a driver builds, runs and transfers. */
public final class SelfTest {
  private static final int ELEMENTS = 1000;
  private static final String SOURCE = """
      kernel void triple(global const float *x, global float *y, int n, float plus) {
        int i = get_global_id(0);
        if (i < n) y[i] = 3.0f * x[i] + plus;
      }
      """;

  private SelfTest() {}

  /** Runs it; {@link DeviceException} where the driver fails or the result is wrong. */
  public static void run(Context context) {
    try (DeviceBuffer x = context.allocate("x", ELEMENTS * Float.BYTES);
         DeviceBuffer y = context.allocate("y", ELEMENTS * Float.BYTES);
         Program program = context.build("self-test", SOURCE);
         Kernel kernel = program.kernel("triple", x, y, ELEMENTS, 0.5f)) {
      ByteBuffer data = ByteBuffer.allocateDirect(ELEMENTS * Float.BYTES).order(ByteOrder.nativeOrder());
      for (int i = 0; i < ELEMENTS; i++) {
        data.putFloat(i);
      }
      x.write(0, data.flip());
      kernel.enqueue(new long[] {1024}, null);
      y.read(0, data.clear());
      data.flip();
      for (int i = 0; i < ELEMENTS; i++) {
        float found = data.getFloat();
        if (found != 3f * i + 0.5f) {
          throw new DeviceException(0, "a kernel computed " + found + " instead of " + (3f * i + 0.5f),
              "the driver is broken: update it, or choose another device with DLV_DEVICE");
        }
      }
    }
  }
}
