package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.layout.Flavour;
import dlv.compiler.lower.Lowered;
import dlv.compiler.memory.DeviceMemory;
import dlv.runtime.CompiledUnit;
import dlv.runtime.Device;
import dlv.runtime.Watchdog;
import dlv.runtime.opencl.DeviceInfo;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where to run. */
final class DeviceOptions {
  // Longer than any honest kernel, shorter than a night.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "",
      description = "cpu, gpu, or one of `dlvc doctor`'s list.")
  private String selector;

  @Option(names = "--flavour", paramLabel = "FLAVOUR", defaultValue = "",
      description = "Another flavour of kernels: cpu-batch or gpu.")
  private String flavour;

  /** The chosen device, open and watched; what is wrong around it is said. */
  Device open(Output output) {
    Device device = selector.isEmpty() ? Device.open() : Device.open(selector);
    device.tellBuilds(new BuildLine(output::message, Terminal.isTerminal(Terminal.Stream.ERR), System::nanoTime));
    device.warnings().forEach(warning -> output.message("warning: " + warning + "\n"));
    new Watchdog(device, PATIENCE, message -> {
      output.message("error: " + message + "\nhelp: a kernel that never ends cannot be stopped, so the process is; what"
          + " was saved last is whole, and the next run goes on from there\n");
      Runtime.getRuntime().halt(ExitCode.WATCHDOG.code());
    });
    return device;
  }

  /** A unit for the device, which can hold each of its buffers at these sizes. */
  CompiledUnit compile(Lowered lowered, Device device, Map<String, Long> sizes) {
    DeviceInfo info = device.info();
    var memory = new DeviceMemory(info.globalMemory(), info.maxAllocation());
    return Compiler.compile(lowered, flavour(device), memory, sizes);
  }

  /** The flavour to compile for. */
  Flavour flavour(Device device) {
    String wanted = flavour.isEmpty() ? device.flavour() : flavour;
    return FlavourOption.flavour(wanted);
  }
}
