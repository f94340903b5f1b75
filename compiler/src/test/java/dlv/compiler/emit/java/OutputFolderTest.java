package dlv.compiler.emit.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  private static final String JAVA = "// Written by dlvc from the network A. Changes are lost.\n";

  @TempDir
  Path temp;

  private static Map<String, byte[]> files(String... namesAndTexts) {
    var files = new TreeMap<String, byte[]>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      files.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  /** All that lies below a folder, with its contents. */
  private static Map<String, String> contents(Path folder) throws IOException {
    var contents = new TreeMap<String, String>();
    if (!Files.exists(folder)) {
      return contents;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        contents.put(folder.relativize(path).toString(), Files.isDirectory(path) ? "" : Files.readString(path));
      }
    }
    return contents;
  }

  @Test
  void filesOfAnEarlierRunGiveWayToTheNewOnes() throws IOException {
    Path out = temp.resolve("src/généré %20/out");
    OutputFolder.write(out, "a.dlv", files("p/A.java", JAVA, "p/A.gpu.json", "1", "q/Old.java", JAVA));
    Files.writeString(out.resolve("p/Mine.java"), "class Mine {}");
    OutputFolder.write(out, "a.dlv", files("p/A.java", JAVA + "2", "p/A.gpu.json", "1"));
    assertEquals(Map.of("", "", "p", "", "p/A.java", JAVA + "2", "p/A.gpu.json", "1", "p/Mine.java", "class Mine {}",
        ".a.dlv.dlvc", "p/A.gpu.json\np/A.java\n"), contents(out));
  }

  @Test
  void aSecondSourceLeavesTheFilesOfTheFirst() throws IOException {
    OutputFolder.write(temp, "a.dlv", files("p/A.java", JAVA));
    OutputFolder.write(temp, "b.dlv", files("p/B.java", JAVA));
    assertTrue(Files.exists(temp.resolve("p/A.java")));
    var before = contents(temp);
    var e = assertThrows(OutputException.class, () -> OutputFolder.write(temp, "b.dlv", files("p/A.java", JAVA + "b")));
    assertEquals(temp.resolve("p/A.java") + " exists and comes from a.dlv", e.getMessage());
    assertEquals(before, contents(temp));
  }

  @Test
  void whatSomebodyElseWroteIsNotOverwritten() throws IOException {
    Files.createDirectories(temp.resolve("p/B.java"));
    Files.writeString(temp.resolve("p/A.java"), "class A {}");
    var before = contents(temp);
    assertThrows(OutputException.class, () -> OutputFolder.write(temp, "a.dlv", files("p/A.java", JAVA)));
    assertThrows(OutputException.class, () -> OutputFolder.write(temp, "a.dlv", files("p/B.java", JAVA)));
    assertEquals(before, contents(temp));
  }

  @Test
  void ourFilesAreTakenBackWhereTheListIsLost() throws IOException {
    OutputFolder.write(temp, "a.dlv", files("p/A.java", JAVA, "p/A.gpu.json", "1"));
    Files.delete(temp.resolve(".a.dlv.dlvc"));
    OutputFolder.write(temp, "a.dlv", files("p/A.java", JAVA + "2", "p/A.gpu.json", "2"));
    assertEquals(JAVA + "2", Files.readString(temp.resolve("p/A.java")));
  }

  @Test
  void filesThatStayAreNotTouched() throws IOException {
    OutputFolder.write(temp, "a.dlv", files("p/A.java", JAVA, "p/B.java", JAVA));
    var steps = new ArrayList<String>();
    OutputFolder.write(temp, "a.dlv", files("p/A.java", JAVA, "p/B.java", JAVA + "2"),
        (step, file) -> steps.add(step));
    assertEquals(List.of("folder", "write", "move", "move"), steps);
  }

  @Test
  void afterAnyFailureEverythingIsAsBefore() throws IOException {
    Path out = temp.resolve("new/out");
    for (boolean first : new boolean[] {true, false}) {
      if (!first) {
        OutputFolder.write(out, "a.dlv", files("p/A.java", JAVA, "q/Old.java", JAVA, "p/A.gpu.json", "1"));
      }
      var before = contents(temp);
      var next = files("p/A.java", JAVA + "2", "r/New.java", JAVA, "p/A.gpu.json", "2");
      int failing = 0;
      for (boolean failed = true; failed; failing++) {
        int[] left = {failing};
        try {
          OutputFolder.write(out, "a.dlv", next, (step, file) -> {
            if (left[0]-- == 0) {
              throw new IOException("No space left on device");
            }
          });
          failed = false;
        } catch (OutputException e) {
          assertEquals(out + " cannot be written: No space left on device", e.getMessage());
          assertEquals(before, contents(temp), "failure at step " + failing);
        }
      }
      assertTrue(failing > 8, failing + " steps");
      assertEquals(JAVA + "2", Files.readString(out.resolve("p/A.java")));
      assertFalse(Files.exists(out.resolve("q")));
      OutputFolder.write(out, "a.dlv", Map.of());
    }
  }

  @Test
  void aListThatLeadsElsewhereDeletesNothing() throws IOException {
    Path out = Files.createDirectory(temp.resolve("out"));
    Path victim = Files.writeString(temp.resolve("victim"), "x");
    Files.writeString(out.resolve(".a.dlv.dlvc"), "../victim\n" + victim + "\np/../../victim\n\n.\n");
    OutputFolder.write(out, "a.dlv", files("p/A.java", JAVA));
    assertTrue(Files.exists(victim));
  }

  @Test
  void aFileWhereTheFolderShouldBeIsNamed() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    for (Path out : List.of(file, file.resolve("below"), file.resolve("far/below"))) {
      var e = assertThrows(OutputException.class, () -> OutputFolder.write(out, "a.dlv", files("p/A.java", JAVA)));
      assertEquals(file + " is a file, not a folder", e.getMessage());
    }
    assertEquals("x", Files.readString(file));
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path out = Files.createDirectory(temp.resolve("out"));
    assumeFalse(!out.toFile().setWritable(false) || Files.isWritable(out), "the superuser may write everywhere");
    var e = assertThrows(OutputException.class, () -> OutputFolder.write(out, "a.dlv", files("p/A.java", JAVA)));
    assertTrue(e.getMessage().endsWith(": permission denied"), e.getMessage());
    assertTrue(out.toFile().setWritable(true));
  }

  @Test
  void aNameThatTheFileSystemRefusesIsNamed() throws IOException {
    var e = assertThrows(OutputException.class,
        () -> OutputFolder.write(temp.resolve("out"), "a.dlv", files("p/" + "é".repeat(200) + ".java", JAVA)));
    assertTrue(e.getMessage().contains("too long"), e.getMessage());
    assertEquals(Map.of("", ""), contents(temp));
  }

  @Test
  void whatACrashedRunLeftIsClearedAway() throws IOException {
    Files.createDirectories(temp.resolve(".dlvc-stage-999999999/old"));
    OutputFolder.write(temp, "a.dlv", files("p/A.java", JAVA));
    assertFalse(Files.exists(temp.resolve(".dlvc-stage-999999999")));
  }
}
