package dlv.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.Compiler;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.source.SourceFile;
import dlv.compiler.summary.LayerSummary;
import dlv.compiler.summary.NetworkSummary;
import dlv.compiler.type.Dim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights and products of recurrent networks, as formulas and as numbers. */
class CountingTest {
  private static final Map<String, Dim> NUMBERS = Map.of("m", Dim.of(100), "n", Dim.of(64), "k", Dim.of(10),
      "T", Dim.of(7));

  private static NetworkProgram recurrent(String cell) {
    String text = """
        network Recurrent(words: float[T, m], n: int, k: int) -> float[T, k] {
          words -> %s -> Dense(k, bias: false) -> softmax
        }
        """.formatted(cell);
    return Compiler.check(new SourceFile("recurrent.dlv", text), Compiler.Given.NOTHING).networks().get(0);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "Elman(n); k·n + m·n + n²; 11136",
      "Elman(n, bias: true); k·n + m·n + n² + n; 11200",
      "LSTM(n); k·n + 4·m·n + 4·n² + 4·n; 42880",
      "PeepholeLSTM(n); k·n + 4·m·n + 4·n² + 7·n; 43072",
      "GRU(n); k·n + 3·m·n + 3·n² + 3·n; 32320",
      "GRU(n, reset: after); k·n + 3·m·n + 3·n² + 4·n; 32384",
      "bidirectional(LSTM(n)); 2·k·n + 8·m·n + 8·n² + 8·n; 85760"})
  void weightsAreThoseOfTheFormula(String cell, String formula, long number) {
    Dim parameters = recurrent(cell).parameters();
    assertEquals(formula, parameters.text());
    assertEquals(number, parameters.substitute(NUMBERS).value());
  }

  /** Each step costs its own products, the layer after it too. */
  @Test
  void productsAreCountedForEachStep() {
    NetworkSummary summary = NetworkSummary.of(recurrent("LSTM(n)"));
    assertEquals(7L * (4 * 100 * 64 + 4 * 64 * 64 + 64 * 10), summary.multiplyAdds().substitute(NUMBERS).value());
    assertEquals("T·k·n + 4·T·m·n + 4·T·n²", summary.multiplyAdds().text());
    LayerSummary cell = summary.layers().get(0);
    assertEquals("4·T·m·n + 4·T·n²", cell.multiplyAdds().text());
    assertEquals("T", cell.receptiveField().orElseThrow().get(0).text());
    assertEquals("4·m·n + 4·n·n + 4·n", cell.formula());
  }

  /** Radford et al. (2019): 124 million weights, of which the example asserts every one. */
  @Test
  void gpt2HasItsWeights() throws IOException {
    String text = Files.readString(Path.of("../examples/gpt2/gpt2.dlv"));
    NetworkProgram network = Compiler.check(new SourceFile("gpt2.dlv", text), Compiler.Given.NOTHING).networks().get(0);
    assertEquals(124_439_808, network.parameters().substitute(Map.of("V", Dim.of(50_257))).value());
  }
}
