package dlv.tests.generated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.check.Port;
import dlv.compiler.emit.java.GeneratedFiles;
import dlv.compiler.emit.java.OutputException;
import dlv.compiler.type.Dim;
import dlv.runtime.plan.Launch;
import dlv.tests.Golden;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of generated classes, for programs as they should be and for those written to do harm. */
class GeneratedJavaTest {
  private static final String ATTACK =
      "*/ static { System.exit(1); } /* \\u002a/ $30 $L @{ {@code } <script> & \u202e";

  private static final List<String> NAMES = List.of("class", "record", "var", "yield", "_", "$30", "x²", "a😀",
      "con",
      "Input", "Output", "String", "Override", "AutoCloseable", "Double", "Map", "List", "Path", "Optional",
      "Session", "Training", "java", "dlv", "Device", "İ", "name\u202eeman", "Аffine", "wait", "getClass", "run",
      "load", "close", "launch", "model", "in", "session", "static", "*/ static {} /*", "\\u002a/", "a/../b");

  static GeneratedFiles affine() {
    var files = new GeneratedFiles("com.acme.vision");
    files.add(HandMadeUnits.affine(),
        HandMadeUnits.affinePlans("Affine", "x", "y", HandMadeUnits.affineLaunches()));
    return files;
  }

  static GeneratedFiles counting() {
    var files = new GeneratedFiles("com.acme.vision");
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("train", 32L);
    arguments.put("test", 16L);
    files.add(HandMadeUnits.block("Counting", "", arguments), List.of(HandMadeUnits.training("Counting")),
        HandMadeUnits.blockPlans("Counting"));
    return files;
  }

  private static String java(GeneratedFiles files, String name) {
    return new String(files.files().get("com/acme/vision/" + name + ".java"), StandardCharsets.UTF_8);
  }

  @Test
  void theTextsAreThoseOfTheGoldenFiles() {
    Golden.check("java/Affine.java", java(affine(), "Affine"));
    Golden.check("java/Counting.java", java(counting(), "Counting"));
  }

  @Test
  void theResourcesLieBesideTheClass() throws Exception {
    assertEquals(List.of("Affine.cpu-batch.cl", "Affine.cpu-batch.json", "Affine.cpu-batch.table.bin", "Affine.gpu.cl",
        "Affine.gpu.json", "Affine.gpu.table.bin", "Affine.java"),
        affine().files().keySet().stream().map(path -> path.substring("com/acme/vision/".length())).sorted().toList());
    CompiledClasses.of(affine().files());
    CompiledClasses.of(counting().files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "de-DE", "ar-EG-u-nu-arab"})
  void theTextDoesNotDependOnTheLanguageOfTheMachine(String language) {
    Locale before = Locale.getDefault();
    String text = java(affine(), "Affine") + java(counting(), "Counting");
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertEquals(text, java(affine(), "Affine") + java(counting(), "Counting"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anyNamesGiveClassesThatCompileSideBySide() throws Exception {
    var files = affine();
    for (String name : NAMES) {
      int number = files.files().size();
      var launches = HandMadeUnits.affineLaunches().stream().map(l -> new Launch(l.kernel(), "", l.arguments(),
          l.global(), l.local(), name + " (net.dlv:2)", l.ir())).toList();
      files.add(HandMadeUnits.network(name, ATTACK, List.of(HandMadeUnits.port(name, Dim.of(3))),
          List.of(HandMadeUnits.port(name, Dim.of(2)))), HandMadeUnits.affinePlans("n" + number, name, name, launches));
      files.add(HandMadeUnits.block(name + number + "Train", ATTACK, Map.of(name, name)), List.of(HandMadeUnits.training(name)),
          HandMadeUnits.blockPlans("t" + number));
    }
    CompiledClasses.of(files.files());
    files.files().keySet().forEach(path -> assertTrue(
        path.matches("com/acme/vision/[\\p{L}\\p{M}\\p{Nd}_][\\p{L}\\p{M}\\p{Nd}_.-]*"), path));
  }

  @Test
  void whatIsWrittenToDoHarmIsShownAndDoesNone() throws Exception {
    var files = new GeneratedFiles("com.acme.vision");
    var launches = HandMadeUnits.affineLaunches().stream().map(l -> new Launch(l.kernel(), "", l.arguments(),
        l.global(), l.local(), ATTACK, ATTACK + "\n*/ }")).toList();
    files.add(HandMadeUnits.network("Hostile", ATTACK + "\n" + ATTACK,
        List.of(HandMadeUnits.port("a\"; x", Dim.of(3))), List.of(HandMadeUnits.port(ATTACK, Dim.of(2)))),
        HandMadeUnits.affinePlans("Hostile", "x", "y", launches));
    String text = java(files, "Hostile");
    CompiledClasses.of(files.files());
    assertFalse(text.contains("\u202e"), "what cannot be seen is gone");
    Golden.check("java/Hostile.java", text);
  }

  @Test
  void namesThatFallTogetherGetNumbers() throws Exception {
    var files = new GeneratedFiles("com.acme.vision");
    List<Port> ports = List.of(HandMadeUnits.port("x²", Dim.of(1)), HandMadeUnits.port("x³", Dim.of(1)),
        HandMadeUnits.port("x_", Dim.of(1)), HandMadeUnits.port("X_", Dim.name("n")));
    files.add(HandMadeUnits.network("Many", "", ports, ports),
        HandMadeUnits.affinePlans("Many", "x", "y", HandMadeUnits.affineLaunches()));
    CompiledClasses.of(files.files());
  }

  @Test
  void networksThatDifferInCaseAloneAreRefused() {
    var files = affine();
    var e = assertThrows(OutputException.class, () -> files.add(HandMadeUnits.network("AFFINE", "", List.of(),
        List.of()), HandMadeUnits.affinePlans("AFFINE", "x", "y", HandMadeUnits.affineLaunches())));
    assertEquals("Affine and AFFINE would become the same file AFFINE.java", e.getMessage());
  }

  @Test
  void manyInputsArgumentsAndLongTextsCompile() throws Exception {
    var files = new GeneratedFiles("com.acme");
    List<Port> inputs = IntStream.range(0, 12).mapToObj(i -> HandMadeUnits.port("x" + i, Dim.of(1))).toList();
    files.add(HandMadeUnits.network("Wide", "", inputs, inputs),
        HandMadeUnits.affinePlans("Wide", "x", "y", HandMadeUnits.affineLaunches()));
    var arguments = new LinkedHashMap<String, Object>();
    IntStream.range(0, 12).forEach(i -> arguments.put("a" + i, i % 2 == 0 ? List.of(0.5, 1e-300) : Double.NaN));
    arguments.put("text", "é\u202e\"\\".repeat(30_000));
    files.add(HandMadeUnits.block("Long", "", arguments), List.of(HandMadeUnits.training("Long")),
        HandMadeUnits.blockPlans("Long"));
    CompiledClasses.of(files.files());
  }

  @Test
  void aTextIsTheSameAfterItsWayThroughJava() throws Exception {
    String text = "\\u0022 \u0000\u00017\n\r\t\"'\u202e\u2028 \ud83d\ude00 \ud83d é $L";
    var files = new GeneratedFiles("com.acme");
    var training = new dlv.runtime.train.Training(text, "", 8, 1, java.util.OptionalLong.of(1),
        java.util.OptionalLong.empty(), 3, List.of("loss"), List.of(), java.util.OptionalInt.of(2), List.of("digits"));
    files.add(HandMadeUnits.block("Text", "", Map.of()), List.of(training), HandMadeUnits.blockPlans("Text"));
    Class<?> type = CompiledClasses.of(files.files()).loadClass("com.acme.Text");
    assertEquals(training, type.getField("TRAINING").get(null));
  }

  @Test
  void aNetworkOfManyLaunchesCompiles() throws Exception {
    var launches = new ArrayList<Launch>();
    for (int i = 0; i < 3_000; i++) {
      for (String origin : List.of("stage" + i / 100 + ".block" + i + ".conv1", "stage" + i / 100 + ".block" + i)) {
        Launch l = HandMadeUnits.affineLaunches().get(1);
        launches.add(new Launch(l.kernel(), "", l.arguments(), l.global(), l.local(), origin + " (deep.dlv:2)",
            l.ir()));
      }
    }
    var files = new GeneratedFiles("com.acme");
    files.add(HandMadeUnits.network("Deep", "", List.of(HandMadeUnits.port("x", Dim.of(3))),
        List.of(HandMadeUnits.port("y", Dim.of(2)))), HandMadeUnits.affinePlans("Deep", "x", "y", launches));
    CompiledClasses.of(files.files()).loadClass("com.acme.Deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p; import x.*", "../../etc", "/abs", "con", "a..b", "", ".", "a.", ".a", "a b", "a.class",
      "a.record*", "java.util", "a$b", "a.LPT1", "a\u202eb", "a\\b", "C:\\a", "1a", "a.\u0000"})
  void packagesThatLeadElsewhereAreRefused(String name) {
    var e = assertThrows(OutputException.class, () -> new GeneratedFiles(name));
    assertTrue(e.getMessage().endsWith("cannot be a package"), e.getMessage());
    assertFalse(e.help().isEmpty());
  }

  @Test
  void flavoursWithOtherLaunchesAreRefused() {
    var plans = HandMadeUnits.affinePlans("Affine", "x", "y", HandMadeUnits.affineLaunches());
    var fewer = HandMadeUnits.affinePlans("Affine", "x", "y", HandMadeUnits.affineLaunches().subList(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new GeneratedFiles("a").add(HandMadeUnits.affine(),
        List.of(plans.get(0), fewer.get(1))));
  }

  @Test
  void constantsKeepTheirBytes() {
    assertArrayEquals(new byte[] {0, 0, (byte) 0xc8, 0x42, 0, 0, 0x48, 0x43},
        affine().files().get("com/acme/vision/Affine.gpu.table.bin"));
  }
}
