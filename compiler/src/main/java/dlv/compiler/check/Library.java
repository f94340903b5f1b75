package dlv.compiler.check;

import dlv.compiler.source.SourceFile;
import dlv.compiler.syntax.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The standard library: declarations in {@code .dlv} files that ship with the compiler.
 *
 * <p>Names are found by a look at the text; a file is parsed when one of its names is first used.
 */
final class Library {
  private static final String FOLDER = "/dlv/std/";
  private static final Pattern HEAD =
      Pattern.compile("(?m)^(?:network|cell|optimizer|process|let) +([\\p{L}][\\p{L}\\p{N}_]*)");
  private static final Library SHIPPED = new Library();

  private final Map<String, SourceFile> files = new TreeMap<>();
  private final Map<String, Module> parsed = new HashMap<>();

  private Library() {
    for (String file : text("files.txt").lines().filter(line -> !line.isBlank()).toList()) {
      SourceFile source = new SourceFile("std/" + file, text(file));
      var names = HEAD.matcher(source.text());
      while (names.find()) {
        SourceFile other = files.put(names.group(1), source);
        if (other != null) {
          throw new IllegalStateException(names.group(1) + " is declared in " + other + " and in " + source);
        }
      }
    }
  }

  static Library shipped() {
    return SHIPPED;
  }

  private static String text(String file) {
    try (InputStream in = Library.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("the library lacks " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all declarations. */
  TreeSet<String> names() {
    return new TreeSet<>(files.keySet());
  }

  /** The declarations whose description says that they are also known under a name. */
  List<String> knownAs(String name) {
    Pattern known = Pattern.compile("(?mi)^///[^\\n]*\\balso known as [^\\n]*\\b" + Pattern.quote(name)
        + "\\b[^\\n]*\\n(?:///.*\\n)*(?-i:network|cell|optimizer) +([\\p{L}][\\p{L}\\p{N}_]*)");
    return files.values().stream().distinct()
        .flatMap(file -> known.matcher(file.text()).results().map(match -> match.group(1))).sorted().toList();
  }

  /** The names of the files. */
  List<String> fileNames() {
    return files.values().stream().map(SourceFile::name).distinct().sorted().toList();
  }

  /** The file that declares a name, parsed. */
  synchronized Optional<Module> declaring(String name) {
    SourceFile file = files.get(name);
    return file == null
        ? Optional.empty()
        : Optional.of(parsed.computeIfAbsent(file.name(), key -> new Module(Parser.parse(file), true)));
  }
}
