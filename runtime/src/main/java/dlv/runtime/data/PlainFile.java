package dlv.runtime.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A plain file, read where asked and never mapped: a mapped file that shrinks kills the process. A file that changes
 * after it was opened is noticed by its size and time at the next read.
 */
final class PlainFile implements ByteStore {
  private final Path file;
  private final long size;
  private final FileTime modified;
  private FileChannel channel;

  /** Notes a file that must have {@code expected} bytes. */
  PlainFile(Path file, long expected) {
    this.file = file;
    BasicFileAttributes now = look(file);
    this.size = now.size();
    this.modified = now.lastModifiedTime();
    if (size < expected) {
      throw DataException.atByte(file, size, "the file ends here, and its header promises " + expected + " bytes",
          "the file is truncated: fetch or write it again");
    }
    if (size > expected) {
      throw DataException.atByte(file, expected, (size - expected) + " bytes follow the last row",
          "the header and the data disagree: fetch or write the file again");
    }
  }

  private static BasicFileAttributes look(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, ByteBuffer to) {
    BasicFileAttributes now = look(file);
    if (now.size() != size || !now.lastModifiedTime().equals(modified)) {
      throw DataException.of(file, "the file has changed since it was opened", "start again, and leave the data alone"
          + " while they are in use");
    }
    try {
      FileChannel from = channel();
      while (to.hasRemaining()) {
        int n = from.read(to, offset);
        if (n < 0) {
          throw DataException.atByte(file, offset, "the file ends here", "it has shrunk while it was read");
        }
        offset += n;
      }
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  private synchronized FileChannel channel() throws IOException {
    if (channel == null) {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    }
    return channel;
  }

  @Override
  public synchronized void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw DataException.io(file, e);
      } finally {
        channel = null;
      }
    }
  }
}
