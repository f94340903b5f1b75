package dlv.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.Compiler;
import dlv.compiler.Compiler;
import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.TextRenderer;
import dlv.compiler.syntax.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of {@code cases/errors} gives exactly the messages of the {@code .err} beside it. */
class ErrorMessagesTest {

  private static final Path FOLDER = Path.of("cases", "errors");

  static List<String> sources() throws IOException {
    return names(".dlv");
  }

  @ParameterizedTest
  @MethodSource("sources")
  void messagesAreThoseOfTheGoldenFile(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(FOLDER.resolve(name + ".dlv"));
    Golden.check("errors/" + name + ".err", TextRenderer.render(errors(name + ".dlv", bytes), false));
  }

  @Test
  void everyGoldenFileHasItsSource() throws IOException {
    assertEquals(sources(), names(".err"));
  }

  private static List<String> names(String ending) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    }
  }

  private static List<Diagnostic> errors(String name, byte[] bytes) {
    try {
      return Compiler.check(SourceReader.decode(name, bytes), Compiler.Given.NOTHING).warnings();
    } catch (CompileException e) {
      return e.diagnostics();
    }
  }
}
