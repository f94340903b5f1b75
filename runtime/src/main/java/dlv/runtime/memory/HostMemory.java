package dlv.runtime.memory;

import dlv.runtime.cache.CacheFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/** A stretch of host memory of any length. It is given back by {@link #close} alone. */
public final class HostMemory implements AutoCloseable {
  /** The longest piece that {@link #view} gives. */
  public static final int LONGEST_VIEW = 1 << 30;

  private static final AtomicLong ALLOCATED = new AtomicLong();

  static {
    // The binding would refuse memory above -Xmx, and call the collector in a loop; the account here is our own.
    setUnlessSet("nopointergc", "true");
    setUnlessSet("maxbytes", "0");
    setUnlessSet("maxphysicalbytes", "0");
    try {
      setUnlessSet("cachedir", CacheFolder.named("javacpp").toString());
    } catch (IOException e) {
      // The binding then looks for a place itself.
    }
    Loader.load(Pointer.class);
  }

  private final long bytes;
  private BytePointer pointer;

  private HostMemory(BytePointer pointer, long bytes) {
    this.pointer = pointer;
    this.bytes = bytes;
  }

  private static void setUnlessSet(String setting, String value) {
    String name = "org.bytedeco.javacpp." + setting;
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  /** Allocates this many bytes, all zero; {@link OutOfMemoryError} says how much is in use where there are too few. */
  public static HostMemory allocate(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " bytes of host memory");
    }
    try {
      BytePointer pointer = new BytePointer(Math.max(bytes, 1));
      Pointer.memset(pointer, 0, bytes);
      ALLOCATED.addAndGet(bytes);
      return new HostMemory(pointer, bytes);
    } catch (OutOfMemoryError e) {
      throw new OutOfMemoryError("the machine cannot give " + bytes + " bytes of memory; "
          + ALLOCATED.get() + " are in use; a smaller batch or data set takes less");
    }
  }

  /** Bytes that are allocated now, in all of the process. */
  public static long allocatedBytes() {
    return ALLOCATED.get();
  }

  /** The size in bytes. */
  public long bytes() {
    return bytes;
  }

  /**
   * A piece of it as a buffer in native order, which must not be used after closing.
   *
   * @param offset its first byte
   * @param length its bytes, at most {@link #LONGEST_VIEW}
   */
  public synchronized ByteBuffer view(long offset, long length) {
    if (pointer == null) {
      throw new IllegalStateException("the host memory is closed");
    }
    if (offset < 0 || length < 0 || length > LONGEST_VIEW || offset > bytes - length) {
      throw new IndexOutOfBoundsException("bytes " + offset + " to " + (offset + length) + " of " + bytes);
    }
    if (length == 0) {
      return ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());
    }
    // A pointer at the offset, not a position in one: positions are of 32 bits once they become buffers.
    BytePointer piece = pointer.getPointer(offset);
    piece.capacity(length);
    return piece.asBuffer().order(ByteOrder.nativeOrder());
  }

  /** Something to do with one piece of the memory. */
  @FunctionalInterface
  public interface Piece {
    /** Works on the bytes from {@code offset} on. */
    void accept(long offset, ByteBuffer bytes);
  }

  /** Goes through all of it, piece by piece, in order. */
  public void forEachPiece(Piece piece) {
    for (long offset = 0; offset < bytes; offset += LONGEST_VIEW) {
      piece.accept(offset, view(offset, Math.min(LONGEST_VIEW, bytes - offset)));
    }
  }

  /** Gives it back; closing again does nothing. */
  @Override
  public synchronized void close() {
    if (pointer != null) {
      pointer.deallocate();
      pointer = null;
      ALLOCATED.addAndGet(-bytes);
    }
  }
}
