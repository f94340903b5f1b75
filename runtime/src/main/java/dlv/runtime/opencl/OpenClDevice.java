package dlv.runtime.opencl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** A device of a driver that is installed here; {@link Context#open} makes it ready for work. */
public final class OpenClDevice {
  final cl_platform_id platform;
  final cl_device_id device;
  private final DeviceInfo info;

  private OpenClDevice(int index, cl_platform_id platform, cl_device_id device) {
    this.platform = platform;
    this.device = device;
    this.info = read(index);
  }

  /** All devices of all drivers; {@link DeviceException} where there is no loader, an empty list without drivers. */
  public static synchronized List<OpenClDevice> all() {
    Drivers.load();
    List<OpenClDevice> all = new ArrayList<>();
    for (cl_platform_id platform : platforms()) {
      for (cl_device_id device : devices(platform)) {
        all.add(new OpenClDevice(all.size(), platform, device));
      }
    }
    return all;
  }

  private static cl_platform_id[] platforms() {
    int[] count = new int[1];
    try {
      CL.clGetPlatformIDs(0, null, count);
    } catch (CLException e) {
      return new cl_platform_id[0];
    }
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    if (count[0] > 0) {
      Calls.run("clGetPlatformIDs", "the list of drivers", () -> CL.clGetPlatformIDs(count[0], platforms, null));
    }
    return platforms;
  }

  private static cl_device_id[] devices(cl_platform_id platform) {
    int[] count = new int[1];
    try {
      CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
    } catch (CLException e) {
      return new cl_device_id[0];
    }
    cl_device_id[] devices = new cl_device_id[count[0]];
    if (count[0] > 0) {
      Calls.run("clGetDeviceIDs", "the list of devices",
          () -> CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, count[0], devices, null));
    }
    return devices;
  }

  /** What the driver says about it. */
  public DeviceInfo info() {
    return info;
  }

  private DeviceInfo read(int index) {
    long type = number(CL.CL_DEVICE_TYPE) & ~CL.CL_DEVICE_TYPE_DEFAULT;
    DeviceInfo.Kind kind = type == CL.CL_DEVICE_TYPE_GPU ? DeviceInfo.Kind.GPU
        : type == CL.CL_DEVICE_TYPE_CPU ? DeviceInfo.Kind.CPU : DeviceInfo.Kind.OTHER;
    return new DeviceInfo(index, text(CL.CL_DEVICE_NAME), text(CL.CL_DEVICE_VENDOR), platformName(), kind,
        (int) number(CL.CL_DEVICE_MAX_COMPUTE_UNITS), (int) number(CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT),
        number(CL.CL_DEVICE_GLOBAL_MEM_SIZE), number(CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        number(CL.CL_DEVICE_LOCAL_MEM_SIZE), number(CL.CL_DEVICE_MAX_WORK_GROUP_SIZE),
        text(CL.CL_DRIVER_VERSION), text(CL.CL_DEVICE_OPENCL_C_VERSION));
  }

  private String platformName() {
    long[] size = new long[1];
    Calls.run("clGetPlatformInfo", "a driver",
        () -> CL.clGetPlatformInfo(platform, CL.CL_PLATFORM_NAME, 0, null, size));
    byte[] bytes = new byte[Math.toIntExact(size[0])];
    Calls.run("clGetPlatformInfo", "a driver",
        () -> CL.clGetPlatformInfo(platform, CL.CL_PLATFORM_NAME, bytes.length, Pointer.to(bytes), null));
    return string(bytes);
  }

  private String text(int what) {
    long[] size = new long[1];
    Calls.run("clGetDeviceInfo", "a device", () -> CL.clGetDeviceInfo(device, what, 0, null, size));
    byte[] bytes = new byte[Math.toIntExact(size[0])];
    if (bytes.length > 0) {
      Calls.run("clGetDeviceInfo", "a device",
          () -> CL.clGetDeviceInfo(device, what, bytes.length, Pointer.to(bytes), null));
    }
    return string(bytes);
  }

  // Numbers are 4 or 8 bytes wide, and the driver says which; the upper half stays zero for the narrow ones.
  private long number(int what) {
    long[] size = new long[1];
    Calls.run("clGetDeviceInfo", "a device", () -> CL.clGetDeviceInfo(device, what, 0, null, size));
    long[] value = new long[1];
    if (size[0] > Sizeof.cl_long) {
      return 0;
    }
    Calls.run("clGetDeviceInfo", "a device", () -> CL.clGetDeviceInfo(device, what, size[0], Pointer.to(value), null));
    return value[0];
  }

  static String string(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
  }
}
