package dlv.tests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's own source files, as text. */
record Sources(Path root) {
  private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);

  /** One file. */
  record File(Path path, String text) {
    /** The package, by the folder below {@code java}. */
    String packageName() {
      String folder = path.getParent().toString().replace('\\', '/');
      return folder.substring(folder.indexOf("/main/java/") + "/main/java/".length()).replace('/', '.');
    }

    List<String> imports() {
      return IMPORT.matcher(text).results().map(match -> match.group(1)).toList();
    }

    long lines() {
      return text.lines().count();
    }

    /** Every match of {@code pattern} in the text. */
    List<MatchResult> find(Pattern pattern) {
      return pattern.matcher(text).results().toList();
    }
  }

  /** The project that the tests run in. */
  static Sources ofProject() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("grammar/pom.xml"))) {
      at = at.getParent();
    }
    return new Sources(at);
  }

  /** Files below {@code folder} whose names end so. */
  List<File> under(String folder, String suffix) {
    Path start = root.resolve(folder);
    if (!Files.exists(start)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(start)) {
      return paths.filter(path -> path.toString().endsWith(suffix)).sorted()
          .filter(path -> !path.toString().contains("/target/")).map(Sources::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All Java files of the product. */
  List<File> java() {
    return Stream.of("grammar", "kernels", "runtime", "compiler")
        .flatMap(module -> under(module + "/src/main/java", ".java").stream()).toList();
  }

  private static File read(Path path) {
    try {
      return new File(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
