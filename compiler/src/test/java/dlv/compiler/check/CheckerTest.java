package dlv.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.SourceFile;
import dlv.compiler.syntax.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckerTest {
  private static final Path LENET = Path.of("../examples/lenet5/lenet5.dlv");

  static Program check(String text) {
    return Checker.check(Parser.parse(new SourceFile("test.dlv", text)), Checker.Options.NONE, new DrawnDigits());
  }

  static List<String> errors(String text) {
    try {
      check(text);
      return List.of();
    } catch (CompileException e) {
      return e.diagnostics().stream().map(Diagnostic::toString).toList();
    }
  }

  @Test
  void leNetHasItsParameters() throws IOException {
    Program program = check(Files.readString(LENET));
    assertEquals("61706", program.networks().get(0).parameters().text());
    assertEquals(1, program.trains().size());
    assertEquals(List.of("net.conv2d1.K", "net.conv2d1.b", "net.conv2d2.K", "net.conv2d2.b", "net.dense1.W",
        "net.dense1.b", "net.dense2.W", "net.dense2.b", "net.dense3.W", "net.dense3.b"),
        program.trains().get(0).states().stream().map(StateInfo::path).toList());
  }
}
