package dlv.tests.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.layout.Flavour;
import dlv.needs.NeedsOpenCl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kernels under Oclgrind: no access outside a buffer, no race, and of each alone, nothing read that was not written. */
@NeedsOpenCl
class OclgrindTest {
  private static final Path DRIVER = Path.of("/usr/lib/oclgrind/liboclgrind-rt-icd.so");
  private static final List<String> REPORTS = List.of("Invalid", "race", "Uninitialized", "OCLGRIND FATAL", "Oclgrind -",
      "A fatal error");

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void noKernelStrays(Flavour flavour) throws IOException, InterruptedException {
    String log = log(CheckedMemory.class, flavour, "1");
    assertTrue(log.contains("device: Oclgrind"), log);
    assertTrue(log.contains("values: 2"), log);
  }

  /** Steps read what the steps before them wrote, in rows of a history or two rows that take turns. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void noLoopStrays(Flavour flavour) throws IOException, InterruptedException {
    String log = log(CheckedLoops.class, flavour, "0");
    assertEquals(3, log.split("checked: Oclgrind", -1).length - 1, log);
  }

  /** What a program says on Oclgrind, which has nothing to object; {@code written}: 1 where it asks what was written. */
  private static String log(Class<?> program, Flavour flavour, String written)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.exists(DRIVER), "Oclgrind is not installed");
    var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
        "-cp", System.getProperty("java.class.path"), program.getName(), flavour.name());
    process.environment().putAll(java.util.Map.of("OCL_ICD_VENDORS", DRIVER.toString(), "OCLGRIND_DATA_RACES", "1",
        "OCLGRIND_UNINITIALIZED", written, "OCLGRIND_CHECK_API", "1",
        // Oclgrind 21.10 crashes on the shuffles that optimisation makes.
        "OCLGRIND_BUILD_OPTIONS", "-cl-opt-disable"));
    process.environment().remove("LD_PRELOAD");
    Process running = process.redirectErrorStream(true).start();
    String log = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, running.waitFor(), log);
    for (String report : REPORTS) {
      assertTrue(!log.contains(report), log);
    }
    return log;
  }
}
