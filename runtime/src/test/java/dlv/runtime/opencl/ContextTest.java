package dlv.runtime.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsOpenCl;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jocl.CL;
import org.jocl.CLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsOpenCl
class ContextTest {
  private static final String SOURCE =
      "kernel void scale(global float *x, int n, float by) { int i = get_global_id(0); if (i < n) x[i] *= by; }";
  private Context context;

  @BeforeEach
  void open() {
    context = Context.open(OpenClDevice.all().get(0));
  }

  @AfterEach
  void close() {
    Calls.fault = function -> {};
    context.close();
  }

  private static ByteBuffer floats(boolean direct, float... values) {
    ByteBuffer bytes = (direct ? ByteBuffer.allocateDirect(values.length * 4) : ByteBuffer.allocate(values.length * 4))
        .order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  @Test
  void aKernelRuns() {
    SelfTest.run(context);
    assertEquals(0, context.allocatedBytes());
  }

  @Test
  void transfersRespectPositionAndLimitOfDirectAndHeapBuffers() {
    DeviceBuffer buffer = context.allocate("x", 16);
    for (boolean direct : new boolean[] {true, false}) {
      ByteBuffer from = floats(direct, 1, 2, 3, 4);
      from.position(4).limit(12);
      buffer.clear();
      buffer.write(8, from);
      assertEquals(0, from.remaining());
      ByteBuffer to = floats(direct, 9, 9, 9, 9);
      to.position(4).limit(16);
      buffer.read(4, to);
      float[] seen = new float[4];
      to.clear().asFloatBuffer().get(seen);
      assertArrayEquals(new float[] {9, 0, 2, 3}, seen);
    }
  }

  @Test
  void boundsAreChecked() {
    DeviceBuffer buffer = context.allocate("x", 16);
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.write(4, floats(true, 1, 2, 3, 4)));
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.read(-4, floats(true, 1)));
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.read(Long.MAX_VALUE, floats(true, 1)));
    assertThrows(IllegalArgumentException.class, () -> buffer.read(0, floats(true, 1).asReadOnlyBuffer()));
    assertThrows(IllegalArgumentException.class, () -> context.allocate("empty", 0));
    DeviceOutOfMemory e = assertThrows(DeviceOutOfMemory.class, () -> context.allocate("huge", Long.MAX_VALUE));
    assertTrue(e.getMessage().contains("huge takes 8.0 EiB"), e.getMessage());
  }

  @Test
  void whatIsClosedIsRefused() {
    DeviceBuffer buffer = context.allocate("x", 16);
    Program program = context.build("scale.cl", SOURCE);
    Kernel kernel = program.kernel("scale", buffer, 4, 2f);
    buffer.close();
    buffer.close();
    assertThrows(IllegalStateException.class, () -> buffer.read(0, floats(true, 1)));
    assertThrows(IllegalStateException.class, () -> kernel.enqueue(new long[] {4}, null));
    assertThrows(IllegalStateException.class, () -> program.kernel("scale", buffer, 4, 2f));
    context.close();
    context.close();
    assertThrows(IllegalStateException.class, () -> kernel.enqueue(new long[] {4}, null));
    assertThrows(IllegalStateException.class, () -> program.kernel("scale"));
    assertThrows(IllegalStateException.class, () -> context.allocate("x", 16));
    assertThrows(IllegalStateException.class, context::finish);
  }

  @Test
  void wrongKernelsAndArgumentsAreDeviceErrors() {
    DeviceBuffer buffer = context.allocate("x", 16);
    DeviceException broken = assertThrows(DeviceException.class, () -> context.build("broken.cl", "kernel void f( {"));
    assertTrue(broken.getMessage().startsWith("broken.cl does not compile on"), broken.getMessage());
    assertTrue(broken.getMessage().contains("error"), broken.getMessage());
    Program program = context.build("scale.cl", SOURCE);
    assertThrows(DeviceException.class, () -> program.kernel("scala", buffer, 4, 2f));
    assertThrows(DeviceException.class, () -> program.kernel("scale", buffer, 4));
    assertThrows(DeviceException.class, () -> program.kernel("scale", 4, 4, 2f));
    assertThrows(IllegalArgumentException.class, () -> program.kernel("scale", buffer, 4L, 2f));
    assertThrows(DeviceException.class,
        () -> program.kernel("scale", buffer, 4, 2f).enqueue(new long[] {5}, new long[] {2}));
  }

  @Test
  void aFaultAtAnyCallLeavesNothingBehind() {
    int calls = countCalls();
    assertTrue(calls > 8, "calls: " + calls);
    for (int n = 1; n <= calls; n++) {
      int failing = n;
      int[] call = new int[1];
      Calls.fault = function -> {
        if (++call[0] == failing) {
          throw new CLException("injected", CL.CL_OUT_OF_RESOURCES);
        }
      };
      assertThrows(DeviceOutOfMemory.class, () -> SelfTest.run(context), "call " + n);
      Calls.fault = function -> {};
      assertEquals(0, context.allocatedBytes(), "call " + n);
    }
    SelfTest.run(context);
  }

  private int countCalls() {
    int[] calls = new int[1];
    Calls.fault = function -> calls[0]++;
    SelfTest.run(context);
    Calls.fault = function -> {};
    return calls[0];
  }

  @Test
  void aProgramComesBackFromItsBinary(@TempDir Path folder) {
    BinaryCache cache = BinaryCache.in(folder, context.info(), SOURCE);
    new Program(context, "scale.cl", SOURCE, cache);
    assertTrue(cache.find().isPresent());
    Program again = new Program(context, "scale.cl", "not even a program", cache);
    DeviceBuffer buffer = context.allocate("x", 16);
    buffer.write(0, floats(true, 1, 2, 3, 4));
    again.kernel("scale", buffer, 4, 2f).enqueue(new long[] {4}, null);
    ByteBuffer to = floats(true, 0, 0, 0, 0);
    buffer.read(0, to);
    assertEquals(8, to.getFloat(12));
  }

  @Test
  void theLinkerIsLookedForOnThePath() {
    assertTrue(Linker.found("/usr/bin"));
    assertEquals(false, Linker.found(Path.of("/nowhere") + "::\0"));
  }
}
