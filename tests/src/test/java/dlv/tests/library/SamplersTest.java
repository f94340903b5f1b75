package dlv.tests.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.Compiler;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.source.SourceFile;
import dlv.compiler.type.Element;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samplers where the answer is known: the noise in x is that of a normal target, whose samples have its moments. */
class SamplersTest {
  private static final int SAMPLES = 2000;
  private static final double MEAN = 2;
  private static final double DEVIATION = 0.5;

  private static final String PROCESSES = """
      process VP { time = 0 .. 1  beta(t) = 0.1 + t * 19.9
        drift(x, t) = -0.5 * beta(t) * x  diffusion(t) = sqrt(beta(t)) }

      process VE { time = 0 .. 1  drift(x, t) = 0  diffusion(t) = 0.01 * 5000 ^ t * sqrt(2 * log(5000)) }

      let chain  = ddpm(steps: 200, beta: linear(1e-4, 0.08))
      let direct = ddpm(steps: 200, beta: linear(1e-4, 0.08), predicts: clean)
      let moving = ddpm(steps: 200, beta: linear(1e-4, 0.08), predicts: velocity)

      /// What is to be predicted, given that x0 is normal: the mean of all noise that could have led to x.
      network Known(x: float[n], t: float) -> float[n] {
        let signal = PROCESS.signal(t)
        let noise  = PROCESS.deviation(t) * (x - 2 * signal) / (0.25 * signal ^ 2 + PROCESS.deviation(t) ^ 2)
        PROCESS.target((x - PROCESS.deviation(t) * noise) / signal, noise, t)
      }

      network Samples(x: float[2000]) -> float[2000] {
        0 * x + PROCESS.reverse(Known, shape: [2000], sampler: SAMPLER)
      }
      """;

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "chain; ddim(steps: 50)",
      "chain; ddim(steps: 40, eta: 0.5)",
      "chain; ancestral",
      "chain; ddim(steps: 50, bound: 4)",
      "direct; ddim(steps: 50)",
      "moving; ancestral",
      "VP; euler_maruyama(steps: 400)",
      "VP; probability_flow(steps: 200)",
      "VP; predictor_corrector(steps: 150, snr: 0.05)",
      "VE; euler_maruyama(steps: 600)",
      "VE; annealed_langevin(levels: 30, each: 100, size: 0.3)"})
  void samplesHaveTheMomentsOfTheTarget(String process, String sampler) {
    String text = PROCESSES.replace("PROCESS", process).replace("SAMPLER", sampler);
    NetworkProgram program = Compiler.check(new SourceFile("samples.dlv", text), Compiler.Given.NOTHING).networks()
        .stream().filter(network -> network.name().equals("Samples")).findFirst().orElseThrow();
    Map<String, Array> inputs = Map.of("x", Array.filled(Element.FLOAT, 0, SAMPLES));
    double[] samples = Use.evaluate(program.results().get(0).node(), new Bindings(inputs, Use.CHANCE, Map.of())).data();
    double mean = Arrays.stream(samples).average().orElseThrow();
    double variance = Arrays.stream(samples).map(x -> (x - mean) * (x - mean)).sum() / (SAMPLES - 1);
    assertEquals(MEAN, mean, 0.05, "the mean, four standard errors of which are 0.045");
    assertEquals(DEVIATION, Math.sqrt(variance), 0.05, "the deviation");
  }
}
