package dlv.tests.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LauncherTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
  private static final String SAY_HOW = """
      #!/bin/sh
      echo "preload=$LD_PRELOAD cache=${DLV_CACHE:-} kernels=${POCL_CACHE_DIR:-} ctype=${LC_CTYPE:-}"
      for argument in "$@"; do
        case $argument in
          -XX:ArchiveClassesAtExit=*) : >"${argument#*=}" ;;
        esac
        echo "<$argument>"
      done
      """;
  private static final String PRETEND_TO_BUILD = """
      #!/bin/sh
      echo "called" >> "$CALLS"
      [ ! -f "$CALLS.fail" ] || { echo "the compiler's complaint"; exit 1; }
      mkdir -p compiler/target target/dlvc/lib
      touch compiler/target/dlv-compiler-0.1.0.jar target/dlvc/lib/antlr.jar
      """;

  @TempDir
  Path folder;
  private Path clone;
  private final Map<String, String> environment = new HashMap<>();

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void makeAClone() throws IOException {
    clone = Files.createDirectory(folder.resolve("a clone ü"));
    Files.copy(PROJECT.resolve("dlvc"), clone.resolve("dlvc"));
    clone.resolve("dlvc").toFile().setExecutable(true);
    Files.createDirectory(clone.resolve("launcher"));
    Files.copy(PROJECT.resolve("launcher/opencl.sh"), clone.resolve("launcher/opencl.sh"));
    Files.writeString(clone.resolve("pom.xml"), "");
    Files.createDirectories(clone.resolve("compiler/src/main/java"));
    script("jdk/bin/java", SAY_HOW);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.9\"\n");
    Files.createDirectories(folder.resolve("jdk/lib"));
    script("bin/mvn", PRETEND_TO_BUILD);
    environment.put("JAVA_HOME", folder.resolve("jdk").toString());
    environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("CALLS", folder.resolve("calls").toString());
    environment.put("HOME", folder.resolve("home").toString());
  }

  private void script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    file.toFile().setExecutable(true);
  }

  private Result dlvc(String... arguments) throws IOException, InterruptedException {
    return run(clone.resolve("dlvc"), arguments);
  }

  private Result run(Path launcher, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int code = process.waitFor();
    return new Result(code, Files.readString(out), Files.readString(err));
  }

  private long builds() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  @Test
  void buildsOnceAndPassesArgumentsAsTheyAre() throws IOException, InterruptedException {
    Result first = dlvc("check", "my model.dlv", "*", "--set", "x=ü");
    assertEquals(0, first.code(), first.err());
    assertEquals("dlvc: building (sources are newer than the last build)\n", first.err());
    assertTrue(first.out().contains("<dlv.compiler.cli.Main>\n<check>\n<my model.dlv>\n<*>\n<--set>\n<x=ü>\n"),
        first.out());
    assertTrue(first.out().contains("dlv-compiler-0.1.0.jar:" + clone + "/target/dlvc/lib/antlr.jar>"), first.out());
    assertTrue(first.out().contains("<-XX:SharedArchiveFile=" + clone + "/target/dlvc/classes.jsa>\n"), first.out());
    assertEquals("", dlvc("check").err());
    assertEquals(1, builds());
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws IOException, InterruptedException {
    dlvc("check");
    Path source = clone.resolve("compiler/src/main/java/New.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    dlvc("check");
    assertEquals(2, builds());
  }

  @Test
  void aFailedBuildShowsItsLogAndIsTriedAgain() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("calls.fail"), "");
    Result failed = dlvc("check");
    assertEquals(1, failed.code());
    assertTrue(failed.err().contains("the compiler's complaint"), failed.err());
    assertTrue(failed.err().contains("the build failed"), failed.err());
    Files.delete(folder.resolve("calls.fail"));
    assertEquals(0, dlvc("check").code());
  }

  @Test
  void isFoundThroughALink() throws IOException, InterruptedException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a clone ü/dlvc"));
    assertEquals(0, run(link, "--version").code());
  }

  @Test
  void anOldJavaIsRefusedWithTheCure() throws IOException, InterruptedException {
    for (String old : List.of("11.0.2", "1.8.0_392")) {
      Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + old + "\"\n");
      Result result = dlvc("check");
      assertEquals(1, result.code());
      assertTrue(result.err().contains("needs Java 17 or newer: on Debian and Ubuntu  apt install"), result.err());
    }
    environment.put("JAVA_HOME", "/nowhere");
    assertTrue(dlvc("check").err().contains("JAVA_HOME is /nowhere, where there is no bin/java"));
  }

  @Test
  void libjsigAndUtf8AreSetForTheJvm() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("jdk/lib/libjsig.so"), "");
    Result result = dlvc("check");
    assertTrue(result.out().contains("preload=" + folder.resolve("jdk/lib/libjsig.so") + " "), result.out());
    assertTrue(result.out().contains("ctype=C.UTF-8"), result.out());
    environment.put("LANG", "de_DE.UTF-8");
    assertFalse(dlvc("check").out().contains("ctype=C.UTF-8"));
  }

  /** The dynamic linker takes blanks and colons in LD_PRELOAD for the ends of names. */
  @Test
  void aBlankInThePathOfJavaDoesNotHideLibjsig() throws IOException, InterruptedException {
    Path jdk = Files.move(folder.resolve("jdk"), folder.resolve("a jdk"));
    Files.writeString(jdk.resolve("lib/libjsig.so"), "");
    environment.put("JAVA_HOME", jdk.toString());
    script("a jdk/bin/java", "#!/bin/sh\necho \"$LD_PRELOAD in $LD_LIBRARY_PATH\"\n");
    assertEquals("libjsig.so in " + jdk.resolve("lib") + "\n", dlvc("check").out());
  }

  @Test
  void aLimitedAddressSpaceIsSharedOutOrRefused() throws IOException, InterruptedException {
    dlvc("check");
    script("limited", "#!/bin/sh\nulimit -v \"$1\"; exec \"" + clone + "/dlvc\" check\n");
    Result shared = run(folder.resolve("limited"), "4000000");
    assertTrue(shared.out().contains("<-Xmx1000000k>"), shared.out() + shared.err());
    Result refused = run(folder.resolve("limited"), "2000000");
    assertEquals(1, refused.code());
    assertTrue(refused.err().endsWith("dlvc needs 3000000: ulimit -v unlimited\n"), refused.err());
  }

  @Test
  void checkingLooksForNoDriver() throws IOException, InterruptedException {
    environment.put("OCL_ICD_VENDORS", "/nowhere");
    dlvc("check");
    assertEquals("", dlvc("summary").err());
    assertFalse(Files.exists(folder.resolve("home")));
  }

  @Test
  void withoutADriverAndWithoutAptThePackagesAreNamed() throws IOException, InterruptedException {
    environment.put("OCL_ICD_VENDORS", "/nowhere");
    for (String tool : List.of("sh", "dirname", "readlink", "sed", "find", "head", "cat", "id", "mkdir", "mktemp",
        "touch", "rm", "chmod", "mv", "awk", "grep")) {
      script("tools/" + tool, "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
    }
    environment.put("PATH", folder.resolve("bin") + ":" + folder.resolve("tools"));
    dlvc("check");
    Result result = dlvc("train", "x.dlv");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.err().startsWith("dlvc: no OpenCL driver was found; install one: "), result.err());
    assertTrue(result.out().contains("<train>\n<x.dlv>\n"), result.out());
  }

  @Test
  void kernelsAreKeptInTheCacheFolder() throws IOException, InterruptedException {
    environment.put("DLV_OPENCL", "system");
    dlvc("check");
    String home = folder.resolve("home/.cache/dlv").toString();
    assertTrue(dlvc("doctor").out().contains("kernels=" + home + "/kernels "));
    environment.put("XDG_CACHE_HOME", folder.resolve("xdg").toString());
    assertTrue(dlvc("doctor").out().contains("kernels=" + folder.resolve("xdg/dlv/kernels") + " "));
    environment.put("DLV_CACHE", folder.resolve("own").toString());
    assertTrue(dlvc("doctor").out().contains("kernels=" + folder.resolve("own/kernels") + " "));
    environment.put("DLV_CACHE", "/dev/null/none");
    environment.put("TMPDIR", folder.toString());
    Result fallback = dlvc("doctor");
    assertTrue(fallback.out().contains("cache=" + folder.resolve("dlv-")), fallback.out() + fallback.err());
  }

  /** PoCL that was set up before is used where the system has none, and the build's tests find it. */
  @Test
  void pocLOfOurOwnIsPutIntoTheEnvironment() throws IOException, InterruptedException {
    Path root = folder.resolve("home/.cache/dlv/pocl/root");
    Files.createDirectories(root.resolve("usr/lib/x86_64-linux-gnu"));
    environment.put("OCL_ICD_VENDORS", "/nowhere");
    script("jdk/bin/java", "#!/bin/sh\necho \"$OCL_ICD_VENDORS $LD_LIBRARY_PATH $LIBRARY_PATH\"\n");
    for (String command : List.of("train", "evaluate", "run", "generate", "doctor")) {
      assertEquals(root + "/etc/OpenCL/vendors " + root + "/usr/lib/x86_64-linux-gnu " + root + "/usr/lib/link\n",
          dlvc(command).out(), command);
    }
    assertEquals(root, Files.readSymbolicLink(clone.resolve("target/pocl")));
  }

  /** Containers often have the driver's libraries without the file that registers them. */
  @Test
  void aGpuDriverThatIsNotRegisteredIsRegistered() throws IOException, InterruptedException {
    Path libraries = Files.createDirectory(folder.resolve("libraries"));
    Files.writeString(libraries.resolve("libnvidia-opencl.so.1"), "");
    Files.writeString(libraries.resolve("libOpenCL.so.1"), "");
    environment.put("LD_LIBRARY_PATH", libraries.toString());
    script("jdk/bin/java", "#!/bin/sh\necho \"$OCL_ICD_VENDORS\"\n");
    Path vendors = folder.resolve("home/.cache/dlv/vendors");
    Result result = dlvc("doctor");
    assertEquals(vendors + "\n", result.out());
    assertEquals("libnvidia-opencl.so.1\n", Files.readString(vendors.resolve("nvidia.icd")));
    assertFalse(result.err().contains("no OpenCL driver"), result.err());
  }

  @Test
  void theScriptsAreSound() throws IOException, InterruptedException {
    for (String script : List.of("dlvc", "launcher/opencl.sh", ".ci/run")) {
      Process process = new ProcessBuilder("sh", "-n", PROJECT.resolve(script).toString()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), output);
    }
  }
}
