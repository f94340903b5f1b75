package dlv.runtime.opencl;

import java.util.Locale;

/**
 * What a driver says about a device.
 *
 * @param index its place in the list of all devices, from 0
 * @param name the device
 * @param vendor who made it
 * @param platform the driver that offers it
 * @param kind CPU, GPU or other (accelerators and simulators)
 * @param computeUnits cores, or multiprocessors
 * @param floatWidth floats in a native vector
 * @param globalMemory bytes of memory
 * @param maxAllocation bytes of the largest buffer
 * @param localMemory bytes that a work-group shares
 * @param maxGroup work-items of the largest work-group
 * @param driver the driver's version
 * @param language the version of OpenCL C, as the driver writes it
 */
public record DeviceInfo(int index, String name, String vendor, String platform, Kind kind, int computeUnits,
                         int floatWidth, long globalMemory, long maxAllocation, long localMemory, long maxGroup,
                         String driver, String language) {
  /** The kind of a device. */
  public enum Kind {
    /** A processor. */
    CPU,
    /** A graphics processor. */
    GPU,
    /** Anything else. */
    OTHER
  }

  /** The flavour of kernels that suits the device where none is asked for. */
  public String flavour() {
    return kind == Kind.CPU ? "cpu-batch" : "gpu";
  }

  /** Whether the driver is PoCL, which keeps a cache of kernels itself and needs a linker. */
  boolean isPocl() {
    return platform.startsWith("Portable Computing Language");
  }

  /** One line for lists: {@code 0  cpu  pthread-AMD EPYC (Portable Computing Language 3.1, 2 units, 15.6 GiB)}. */
  public String line() {
    return String.format(Locale.ROOT, "%d  %-5s %s (%s %s, %d units, %s)", index,
        kind.name().toLowerCase(Locale.ROOT), name, platform, driver, computeUnits, Status.bytes(globalMemory));
  }
}
