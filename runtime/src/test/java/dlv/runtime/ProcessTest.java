package dlv.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsOpenCl;
import dlv.runtime.opencl.DeviceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to processes that open a device: several at once, with damaged caches, without drivers. */
@NeedsOpenCl
class ProcessTest {
  @TempDir
  Path folder;

  /** The child: examines the machine, then opens a device and says what came of it. */
  public static void main(String[] arguments) {
    try (Device device = Device.open()) {
      boolean well = Doctor.examine().stream().noneMatch(f -> f.level() == Doctor.Level.FAULT);
      System.out.println((well ? "well: " : "ill: ") + device.info().name());
    } catch (DeviceException e) {
      System.out.println("refused: " + e.getMessage() + " -> " + e.help());
    }
  }

  private Process start(Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m", "-Djava.io.tmpdir=" + folder, "-cp", System.getProperty("java.class.path"),
        ProcessTest.class.getName());
    builder.environment().put("DLV_CACHE", folder.resolve("cache").toString());
    builder.environment().put("POCL_CACHE_DIR", folder.resolve("kernels").toString());
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).start();
  }

  private static String result(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  @Test
  void sixAtOnceAllRun() throws IOException, InterruptedException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      processes.add(start(Map.of()));
    }
    for (Process process : processes) {
      String output = result(process);
      assertTrue(output.contains("well: "), output);
    }
  }

  @Test
  void aTruncatedLibraryIsReplaced() throws IOException, InterruptedException {
    result(start(Map.of()));
    Path cache = folder.resolve("cache").resolve("native");
    Path library;
    try (Stream<Path> files = Files.list(cache)) {
      library = files.filter(f -> f.toString().contains("JOCL")).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(library);
    Files.write(library, Arrays.copyOf(whole, whole.length / 2));
    Files.write(folder.resolve(library.getFileName()), new byte[] {1, 2, 3});
    assertTrue(result(start(Map.of())).contains("well: "));
    assertArrayEquals(whole, Files.readAllBytes(library));
  }

  @Test
  void aCacheThatCannotBeMadeIsDoneWithout() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("cache"), "a file");
    assertTrue(result(start(Map.of())).contains("well: "));
  }

  @Test
  void withoutADriverTheCureIsNamed() throws IOException, InterruptedException {
    Path none = Files.createDirectory(folder.resolve("vendors"));
    String output = result(start(Map.of("OCL_ICD_VENDORS", none.toString())));
    assertTrue(output.startsWith("refused: no OpenCL driver is registered in " + none + " -> install"), output);
    Files.writeString(none.resolve("broken.icd"), "/no/such/driver.so\n");
    output = result(start(Map.of("OCL_ICD_VENDORS", none.toString())));
    assertTrue(output.startsWith("refused: the OpenCL drivers in " + none + " offer no device -> a driver is"), output);
  }

  @Test
  void aSelectorThatFitsNothingListsTheDevices() throws IOException, InterruptedException {
    String output = result(start(Map.of("DLV_DEVICE", "no such device")));
    assertTrue(output.startsWith("refused: no device fits \"no such device\""), output);
    assertTrue(output.contains(Device.list().get(0).name()), output);
  }
}
