package dlv.runtime.opencl;

import dlv.runtime.cache.CacheFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jocl.CLException;

/**
 * Keeps what a driver made of a source text, for drivers that do not do so themselves.
 *
 * <p>A file holds the SHA-256 of the binary and the binary, so that a damaged file is not given to a driver.
 */
final class BinaryCache {
  private static final int DIGEST = 32;
  private final Optional<Path> file;

  private BinaryCache(Optional<Path> file) {
    this.file = file;
  }

  /** The place for this source on this device; PoCL and NVIDIA keep caches of their own. */
  static BinaryCache of(DeviceInfo info, String source) {
    if (info.isPocl() || info.platform().startsWith("NVIDIA") || info.kind() == DeviceInfo.Kind.OTHER) {
      return new BinaryCache(Optional.empty());
    }
    try {
      return in(CacheFolder.named("kernels"), info, source);
    } catch (IOException e) {
      return new BinaryCache(Optional.empty());
    }
  }

  static BinaryCache in(Path folder, DeviceInfo info, String source) {
    String key = String.join("\0", info.platform(), info.vendor(), info.name(), info.driver(), source);
    return new BinaryCache(Optional.of(folder.resolve(
        HexFormat.of().formatHex(digest(key.getBytes(StandardCharsets.UTF_8))) + ".bin")));
  }

  /** The binary, where there is one and it is whole. */
  Optional<byte[]> find() {
    try {
      if (file.isEmpty() || !Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      byte[] contents = Files.readAllBytes(file.get());
      byte[] binary = Arrays.copyOfRange(contents, Math.min(DIGEST, contents.length), contents.length);
      boolean whole = contents.length > DIGEST && Arrays.equals(contents, 0, DIGEST, digest(binary), 0, DIGEST);
      return whole ? Optional.of(binary) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Keeps a binary; a disk that refuses costs nothing but the time to compile again. */
  void keep(Supplier<byte[]> made) {
    if (file.isEmpty()) {
      return;
    }
    try {
      byte[] binary = made.get();
      byte[] contents = Arrays.copyOf(digest(binary), DIGEST + binary.length);
      System.arraycopy(binary, 0, contents, DIGEST, binary.length);
      CacheFolder.keep(file.get().getParent(), file.get().getFileName().toString(), contents);
    } catch (IOException | CLException e) {
      // Not kept.
    }
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
