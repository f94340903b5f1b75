package dlv.runtime.cache;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder for what can be made again: {@code $DLV_CACHE}, else {@code $XDG_CACHE_HOME/dlv}, else
 * {@code ~/.cache/dlv}, else a private temporary folder.
 */
public final class CacheFolder {
  private CacheFolder() {}

  /** A folder of this name that belongs to this user alone, made where it is missing. */
  public static Path named(String name) throws IOException {
    Path wanted = wanted(System.getenv(), System.getProperty("user.home"));
    if (wanted != null) {
      try {
        return privateFolder(wanted.resolve(name));
      } catch (IOException e) {
        // A read-only or foreign folder; the temporary one below takes its place.
      }
    }
    return temporary();
  }

  /** A private temporary folder, for this process alone, which deletes it when it ends. */
  public static Path temporary() throws IOException {
    Path folder = Files.createTempDirectory("dlv-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return folder;
  }

  private static void delete(Path folder) {
    try (Stream<Path> contents = Files.walk(folder)) {
      contents.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      // It stays for the system to clean up.
    }
  }

  /** Where the cache should be; null where the environment gives no place. */
  static Path wanted(Map<String, String> environment, String home) {
    String own = environment.getOrDefault("DLV_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (shared.startsWith("/")) {
      return Path.of(shared, "dlv");
    }
    return home == null || !home.startsWith("/") || home.equals("/") ? null : Path.of(home, ".cache", "dlv");
  }

  private static Path privateFolder(Path folder) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(folder.getParent());
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try {
        if (posix) {
          Files.createDirectory(folder,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
          Files.createDirectory(folder);
        }
      } catch (FileAlreadyExistsException e) {
        // Another process made it meanwhile; the checks below hold for it too.
      }
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || !Files.isWritable(folder)) {
      throw new IOException(folder + " is no folder to write in");
    }
    if (posix) {
      requireOwn(folder);
    }
    return folder;
  }

  private static void requireOwn(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, "own", null);
    try {
      if (!Files.getOwner(probe).equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))) {
        throw new IOException(folder + " belongs to somebody else");
      }
    } finally {
      Files.delete(probe);
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(folder + " can be written by others");
    }
  }

  /** Puts a file into a folder in one step, unless it is there with these very bytes. */
  public static Path keep(Path folder, String name, byte[] contents) throws IOException {
    Path file = folder.resolve(name);
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == contents.length
        && Arrays.equals(Files.readAllBytes(file), contents)) {
      return file;
    }
    Path part = Files.createTempFile(folder, name, ".part");
    try {
      Files.write(part, contents);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return file;
  }
}
