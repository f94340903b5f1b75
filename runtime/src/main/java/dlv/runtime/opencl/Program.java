package dlv.runtime.opencl;

import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_program;

/** Compiled kernels of one source text. */
public final class Program extends Resource {
  final cl_program program;
  private final String name;

  Program(Context context, String name, String source) {
    this(context, name, source, BinaryCache.of(context.info(), source));
  }

  Program(Context context, String name, String source, BinaryCache cache) {
    super(context);
    this.name = name;
    cl_program made = null;
    try {
      made = cache.find().map(this::fromBinary).orElseGet(() -> fromSource(source));
    } finally {
      program = made;
      if (made == null) {
        context.forget(this);
      }
    }
    cache.keep(this::binary);
  }

  private cl_program fromSource(String source) {
    cl_program fresh = Calls.call("clCreateProgramWithSource", name,
        () -> CL.clCreateProgramWithSource(context.context, 1, new String[] {source}, null, null));
    try {
      Calls.fault.before("clBuildProgram");
      build(fresh);
    } catch (CLException e) {
      String log = log(fresh);
      CL.clReleaseProgram(fresh);
      throw buildFailure(e.getStatus(), log);
    }
    return fresh;
  }

  /** Generated text names values that a kernel may not need; the standard's option keeps compilers quiet about it. */
  private static final String QUIET = "-w";

  private void build(cl_program program) {
    CL.clBuildProgram(program, 1, new cl_device_id[] {context.device.device}, QUIET, null, null);
  }

  private DeviceException buildFailure(int status, String log) {
    if (status == CL.CL_OUT_OF_HOST_MEMORY || status == CL.CL_OUT_OF_RESOURCES
        || status == CL.CL_MEM_OBJECT_ALLOCATION_FAILURE) {
      return Status.exception(status, "clBuildProgram", name);
    }
    return new DeviceException(status, name + " does not compile on " + context.info().name() + " ("
        + context.info().platform() + " " + context.info().driver() + "):\n" + log,
        "this is a fault of dlv or of the driver: report it with this log, and try another device with DLV_DEVICE");
  }

  // A binary of another driver version is refused by the driver; then the source is compiled as usual.
  private cl_program fromBinary(byte[] binary) {
    cl_program program = null;
    try {
      program = CL.clCreateProgramWithBinary(context.context, 1, new cl_device_id[] {context.device.device},
          new long[] {binary.length}, new byte[][] {binary}, null, null);
      build(program);
      return program;
    } catch (CLException e) {
      if (program != null) {
        CL.clReleaseProgram(program);
      }
      return null;
    }
  }

  private byte[] binary() {
    long[] size = new long[1];
    CL.clGetProgramInfo(program, CL.CL_PROGRAM_BINARY_SIZES, Long.BYTES, Pointer.to(size), null);
    byte[] binary = new byte[Math.toIntExact(size[0])];
    CL.clGetProgramInfo(program, CL.CL_PROGRAM_BINARIES, Long.BYTES, Pointer.to(Pointer.to(binary)), null);
    return binary;
  }

  private String log(cl_program of) {
    try {
      long[] size = new long[1];
      CL.clGetProgramBuildInfo(of, context.device.device, CL.CL_PROGRAM_BUILD_LOG, 0, null, size);
      byte[] log = new byte[Math.toIntExact(size[0])];
      CL.clGetProgramBuildInfo(of, context.device.device, CL.CL_PROGRAM_BUILD_LOG, log.length, Pointer.to(log), null);
      return OpenClDevice.string(log);
    } catch (CLException e) {
      return "(the driver gave no log)";
    }
  }

  /**
   * Makes a kernel and binds its arguments for good.
   *
   * @param function the kernel function
   * @param arguments a {@link DeviceBuffer}, {@link Integer} or {@link Float} for each parameter
   * @throws DeviceException where there is no such function, or a parameter has another type
   */
  public Kernel kernel(String function, Object... arguments) {
    synchronized (context) {
      requireOpen();
      return new Kernel(this, function, arguments);
    }
  }

  @Override
  void release() {
    CL.clReleaseProgram(program);
  }

  @Override
  public String toString() {
    return "the program " + name;
  }
}
