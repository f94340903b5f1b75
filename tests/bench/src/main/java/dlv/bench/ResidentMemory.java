package dlv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory of this process that lies in RAM, as Linux counts it. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  private ResidentMemory() {}

  /** Bytes now. */
  static long now() throws IOException {
    return field("VmRSS:");
  }

  /** The largest number of bytes since the start, or since {@link #forgetPeak}. */
  static long peak() throws IOException {
    return field("VmHWM:");
  }

  /** Makes the present size the peak. */
  static void forgetPeak() throws IOException {
    Files.writeString(CLEAR, "5");
  }

  private static long field(String name) throws IOException {
    try (Stream<String> lines = Files.lines(STATUS)) {
      String line = lines.filter(l -> l.startsWith(name)).findFirst().orElseThrow(
          () -> new IOException(STATUS + " has no " + name));
      return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }
  }
}
