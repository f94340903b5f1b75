package dlv.runtime.opencl;

import dlv.runtime.cache.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jocl.CL;
import org.jocl.LibUtils;

/**
 * Loads the binding and the system's OpenCL loader, once for the process.
 *
 * <p>The binding would unpack its native library to a file of a fixed name in the temporary folder and trust whatever
 * lies there. It finds a complete file of ours instead, in a folder that is this user's alone.
 */
final class Drivers {
  /** What to do where no driver is installed. */
  static final String CURE = "install a driver: on Debian and Ubuntu  apt install pocl-opencl-icd  for the CPU, or the"
      + " OpenCL driver of the GPU's vendor; the launcher ./dlvc sets up PoCL by itself where it can";

  private static DeviceException failure;
  private static boolean loaded;

  private Drivers() {}

  /** Loads all that is needed; {@link DeviceException} where there is no OpenCL on this machine. */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    if (failure != null) {
      throw failure;
    }
    if (!loaderExists()) {
      failure = noLoader();
      throw failure;
    }
    String temporary = System.getProperty("java.io.tmpdir");
    try {
      System.setProperty("java.io.tmpdir", folderWithBinding().toString());
      CL.setExceptionsEnabled(true);
      loaded = true;
    } catch (IOException e) {
      failure = new DeviceException(0, "the OpenCL binding cannot be unpacked: " + e.getMessage(),
          "set DLV_CACHE to a folder that can be written");
      throw failure;
    } catch (LinkageError e) {
      failure = missing(String.valueOf(e.getMessage()));
      throw failure;
    } finally {
      System.setProperty("java.io.tmpdir", temporary);
    }
  }

  // The binding would look for itself, and write to the process's standard error that it found none.
  private static boolean loaderExists() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return true;
    }
    for (String folder : System.getProperty("java.library.path", "").split(":")) {
      if (!folder.isEmpty()
          && (Files.exists(Path.of(folder, "libOpenCL.so.1")) || Files.exists(Path.of(folder, "libOpenCL.so")))) {
        return true;
      }
    }
    try {
      byte[] cache = Files.readAllBytes(Path.of("/etc/ld.so.cache"));
      return new String(cache, StandardCharsets.ISO_8859_1).contains("libOpenCL.so");
    } catch (IOException e) {
      return true;
    }
  }

  private static DeviceException noLoader() {
    return new DeviceException(0, "no OpenCL loader (libOpenCL.so.1) was found", CURE);
  }

  private static Path folderWithBinding() throws IOException {
    String name = System.mapLibraryName(LibUtils.createPlatformLibraryName("JOCL_2_0_6"));
    try (InputStream resource = CL_RESOURCES.getResourceAsStream("/lib/" + name)) {
      if (resource == null) {
        throw new IOException("there is none for " + System.getProperty("os.name") + " on "
            + System.getProperty("os.arch"));
      }
      byte[] contents = resource.readAllBytes();
      Path folder = CacheFolder.named("native");
      try {
        CacheFolder.keep(folder, name, contents);
        return folder;
      } catch (IOException e) {
        Path other = CacheFolder.temporary();
        CacheFolder.keep(other, name, contents);
        return other;
      }
    }
  }

  private static final Class<?> CL_RESOURCES = LibUtils.class;

  private static DeviceException missing(String message) {
    if (message.contains("Implementation library could not be loaded")) {
      return noLoader();
    }
    String reason = message.lines().filter(l -> l.toLowerCase(Locale.ROOT).contains("unsatisfiedlinkerror"))
        .reduce((first, second) -> second).orElse(message.lines().findFirst().orElse("unknown reason")).strip();
    return new DeviceException(0, "the OpenCL binding cannot be loaded: " + reason,
        "set DLV_CACHE to a folder from which programs may run (not mounted noexec)");
  }
}
