package dlv.runtime.opencl;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** PoCL calls {@code ld} when it builds a kernel, and takes the process down where there is none. */
final class Linker {
  private Linker() {}

  /** Throws {@link DeviceException} where there is no {@code ld}. */
  static void require() {
    if (!found(System.getenv().getOrDefault("PATH", "") + ":/usr/bin")) {
      throw new DeviceException(0, "PoCL needs the linker ld, and there is none on the PATH",
          "install binutils: apt install binutils");
    }
  }

  static boolean found(String path) {
    for (String folder : path.split(":")) {
      try {
        if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "ld"))) {
          return true;
        }
      } catch (InvalidPathException e) {
        // Not a folder then.
      }
    }
    return false;
  }
}
