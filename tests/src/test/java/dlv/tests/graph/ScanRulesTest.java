package dlv.tests.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Fuse;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.fuse.Steps;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.pass.Passes;
import dlv.tests.Near;
import dlv.tests.samples.Sample;
import dlv.tests.samples.ScanSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What leaves loops, what is merged in them, and how many kernels a step is, for known cells and unknown ones. */
class ScanRulesTest {
  static Stream<Sample> samples() {
    return ScanSamples.withGradients(3, 1).stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void rulesKeepValues(Sample sample) {
    var plain = new Graph(sample.name(), sample.graph().outputs().stream()
        .filter(output -> !output.name().startsWith("gradient")).toList(), List.of());
    var expected = Interpreter.evaluate(plain, sample.bindings()).outputs();
    var found = Interpreter.evaluate(Passes.run(plain), sample.bindings()).outputs();
    Near.check(expected, found, 1e-13);
  }

  /** Products in all loops' steps and outside of loops, of the outputs and their gradients. */
  @ParameterizedTest
  @CsvSource({"rows-elman, 2, 4", "rows-lstm, 2, 4", "rows-lstm-reversed, 2, 4", "rows-gru, 2, 4",
      "rows-drifting, 2, 4", "rows-minimal-gated, 4, 5"})
  void productsInAndOutOfSteps(String cell, int inside, int outside) {
    Graph graph = graph(cell);
    List<Node> nodes = graph.nodes();
    int steps = Loop.told(nodes).entrySet().stream().mapToInt(e -> products(e.getKey().nodes(e.getValue()))).sum();
    assertEquals(inside + " inside, " + outside + " outside", steps + " inside, " + products(nodes) + " outside");
  }

  /** Kernels of each loop's step. */
  @ParameterizedTest
  @CsvSource({"rows-elman, 1 2", "rows-lstm, 1 3", "rows-gru, 1 4", "rows-drifting, 1 3", "rows-minimal-gated, 2 3"})
  void kernelsOfAStep(String cell, String expected) {
    Schedule schedule = Fuse.in(graph(cell));
    var counts = new ArrayList<String>();
    for (Kernel kernel : schedule.kernels()) {
      if (kernel.form() == Form.LOOP) {
        Steps steps = schedule.loops().get(kernel.name());
        counts.add(Integer.toString(steps.schedule().kernels().size()));
      }
    }
    assertEquals(expected, String.join(" ", counts), schedule::text);
  }

  private static Graph graph(String cell) {
    Sample sample = samples().filter(s -> s.name().equals("scan/" + cell + "-gradients")).findFirst().orElseThrow();
    return Passes.run(sample.graph());
  }

  private static int products(List<Node> nodes) {
    return (int) nodes.stream().filter(node -> node.is(Op.Contract.class)).count();
  }
}
