package dlv.runtime.opencl;

/** Something of the driver's that lives in a context until it or the context is closed. */
abstract sealed class Resource implements AutoCloseable permits DeviceBuffer, Program, Kernel {
  final Context context;
  private boolean closed;

  Resource(Context context) {
    this.context = context;
    context.adopt(this);
  }

  /** Throws {@link IllegalStateException} where this or its context is closed. Called with the context's lock held. */
  final void requireOpen() {
    context.requireOpen();
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
  }

  /** Gives the driver's part back. */
  abstract void release();

  /** Releases it; closing again does nothing. */
  @Override
  public final void close() {
    synchronized (context) {
      if (!closed) {
        closed = true;
        context.forget(this);
        release();
      }
    }
  }
}
