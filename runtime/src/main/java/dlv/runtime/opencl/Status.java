package dlv.runtime.opencl;

import java.util.Locale;
import org.jocl.CL;

/** Turns the error codes of OpenCL into exceptions that say what to do. */
final class Status {
  private Status() {}

  /** Makes the exception for a code that a native function returned. */
  static DeviceException exception(int code, String function, String about) {
    String name = CL.stringFor_errorCode(code);
    String problem = about + ": " + function + " failed with " + name;
    return switch (code) {
      case CL.CL_OUT_OF_RESOURCES, CL.CL_OUT_OF_HOST_MEMORY, CL.CL_MEM_OBJECT_ALLOCATION_FAILURE ->
          new DeviceOutOfMemory(code, problem, "use a smaller batch, or close what else uses the device");
      case CL.CL_INVALID_BUFFER_SIZE ->
          new DeviceOutOfMemory(code, problem, "use a smaller batch: the device cannot hold a buffer of this size");
      case CL.CL_DEVICE_NOT_FOUND, CL.CL_PLATFORM_NOT_FOUND_KHR ->
          new DeviceException(code, "no OpenCL device was found", Drivers.CURE);
      case CL.CL_DEVICE_NOT_AVAILABLE, CL.CL_INVALID_COMMAND_QUEUE, CL.CL_INVALID_CONTEXT ->
          new DeviceException(code, problem, "the device was lost; start again, and look into the system's log");
      default -> new DeviceException(code, problem,
          "dlvc doctor shows what is wrong with the driver; another device can be chosen with DLV_DEVICE");
    };
  }

  /** Bytes for people: {@code 1.5 GiB}. */
  static String bytes(long n) {
    String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    int unit = 0;
    double value = n;
    for (; value >= 1024 && unit < units.length - 1; unit++) {
      value /= 1024;
    }
    return unit == 0 ? n + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
