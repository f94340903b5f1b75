package dlv.runtime.opencl;

import java.util.Arrays;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_kernel;

/** A kernel function with its arguments. */
public final class Kernel extends Resource {
  private final cl_kernel kernel;
  private final String name;
  private final DeviceBuffer[] buffers;

  Kernel(Program program, String function, Object[] arguments) {
    super(program.context);
    this.name = function + " of " + program;
    this.buffers = Arrays.stream(arguments).filter(DeviceBuffer.class::isInstance)
        .toArray(DeviceBuffer[]::new);
    cl_kernel made = null;
    try {
      made = Calls.call("clCreateKernel", name, () -> CL.clCreateKernel(program.program, function, null));
      bind(made, arguments);
    } catch (RuntimeException e) {
      if (made != null) {
        CL.clReleaseKernel(made);
      }
      context.forget(this);
      throw e;
    }
    kernel = made;
  }

  private void bind(cl_kernel made, Object[] arguments) {
    int[] count = new int[1];
    Calls.run("clGetKernelInfo", name,
        () -> CL.clGetKernelInfo(made, CL.CL_KERNEL_NUM_ARGS, Sizeof.cl_int, Pointer.to(count), null));
    if (count[0] != arguments.length) {
      throw new DeviceException(0, name + " has " + count[0] + " parameters, and " + arguments.length
          + " arguments are given", "the kernels and the manifest are of different builds: compile the model again");
    }
    for (int i = 0; i < arguments.length; i++) {
      int index = i;
      Pointer pointer = pointer(arguments[i]);
      long size = arguments[i] instanceof DeviceBuffer ? Sizeof.cl_mem : Sizeof.cl_int;
      Calls.run("clSetKernelArg", name + ", argument " + i, () -> CL.clSetKernelArg(made, index, size, pointer));
    }
  }

  private Pointer pointer(Object argument) {
    if (argument instanceof DeviceBuffer buffer) {
      buffer.requireOpen();
      if (buffer.context != context) {
        throw new IllegalArgumentException(name + ": " + buffer + " is of another device");
      }
      return Pointer.to(buffer.memory);
    } else if (argument instanceof Integer integer) {
      return Pointer.to(new int[] {integer});
    } else if (argument instanceof Float real) {
      return Pointer.to(new float[] {real});
    }
    throw new IllegalArgumentException(name + ": " + argument + " is no buffer, int or float");
  }

  /** Sets an integer argument for the launches that follow. */
  public void set(int argument, int value) {
    synchronized (context) {
      requireOpen();
      Calls.run("clSetKernelArg", name + ", argument " + argument,
          () -> CL.clSetKernelArg(kernel, argument, Sizeof.cl_int, Pointer.to(new int[] {value})));
    }
  }

  /**
   * Gives the launch to the device and does not wait for it.
   *
   * @param global work-items along each axis
   * @param local work-items of a group along each axis; null: the driver chooses
   */
  public void enqueue(long[] global, long[] local) {
    synchronized (context) {
      requireOpen();
      for (DeviceBuffer buffer : buffers) {
        buffer.requireOpen();
      }
      try {
        Calls.fault.before("clEnqueueNDRangeKernel");
        CL.clEnqueueNDRangeKernel(context.queue, kernel, global.length, null, global, local, 0, null, null);
      } catch (CLException e) {
        throw Status.exception(e.getStatus(), "clEnqueueNDRangeKernel", name + " with global "
            + Arrays.toString(global) + ", local " + Arrays.toString(local));
      }
      context.launched(name);
    }
  }

  @Override
  void release() {
    CL.clReleaseKernel(kernel);
  }

  @Override
  public String toString() {
    return "the kernel " + name;
  }
}
