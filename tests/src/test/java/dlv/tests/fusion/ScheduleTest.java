package dlv.tests.fusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.fuse.Fuse;
import dlv.compiler.fuse.Interpretation;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Origin;
import dlv.compiler.pass.Passes;
import dlv.tests.Near;
import dlv.tests.samples.OpSamples;
import dlv.tests.samples.RandomNetworks;
import dlv.tests.samples.Sample;
import dlv.tests.samples.ScanSamples;
import java.util.ArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the graph, its kernels in order mean what it means. */
class ScheduleTest {
  static Stream<Sample> samples() {
    return Stream.of(OpSamples.all(3).stream(), ScanSamples.withGradients(3, 2).stream(),
        LongStream.range(0, 120).mapToObj(seed -> RandomNetworks.of(seed, 3))).flatMap(s -> s);
  }

  static Stream<Sample> smooth() {
    return OpSamples.all(3).stream().filter(s -> s.isReal() && !s.smooth().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void kernelsMeanWhatTheGraphMeans(Sample sample) {
    check(sample, Passes.run(sample.graph()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void withNumbersForTheBatchToo(Sample sample) {
    check(sample, Passes.run(sample.graph()).substitute(sample.bindings().dims()));
  }

  /** The gradient of the squared gradient: the graphs that penalties on gradients make. */
  @ParameterizedTest
  @MethodSource("smooth")
  void gradientsOfGradients(Sample sample) {
    var build = new Build(Origin.NONE);
    var outputs = new ArrayList<>(sample.graph().outputs());
    for (String name : sample.smooth()) {
      var input = sample.input(name);
      var gradient = build.derivative(build.sum(build.mul(sample.output(), sample.output())), input);
      outputs.add(new Graph.Output("first " + name, gradient));
      var square = build.sum(build.mul(gradient, gradient));
      outputs.add(new Graph.Output("second " + name, build.derivative(square, input)));
    }
    check(sample, Passes.run(new Graph(sample.name(), outputs, sample.graph().updates())));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void schedulesAreDeterministic(Sample sample) {
    assertEquals(Fuse.in(Passes.run(sample.graph())).text(), Fuse.in(Passes.run(sample.graph())).text());
  }

  private static void check(Sample sample, Graph graph) {
    Interpreter.Results expected = Interpreter.evaluate(graph, sample.bindings());
    Interpreter.Results found = Interpretation.evaluate(Fuse.in(graph), sample.bindings());
    Near.check(expected.outputs(), found.outputs(), 1e-13);
    Near.check(expected.states(), found.states(), 1e-13);
  }
}
