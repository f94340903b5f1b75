package dlv.runtime.opencl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jocl.CL;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;

/** A device made ready for work: one context with one queue, in which commands run in the order given. */
public final class Context implements AutoCloseable {
  // Commands that wait on the host's side cost nothing to send in one go; a full pipe keeps the device busy.
  private static final int LAUNCHES_PER_FLUSH = 48;

  final OpenClDevice device;
  final cl_context context;
  final cl_command_queue queue;
  private final Set<Resource> resources = new LinkedHashSet<>();
  private long allocated;
  private int unflushed;
  private volatile boolean closed;
  private String lastKernel = "none";
  private volatile Wait wait;

  /**
   * A call that waits for the device.
   *
   * @param since when it began, as {@link System#nanoTime} counts
   * @param kernel the last kernel that was given to the device before
   */
  public record Wait(long since, String kernel) {}

  private Context(OpenClDevice device) {
    this.device = device;
    String name = device.info().name();
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL.CL_CONTEXT_PLATFORM, device.platform);
    context = Calls.call("clCreateContext", name,
        () -> CL.clCreateContext(properties, 1, new cl_device_id[] {device.device}, null, null, null));
    queue = Calls.call("clCreateCommandQueue", name,
        () -> CL.clCreateCommandQueue(context, device.device, 0, null));
  }

  /** Opens a device; {@link DeviceException} where the driver cannot work. */
  public static Context open(OpenClDevice device) {
    if (device.info().isPocl()) {
      Linker.require();
    }
    return new Context(device);
  }

  /** What the driver says about the device. */
  public DeviceInfo info() {
    return device.info();
  }

  /** Makes a buffer of this many bytes, at least one, whose contents are undefined. */
  public synchronized DeviceBuffer allocate(String name, long bytes) {
    requireOpen();
    if (bytes < 1) {
      throw new IllegalArgumentException(name + ": a buffer of " + bytes + " bytes");
    }
    long most = info().maxAllocation();
    if (bytes > most) {
      throw new DeviceOutOfMemory(CL.CL_INVALID_BUFFER_SIZE, name + " takes " + Status.bytes(bytes)
          + ", the largest buffer of " + info().name() + " is " + Status.bytes(most), "use a smaller batch");
    }
    if (allocated + bytes > info().globalMemory()) {
      throw new DeviceOutOfMemory(CL.CL_MEM_OBJECT_ALLOCATION_FAILURE, name + " takes " + Status.bytes(bytes)
          + ", " + Status.bytes(allocated) + " of the " + Status.bytes(info().globalMemory()) + " of "
          + info().name() + " are taken", "use a smaller batch");
    }
    return new DeviceBuffer(this, name, bytes);
  }

  /** Compiles OpenCL C; a {@link DeviceException} has the compiler's log. */
  public synchronized Program build(String name, String source) {
    requireOpen();
    return new Program(this, name, source);
  }

  /** Hands all commands given so far to the device. */
  public synchronized void flush() {
    requireOpen();
    unflushed = 0;
    Calls.run("clFlush", info().name(), () -> CL.clFlush(queue));
  }

  /** Waits until all commands are done. */
  public synchronized void finish() {
    requireOpen();
    unflushed = 0;
    await("clFinish", info().name(), () -> CL.clFinish(queue));
  }

  /** Makes a call that returns when the device has done all that was asked of it. */
  void await(String function, String about, Runnable call) {
    wait = new Wait(System.nanoTime(), lastKernel);
    try {
      Calls.run(function, about, call);
    } finally {
      wait = null;
    }
  }

  /** Whether it is not closed yet; takes no lock. */
  public boolean isOpen() {
    return !closed;
  }

  /** The call that waits for the device now, in whatever thread; takes no lock. */
  public Optional<Wait> waiting() {
    return Optional.ofNullable(wait);
  }

  /** Bytes of all open buffers. */
  public synchronized long allocatedBytes() {
    return allocated;
  }

  void account(long bytes) {
    allocated += bytes;
  }

  void launched(String kernel) {
    lastKernel = kernel;
    if (++unflushed >= LAUNCHES_PER_FLUSH) {
      flush();
    }
  }

  void adopt(Resource resource) {
    resources.add(resource);
  }

  void forget(Resource resource) {
    resources.remove(resource);
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the device " + info().name() + " is closed");
    }
  }

  /** Waits for the device, then releases everything that was made in this context; closing again does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    try {
      finish();
    } catch (DeviceException e) {
      // A lost device cannot finish; what it holds is released all the same.
    }
    List<Resource> last = new ArrayList<>(resources);
    for (int i = last.size() - 1; i >= 0; i--) {
      last.get(i).close();
    }
    closed = true;
    CL.clReleaseCommandQueue(queue);
    CL.clReleaseContext(context);
  }
}
