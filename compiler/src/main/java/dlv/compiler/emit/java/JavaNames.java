package dlv.compiler.emit.java;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Names of the language as names of Java. */
final class JavaNames {
  /** Names that some file systems keep for devices. */
  private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "com1", "lpt1");
  /** Names that mean something in the classes that are generated. */
  private static final Set<String> TAKEN = Set.of("model", "run", "close", "load", "input", "getClass", "hashCode",
      "toString", "notify", "notifyAll", "wait", "equals", "clone", "finalize");

  private JavaNames() {}

  /** A class name; a keyword gets an underscore. */
  static String type(String name) {
    return legal(name);
  }

  /** The name of a method or parameter: a path's parts joined in camel case. */
  static String member(String path) {
    var out = new StringBuilder();
    for (String part : path.split("[^\\p{L}\\p{N}_]+")) {
      if (!part.isEmpty()) {
        out.append(out.length() == 0 ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
      }
    }
    String name = out.length() == 0 ? "all" : out.toString();
    return TAKEN.contains(name) ? name + "_" : legal(name);
  }

  private static String legal(String name) {
    boolean starts = Character.isJavaIdentifierStart(name.codePointAt(0));
    return !starts || !SourceVersion.isIdentifier(name) ? "_" + name : SourceVersion.isName(name) ? name : name + "_";
  }

  /** A constant's name: {@code imageHeight} is {@code IMAGE_HEIGHT}. */
  static String constant(String name) {
    return name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /** Whether this can be a package: names that Java and every file system take, between dots. */
  static boolean isPackage(String name) {
    if (!SourceVersion.isName(name) || name.length() > 200) {
      return false;
    }
    for (String part : name.split("\\.")) {
      if (DEVICES.contains(part.toLowerCase(Locale.ROOT)) || !part.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
        return false;
      }
    }
    return true;
  }
}
