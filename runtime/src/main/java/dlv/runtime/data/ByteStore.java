package dlv.runtime.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The bytes of a file, unpacked, that can be read from any place; serves several threads at once. */
interface ByteStore extends AutoCloseable {
  /** Puts the bytes from {@code offset} on into the buffer until it is full. */
  void read(long offset, ByteBuffer to);

  /** The number of bytes. */
  long size();

  @Override
  default void close() {
    // most hold nothing
  }

  /** The bytes of a plain file, or of a gzip file that must unpack to {@code size} bytes. */
  static ByteStore of(Path file, long size) {
    return GzipFile.isOne(file) ? new GzipFile(file, size) : new PlainFile(file, size);
  }
}
