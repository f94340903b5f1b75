package dlv.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes by what is known of their distributions in closed form, as assertions of the language itself. */
class ProcessTest {
  private static final String PROCESSES = """
      process VP { time = 0 .. 1  beta(t) = 0.1 + t * 19.9
        drift(x, t) = -0.5 * beta(t) * x  diffusion(t) = sqrt(beta(t)) }

      /// Song et al. (2021), section 3.4.
      process SubVP { time = 0 .. 1  beta(t) = 0.1 + t * 19.9  grown(t) = 0.1 * t + 19.9 * t ^ 2 / 2
        drift(x, t) = -0.5 * beta(t) * x  diffusion(t) = sqrt(beta(t) * (1 - exp(-2 * grown(t)))) }

      process VE { time = 0 .. 1  drift(x, t) = 0  diffusion(t) = 0.01 * 5000 ^ t * sqrt(2 * log(5000)) }

      /// Ornstein & Uhlenbeck (1930), about a mean.
      process OU(speed: real = 2, mean: real = 3) { time = 0 .. 2
        drift(x, t) = speed * (mean - x)  diffusion(t) = 0.5 }

      process Shifted { time = 1 .. 3  drift(x, t) = x / t  diffusion(t) = t
        forward(x0, noise, t) = x0 * t }

      let slow = OU(speed: 1)
      let foreseeing = ddpm(predicts: clean)
      """;

  @ParameterizedTest
  @ValueSource(strings = {
      "abs(VP.signal(1) - exp(-5.025)) < 1e-8",
      "abs(VP.signal(0.3) - exp(-0.5 * (0.03 + 19.9 * 0.09 / 2))) < 1e-6",
      "abs(VP.deviation(0.25) ^ 2 - (1 - exp(-(0.025 + 19.9 * 0.0625 / 2)))) < 1e-5",
      "abs(VP.forward(2, 0.5, 1) - (2 * VP.signal(1) + 0.5 * VP.deviation(1))) < 1e-12",
      "abs(SubVP.deviation(0.5) - (1 - exp(-(0.05 + 19.9 * 0.125)))) < 1e-4",
      "VE.signal(0.4) == 1",
      "abs(VE.deviation(1) ^ 2 / (0.01 ^ 2 * (5000 ^ 2 - 1)) - 1) < 1e-4",
      "abs(OU.signal(1.5) - exp(-3)) < 1e-6",
      "abs(OU.shift(1.5) - 3 * (1 - exp(-3))) < 1e-5",
      "abs(OU.deviation(1.5) ^ 2 - 0.25 / 4 * (1 - exp(-6))) < 1e-6",
      "abs(slow.signal(1.5) - exp(-1.5)) < 1e-6",
      "abs(Shifted.signal(2) - 2) < 1e-6",
      "Shifted.forward(4, 100, 2) == 8",
      "abs(ddpm.alphabar[999] - 4.0358e-5) < 1e-8",
      "abs(ddpm(steps: 50, beta: cosine_levels).alphabar[24] - 0.4938) < 1e-4",
      "foreseeing.target(1, 2, 3) == 1",
      "ddpm.target(1, 2, 3) == 2"})
  void isDistributedAsItsEquationSays(String fact) {
    String left = fact.replaceAll(" (<|==) .*", "");
    String rest = fact.substring(left.length());
    assertEquals("", CheckerTest.errors(PROCESSES + "\nassert number(" + left + ")" + rest), fact);
    String wrong = rest.startsWith(" <") ? " > " + rest.substring(3) : " != " + rest.substring(4);
    assertTrue(CheckerTest.errors(PROCESSES + "\nassert number(" + left + ")" + wrong).contains("does not hold"), fact);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void eachCallOfADrawIsADraw(String second) {
    var draws = CheckerTest.check("network Times(x: float) -> (a: float, b: float) {\n"
        + "let a = x + ddpm.draw_time()\nlet b = x + ddpm.draw_time()\n(a, " + second + ") }").networks().get(0);
    boolean same = draws.results().get(0).node() == draws.results().get(1).node();
    assertEquals(second.equals("a"), same);
    assertEquals(second.equals("a") ? 1 : 2, sites(draws));
  }

  private static long sites(NetworkProgram network) {
    var roots = network.results().stream().map(Port::node).toList();
    return dlv.compiler.ir.Graph.topological(roots).stream()
        .filter(node -> node.op() instanceof dlv.compiler.ir.Op.Random).map(node ->
            ((dlv.compiler.ir.Op.Random) node.op()).site()).distinct().count();
  }
}
