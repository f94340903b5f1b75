package dlv.runtime.report;

import dlv.runtime.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A claim on a folder: the file {@code lock} in it, which names the process and is locked by the operating system. When
 * the process ends, however it does, the claim ends too; a file left behind does not count.
 */
final class RunLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Claims the folder; empty where another process, or this one, has it. */
  static Optional<RunLock> tryTake(Path folder) {
    Path file = folder.resolve("lock");
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
      return Optional.of(new RunLock(file, channel));
    } catch (IOException e) {
      closeQuietly(channel);
      throw DataException.io(file, e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void closeQuietly(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // the error that led here counts
      }
    }
  }

  /** The process that the lock file of a folder names, {@code ?} where it names none. */
  static String owner(Path folder) {
    try {
      String text = Files.readString(folder.resolve("lock"), StandardCharsets.ISO_8859_1).strip();
      return text.matches("\\d{1,10}") ? text : "?";
    } catch (IOException e) {
      return "?";
    }
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }
}
