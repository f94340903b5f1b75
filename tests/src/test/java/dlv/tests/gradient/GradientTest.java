package dlv.tests.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.autodiff.Differentiate;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Scalar;
import dlv.compiler.ir.Verifier;
import dlv.compiler.pass.Passes;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import dlv.tests.Near;
import dlv.tests.samples.OpSamples;
import dlv.tests.samples.Sample;
import dlv.tests.samples.ScanSamples;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sample's derivative by each input, and the derivative of that, against central differences along random
 * directions.
 */
class GradientTest {
  /** Near the cube root of the spacing of doubles at 1, where truncation and rounding are alike small. */
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;
  private static final int DIRECTIONS = 3;

  private final Build build = new Build(Origin.NONE);

  static Stream<Sample> samples() {
    return Stream.concat(OpSamples.all(3).stream(), ScanSamples.all(3).stream()).filter(s -> s.isReal() && !s.smooth().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void firstDerivative(Sample sample) {
    for (String input : sample.smooth()) {
      check(sample, weighted(sample), input);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void secondDerivative(Sample sample) {
    for (String first : sample.smooth()) {
      Node gradient = build.derivative(weighted(sample), sample.input(first));
      for (String second : sample.smooth()) {
        check(sample, weighted(gradient), second);
      }
    }
  }

  /** All float outputs at once: the results of one loop, say. */
  private Node weighted(Sample sample) {
    return sample.graph().outputs().stream().map(Graph.Output::node).filter(node -> node.element() == Element.FLOAT)
        .map(this::weighted).reduce(build::add).orElseThrow();
  }

  /** Σ y·w with weights that differ from element to element, so that no two adjoints look alike. */
  private Node weighted(Node y) {
    Node all = build.reshape(y, Shape.of(y.shape().elements()));
    Node number = build.map(Scalar.TO_FLOAT, build.index(all.dim(0)));
    Node weight = build.map(Scalar.COS, build.scale(number, 0.7));
    return build.sum(build.mul(all, build.add(weight, build.constant(0.3, all.shape()))));
  }

  private void check(Sample sample, Node objective, String input) {
    var outputs = List.of(new Graph.Output("value", objective),
        new Graph.Output("gradient", build.derivative(objective, sample.input(input))));
    Graph graph = new Graph(sample.name(), outputs, List.of());
    Graph plain = Differentiate.in(graph);
    Verifier.check(plain, Verifier.Form.DIFFERENTIATED, "differentiate");
    Array gradient = Interpreter.evaluate(plain, sample.bindings()).outputs().get("gradient");
    Near.check(gradient, Interpreter.evaluate(Passes.run(graph), sample.bindings()).outputs().get("gradient"), 1e-12,
        sample.name() + " simplified");
    Graph value = new Graph(sample.name(), plain.outputs().subList(0, 1), List.of());
    var random = new Random(5);
    for (int i = 0; i < DIRECTIONS; i++) {
      double[] direction = random.doubles(gradient.size(), -1, 1).toArray();
      double expected = (at(value, sample.bindings(), input, direction, STEP)
          - at(value, sample.bindings(), input, direction, -STEP)) / (2 * STEP);
      double found = 0;
      double scale = 1;
      for (int j = 0; j < direction.length; j++) {
        found += direction[j] * gradient.data()[j];
        scale += Math.abs(direction[j] * gradient.data()[j]);
      }
      assertEquals(expected, found, TOLERANCE * scale, sample.name() + " by " + input);
    }
  }

  private static double at(Graph graph, Bindings bindings, String input, double[] direction, double step) {
    Array x = bindings.inputs().get(input);
    double[] moved = x.data().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    var inputs = new HashMap<>(bindings.inputs());
    inputs.put(input, new Array(x.element(), x.shape(), moved));
    var there = new Bindings(inputs, bindings.states(), bindings.dimensions());
    return Interpreter.evaluate(graph, there).outputs().get("value").data()[0];
  }
}
