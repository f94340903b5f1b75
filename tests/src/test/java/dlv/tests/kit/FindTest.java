package dlv.tests.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the kit says of machines whose driver is missing or not whole. */
@EnabledOnOs(OS.LINUX)
class FindTest {
  private static final int NO_DEVICE = 5;

  @TempDir
  Path libraries;

  /** Looks for NVIDIA's driver in one folder alone. */
  private String find() throws IOException, InterruptedException {
    String script = """
        say() { echo "$1"; }
        fail() { code=$1; shift; for line in "$@"; do echo "$line"; done; exit "$code"; }
        . ./find.sh
        library_folders() { echo "$LIBRARIES"; }
        find_nvidia
        """;
    var builder = new ProcessBuilder("sh", "-c", script).directory(Path.of("gpu").toFile()).redirectErrorStream(true);
    builder.environment().put("LIBRARIES", libraries.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(NO_DEVICE, process.waitFor(), said);
    return said;
  }

  private void make(String... names) throws IOException {
    for (String name : List.of(names)) {
      Files.createFile(libraries.resolve(name));
    }
  }

  @Test
  void theMissingLibraryIsNamed() throws IOException, InterruptedException {
    assertTrue(find().startsWith("no NVIDIA driver was found: neither libcuda.so.1 nor libnvidia-opencl.so.1"));
    make("libcuda.so.1");
    assertTrue(find().startsWith("libnvidia-opencl.so.1, the OpenCL part of the NVIDIA driver, is missing"));
    make("libnvidia-opencl.so.1");
    assertTrue(find().startsWith("libnvidia-ptxjitcompiler.so.1, which " + libraries));
  }
}
