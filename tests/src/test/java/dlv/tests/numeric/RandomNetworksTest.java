package dlv.tests.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.autodiff.Differentiate;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.pass.Passes;
import dlv.compiler.simplify.Sharing;
import dlv.compiler.simplify.Simplify;
import dlv.tests.Near;
import dlv.tests.samples.RandomNetworks;
import dlv.tests.samples.Sample;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks by chance: simplified = plain, and their updates follow the slope of their loss. */
class RandomNetworksTest {
  static Stream<Sample> networks() {
    return LongStream.range(0, 60).mapToObj(seed -> RandomNetworks.of(seed, 3));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void simplifyingKeepsValues(Sample sample) {
    Graph plain = Differentiate.in(Sharing.in(sample.graph()));
    var expected = Interpreter.evaluate(plain, sample.bindings());
    Graph simple = Passes.run(sample.graph());
    assertEquals(simple.roots(), Simplify.in(simple).roots());
    var found = Interpreter.evaluate(simple, sample.bindings());
    Near.check(expected.outputs(), found.outputs(), 1e-12);
    Near.check(expected.states(), found.states(), 1e-12);
  }

  /** The change of the weights is -0.1 times the gradient: along any direction, it tells the slope of the loss. */
  @ParameterizedTest
  @MethodSource("networks")
  void updatesFollowTheSlope(Sample sample) {
    if (sample.graph().updates().isEmpty()) {
      return;
    }
    Graph graph = Passes.run(sample.graph());
    Array now = sample.bindings().states().get("net");
    Array next = Interpreter.evaluate(graph, sample.bindings()).states().get("net");
    double[] direction = new Random(3).doubles(now.size(), -1, 1).toArray();
    double found = 0;
    double scale = 1e-3;
    for (int i = 0; i < direction.length; i++) {
      double part = (now.data()[i] - next.data()[i]) / 0.1 * direction[i];
      found += part;
      scale += Math.abs(part);
    }
    double step = 1e-6;
    double slope = (loss(graph, sample.bindings(), direction, step) - loss(graph, sample.bindings(), direction, -step))
        / (2 * step);
    assertEquals(slope, found, 1e-5 * scale);
  }

  private static double loss(Graph graph, Bindings bindings, double[] direction, double step) {
    double[] moved = bindings.states().get("net").data().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    var there = bindings.withStates(Map.of("net", Array.floats(moved, moved.length)));
    return Interpreter.evaluate(graph, there).outputs().get("loss").data()[0];
  }
}
