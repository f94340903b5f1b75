package dlv.runtime.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Replaces a file as a whole: whoever looks, at any time and after any crash, finds the previous contents or the new.
 *
 * <p>The new contents go to a hidden file in the same folder, which is flushed to the disk and renamed; then the folder
 * is flushed.
 */
public final class AtomicFile {
  private static final String PART = ".part";

  private AtomicFile() {}

  /** Writes the contents of a file into a channel that may be read and positioned too. */
  @FunctionalInterface
  public interface Contents {
    /** Writes everything; the file is given up if this throws. */
    void write(FileChannel to) throws IOException;
  }

  /** Hears of each step before it is done; throwing makes the step fail. */
  @FunctionalInterface
  interface Watch {
    void before(String step) throws IOException;
  }

  /**
   * Replaces {@code file}.
   *
   * @throws DataException where the disk refuses; the previous file is then as it was
   */
  public static void write(Path file, Contents contents) {
    write(file, contents, step -> { });
  }

  /** Replaces {@code file} by these bytes. */
  public static void write(Path file, byte[] bytes) {
    write(file, to -> {
      ByteBuffer from = ByteBuffer.wrap(bytes);
      while (from.hasRemaining()) {
        to.write(from);
      }
    });
  }

  static void write(Path file, Contents contents, Watch watch) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    String prefix = "." + target.getFileName() + ".";
    Path part = folder.resolve(prefix + ProcessHandle.current().pid() + PART);
    try {
      clearAway(folder, prefix);
      watch.before("open");
      try (FileChannel to = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        watch.before("write");
        contents.write(to);
        watch.before("flush");
        to.force(true);
      }
      watch.before("rename");
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw DataException.io(file, e);
    } finally {
      try {
        Files.deleteIfExists(part);
      } catch (IOException e) {
        // it is hidden, and the next writing clears it away
      }
    }
    flushFolder(folder);
  }

  /** Removes what crashed writings of the same file have left. */
  private static void clearAway(Path folder, String prefix) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path left : all.filter(p -> isDead(p.getFileName().toString(), prefix)).toList()) {
        Files.deleteIfExists(left);
      }
    }
  }

  private static boolean isDead(String name, String prefix) {
    if (!name.startsWith(prefix) || !name.endsWith(PART) || name.length() <= prefix.length() + PART.length()) {
      return false;
    }
    try {
      long pid = Long.parseLong(name.substring(prefix.length(), name.length() - PART.length()));
      return ProcessHandle.of(pid).isEmpty();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void flushFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // some systems do not open folders; the rename is then as safe as the system makes it
    }
  }
}
