package dlv.compiler.emit.java;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Names of the language as names of Java: the same, where Java and every file system take them. */
final class JavaNames {
  /** Names that some file systems keep for devices. */
  private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");
  /** Words that Java keeps for some places alone. */
  private static final Set<String> RESTRICTED = Set.of("var", "yield", "record", "sealed", "permits", "exports",
      "module", "open", "opens", "provides", "requires", "to", "transitive", "uses", "with");
  /** What generated classes name without importing it: types, those inside them, fields, packages. */
  private static final Set<String> TYPES = Set.of("Input", "Output", "AutoCloseable", "Double", "Long", "Object",
      "Override", "String", "in", "model", "session", "java", "dlv");
  /** Methods that every object has. */
  static final Set<String> OF_OBJECTS = Set.of("getClass", "hashCode", "toString", "notify", "notifyAll", "wait",
      "equals", "clone", "finalize");
  private static final int LONGEST_PACKAGE = 200;

  private JavaNames() {}

  /** The name of a class, which names its file, too. */
  static String type(String name) {
    String legal = legal(name);
    return TYPES.contains(legal) || isDevice(legal) ? legal + "_" : legal;
  }

  /** The name of a method or field: a path's parts joined in camel case. */
  static String member(String path) {
    var out = new StringBuilder();
    for (String part : path.split("[^\\p{L}\\p{M}\\p{N}_]+")) {
      if (!part.isEmpty()) {
        int first = part.offsetByCodePoints(0, 1);
        String initial = part.substring(0, first);
        out.append(out.length() == 0 ? initial : initial.toUpperCase(Locale.ROOT)).append(part.substring(first));
      }
    }
    return out.length() == 0 ? "all" : legal(out.toString());
  }

  /** A constant's name: {@code imageHeight} is {@code IMAGE_HEIGHT}. */
  static String constant(String name) {
    return legal(name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1_$2").toUpperCase(Locale.ROOT));
  }

  private static String legal(String name) {
    var out = new StringBuilder();
    name.codePoints().forEach(c -> out.appendCodePoint(isPlain(c) ? c : '_'));
    if (out.length() == 0 || !Character.isJavaIdentifierStart(out.codePointAt(0))) {
      out.insert(0, '_');
    }
    String legal = out.toString();
    boolean free = SourceVersion.isName(legal, SourceVersion.RELEASE_17) && !RESTRICTED.contains(legal);
    return free ? legal : legal + "_";
  }

  /** Letters, digits, and what sits on them; nothing that cannot be seen. */
  private static boolean isPlain(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c) || c == '_' || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isDevice(String name) {
    String low = name.toLowerCase(Locale.ROOT);
    return DEVICES.contains(low) || low.matches("(com|lpt)[0-9]");
  }

  /** Whether this can be a package: names that Java and every file system take, between dots. */
  static boolean isPackage(String name) {
    if (!SourceVersion.isName(name, SourceVersion.RELEASE_17) || name.length() > LONGEST_PACKAGE) {
      return false;
    }
    String[] parts = name.split("\\.");
    for (String part : parts) {
      if (isDevice(part) || !part.codePoints().allMatch(JavaNames::isPlain)) {
        return false;
      }
    }
    return !parts[0].equals("java");
  }
}
