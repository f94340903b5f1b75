package dlv.runtime.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsOpenCl;
import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.data.Element;
import dlv.runtime.plan.Argument;
import dlv.runtime.plan.Buffer;
import dlv.runtime.plan.Dimension;
import dlv.runtime.plan.Entry;
import dlv.runtime.plan.Formula;
import dlv.runtime.plan.Input;
import dlv.runtime.plan.Launch;
import dlv.runtime.plan.Manifest;
import dlv.runtime.plan.Output;
import java.util.List;
import java.util.Map;
import org.jocl.CL;
import org.jocl.CLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A driver that fails at its n-th call, for every n: nothing leaks, and the process goes on. */
@NeedsOpenCl
class ExecutableFaultTest {
  private static final String SOURCE =
      "kernel void twice(global const float *x, global float *y) { int i = get_global_id(0); y[i] = 2 * x[i]; }";

  private static Manifest manifest() {
    Formula batch = Formula.of("batch");
    return Manifest.of("Twice", "cpu-batch", List.of(new Dimension("batch", 3, "rows")), List.of(),
        List.of(new Buffer("x", Buffer.Kind.INPUT, Formula.of("4*batch")),
            new Buffer("y", Buffer.Kind.OUTPUT, Formula.of("4*batch"))),
        List.of(new Entry("run", List.of(new Input("x", Element.F32, List.of(batch), "x", false)),
            List.of(new Output("y", Element.F32, List.of(batch), "y", Formula.of(0))),
            List.of(new Launch("twice", "twice.cl", List.of(Argument.buffer("x"), Argument.buffer("y")),
                List.of(batch), List.of(), "", "")))));
  }

  private static void run(Device device) {
    try (Executable twice = Executable.open(device, manifest(), Map.of("twice.cl", SOURCE), Map.of(), Map.of())) {
      twice.entry("run").write("x", new float[] {1, 2, 3});
      twice.entry("run").enqueue();
      assertArrayEquals(new float[] {2, 4, 6}, twice.entry("run").readFloats("y"));
    }
  }

  @AfterEach
  void noFault() {
    Calls.fault = function -> {};
  }

  @Test
  void anyCallMayFail() {
    try (Device device = Device.open()) {
      int[] calls = new int[1];
      Calls.fault = function -> calls[0]++;
      run(device);
      for (int failing = 1; failing <= calls[0]; failing++) {
        int n = failing;
        int[] call = new int[1];
        Calls.fault = function -> {
          if (++call[0] == n) {
            throw new CLException("injected", CL.CL_MEM_OBJECT_ALLOCATION_FAILURE);
          }
        };
        DeviceException e = assertThrows(DeviceException.class, () -> run(device), "call " + n);
        assertTrue(e instanceof DeviceOutOfMemory, e.getMessage());
        assertEquals(0, device.allocatedBytes(), "call " + n);
      }
      Calls.fault = function -> {};
      run(device);
    }
  }
}
