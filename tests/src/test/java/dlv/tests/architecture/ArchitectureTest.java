package dlv.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The house keeps its shape: rooms in order, each outside library behind one door, nothing named after a layer. */
class ArchitectureTest {
  /** The compiler's rooms in the order of the data's flow; a room uses those before it. */
  private static final List<String> ORDER = List.of("dlv.compiler.source", "dlv.compiler.diagnostic",
      "dlv.compiler.type", "dlv.compiler.syntax", "dlv.compiler.ir", "dlv.compiler.check", "dlv.compiler.summary",
      "dlv.compiler.drawing", "dlv.compiler.repair", "dlv.compiler.lower", "dlv.compiler.autodiff", "dlv.compiler.simplify",
      "dlv.compiler.pass", "dlv.compiler.fuse", "dlv.compiler.layout", "dlv.compiler.emit.opencl", "dlv.compiler.memory", "dlv.compiler.emit",
      "dlv.compiler.emit.java", "dlv.compiler", "dlv.compiler.cli");

  private final Sources sources = Sources.ofProject();

  @Test
  void roomsUseOnlyRoomsBeforeThem() {
    var wrong = new ArrayList<String>();
    for (Sources.File file : sources.under("compiler/src/main/java", ".java")) {
      int own = room(file.packageName());
      assertFalse(own < 0, file.path() + " is in no room that this test knows");
      for (String imported : file.imports()) {
        int other = room(imported.substring(0, imported.lastIndexOf('.')));
        if (imported.startsWith("dlv.compiler") && other > own) {
          wrong.add(file.path().getFileName() + " in " + file.packageName() + " uses " + imported);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** The room of a package: its own entry, or that of the longest package around it. */
  private static int room(String name) {
    for (String at = name; at.startsWith("dlv.compiler"); at = at.substring(0, at.lastIndexOf('.'))) {
      if (ORDER.contains(at)) {
        return ORDER.indexOf(at);
      }
    }
    return -1;
  }

  @Test
  void runtimeAndKernelsKnowNothingOfTheCompiler() {
    assertEquals(List.of(), users("dlv.compiler").stream().filter(p -> !p.startsWith("dlv.compiler")).toList());
  }

  @Test
  void outsideLibrariesStandBehindOneDoorEach() {
    assertEquals(List.of("dlv.compiler.syntax"), users("org.antlr"));
    assertEquals(List.of("dlv.compiler.emit.java"), users("com.palantir.javapoet"));
    assertEquals(List.of("dlv.runtime.opencl"), users("org.jocl"));
    assertEquals(List.of("dlv.compiler.cli"), users("picocli"));
    assertEquals(List.of("dlv.compiler.drawing"), users("org.eclipse.elk"));
  }

  /** The packages with a file that imports from below {@code prefix}. */
  private List<String> users(String prefix) {
    return sources.java().stream().filter(f -> f.imports().stream().anyMatch(i -> i.startsWith(prefix + ".")))
        .map(Sources.File::packageName).distinct().sorted().toList();
  }

  @Test
  void noRoomBehindCheckingNamesALibraryDeclaration() {
    Set<String> names = new TreeSet<>();
    Pattern declaration = Pattern.compile("^(?:network|cell|optimizer|process) (\\w+)", Pattern.MULTILINE);
    sources.under("compiler/src/main/resources/dlv/std", ".dlv")
        .forEach(file -> file.find(declaration).forEach(match -> names.add(match.group(1))));
    assertFalse(names.isEmpty(), "the library declares nothing?");
    names.removeIf(ArchitectureTest::isPrimitive);
    Pattern any = Pattern.compile("\\b(" + String.join("|", names) + ")\\b");
    var wrong = new ArrayList<String>();
    for (String room : List.of("ir", "lower", "autodiff", "simplify", "pass", "fuse", "layout", "memory", "emit")) {
      for (Sources.File file : sources.under("compiler/src/main/java/dlv/compiler/" + room, ".java")) {
        find(any, file, code(file.text()), wrong);
      }
    }
    for (String suffix : List.of(".cl", ".java")) {
      sources.under("kernels/src/main", suffix).forEach(file -> find(any, file, code(file.text()), wrong));
    }
    assertEquals(List.of(), wrong);
  }

  private static void find(Pattern any, Sources.File file, String code, List<String> wrong) {
    any.matcher(code).results().forEach(m -> wrong.add(file.path().getFileName() + " names " + m.group(1)));
  }

  /** Primitives, scalar functions and reducers that the language and the graph call by one name. */
  private static boolean isPrimitive(String name) {
    Set<String> own = java.util.Arrays.stream(dlv.compiler.ir.Scalar.values())
        .map(s -> s.name().toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(HashSet::new));
    for (Class<?> primitive : dlv.compiler.ir.Op.class.getPermittedSubclasses()) {
      own.add(primitive.getSimpleName());
    }
    own.addAll(Set.of("sum", "max", "min", "mean", "variance", "logsumexp", "window", "pad", "fold", "concat", "top",
        "last", "scale"));
    return own.contains(name);
  }

  /** A text without comments: prose may speak of layers. */
  private static String code(String text) {
    return text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//[^\n]*", "");
  }

  @Test
  void filesAreSmall() {
    assertEquals(List.of(), sources.java().stream().filter(f -> f.lines() > 400)
        .map(f -> f.path().getFileName() + " has " + f.lines() + " lines").toList());
  }

  @Test
  void namesSayWhatAThingIs() {
    Pattern vague = Pattern.compile(".*(Util|Utils|Helper|Manager|Common|Misc|Impl)\\.java|(Abstract|Base)\\w*\\.java");
    assertEquals(List.of(), sources.java().stream().map(f -> f.path().getFileName().toString())
        .filter(vague.asMatchPredicate()).toList());
  }

  @Test
  void everyPackageSaysWhatGoesInAndWhatComesOut() {
    Set<String> told = sources.java().stream().filter(f -> f.path().endsWith("package-info.java"))
        .map(Sources.File::packageName).collect(Collectors.toSet());
    Set<String> all = sources.java().stream().map(Sources.File::packageName).collect(Collectors.toCollection(TreeSet::new));
    all.removeAll(told);
    assertEquals(Set.of(), all);
  }
}
