package dlv.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsOpenCl;
import dlv.runtime.data.Element;
import dlv.runtime.plan.Argument;
import dlv.runtime.plan.Buffer;
import dlv.runtime.plan.Entry;
import dlv.runtime.plan.Formula;
import dlv.runtime.plan.Launch;
import dlv.runtime.plan.Manifest;
import dlv.runtime.plan.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsOpenCl
class WatchdogTest {
  private static final int STOPPED = 75;
  private static final String SOURCE = "kernel void wait(global volatile float *x) { while (x[0] == 0); x[1] = 1; }";

  /** The child: waits for a kernel that never ends, with a watchdog that ends the process. */
  public static void main(String[] arguments) {
    Manifest manifest = Manifest.of("Stuck", "cpu-batch", List.of(), List.of(),
        List.of(new Buffer("x", Buffer.Kind.OUTPUT, Formula.of(8))),
        List.of(new Entry("run", List.of(),
            List.of(new Output("x", Element.F32, List.of(Formula.of(2)), "x", Formula.of(0))),
            List.of(new Launch("wait", "stuck.cl", List.of(Argument.buffer("x")), List.of(Formula.of(1)), List.of(),
                "", "")))));
    Device device = Device.open();
    Executable stuck = Executable.open(device, manifest, Map.of("stuck.cl", SOURCE), Map.of(), Map.of());
    try (Watchdog watchdog = new Watchdog(device, Duration.ofSeconds(1), message -> {
      System.out.println(message);
      Runtime.getRuntime().halt(STOPPED);
    })) {
      stuck.entry("run").enqueue();
      stuck.entry("run").readFloats("x");
      System.out.println("it ended");
    }
  }

  @Test
  void aKernelThatNeverEndsIsNoticed() throws IOException, InterruptedException {
    Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp", System.getProperty("java.class.path"), WatchdogTest.class.getName()).redirectErrorStream(true).start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(STOPPED, child.waitFor(), output);
    assertTrue(output.contains("has not answered for 1 s; the last kernel that was started is wait of"), output);
  }
}
