package dlv.runtime.opencl;

import java.nio.ByteBuffer;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_mem;

/** Device memory. Transfers wait for all commands given before them, and are done when the method returns. */
public final class DeviceBuffer extends Resource {
  final cl_mem memory;
  private final String name;
  private final long bytes;

  DeviceBuffer(Context context, String name, long bytes) {
    super(context);
    this.name = name;
    this.bytes = bytes;
    cl_mem made = null;
    try {
      made = Calls.call("clCreateBuffer", name + ", " + Status.bytes(bytes),
          () -> CL.clCreateBuffer(context.context, CL.CL_MEM_READ_WRITE, bytes, null, null));
      context.account(bytes);
    } finally {
      memory = made;
      if (made == null) {
        context.forget(this);
      }
    }
  }

  /** Its size. */
  public long bytes() {
    return bytes;
  }

  /** Copies what remains in {@code from} into the buffer, from byte {@code offset} on. */
  public void write(long offset, ByteBuffer from) {
    synchronized (context) {
      requireWithin(offset, from.remaining());
      if (from.hasRemaining()) {
        Pointer pointer = Pointer.toBuffer(from.slice());
        context.await("clEnqueueWriteBuffer", name, () -> CL.clEnqueueWriteBuffer(
            context.queue, memory, true, offset, from.remaining(), pointer, 0, null, null));
        from.position(from.limit());
      }
    }
  }

  /** Fills what remains in {@code to} with the buffer's contents, from byte {@code offset} on. */
  public void read(long offset, ByteBuffer to) {
    synchronized (context) {
      requireWithin(offset, to.remaining());
      if (to.isReadOnly()) {
        throw new IllegalArgumentException(name + ": the target is read-only");
      }
      if (to.hasRemaining()) {
        Pointer pointer = Pointer.toBuffer(to.slice());
        context.await("clEnqueueReadBuffer", name, () -> CL.clEnqueueReadBuffer(
            context.queue, memory, true, offset, to.remaining(), pointer, 0, null, null));
        to.position(to.limit());
      }
    }
  }

  /** Sets all bytes to zero. */
  public void clear() {
    synchronized (context) {
      requireOpen();
      byte[] zero = new byte[1];
      Calls.run("clEnqueueFillBuffer", name, () -> CL.clEnqueueFillBuffer(
          context.queue, memory, Pointer.to(zero), 1, 0, bytes, 0, null, null));
    }
  }

  private void requireWithin(long offset, long length) {
    requireOpen();
    if (offset < 0 || offset > bytes - length) {
      throw new IndexOutOfBoundsException(
          name + ": bytes " + offset + " to " + (offset + length) + " of a buffer of " + bytes);
    }
  }

  @Override
  void release() {
    context.account(-bytes);
    CL.clReleaseMemObject(memory);
  }

  @Override
  public String toString() {
    return "the buffer " + name;
  }
}
