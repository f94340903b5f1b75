package dlv.tests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dlv.compiler.Compiler;
import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.TextRenderer;
import dlv.compiler.syntax.SourceReader;

/** Any bytes are a program or are refused with reasons that can be shown. */
class SourceFuzzTest {
  @FuzzTest
  void source(byte[] bytes) {
    try {
      Compiler.check(SourceReader.decode("fuzzed.dlv", bytes), Compiler.Given.NOTHING);
    } catch (CompileException e) {
      if (TextRenderer.render(e.diagnostics(), true).isBlank()) {
        throw new AssertionError("refused without a reason", e);
      }
    }
  }
}
