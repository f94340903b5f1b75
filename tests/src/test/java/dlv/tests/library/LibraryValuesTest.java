package dlv.tests.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.autodiff.Differentiate;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Optimiser.Equations;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Origin;
import dlv.compiler.source.SourceFile;
import dlv.tests.Near;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every library declaration against loops of its own, and against differences. */
class LibraryValuesTest {
  private static final double STEP = 1e-5;

  static List<Use> uses() {
    return Uses.all();
  }

  /** Neither what decides, nor what passes no gradient on, nor chance of size 0, whose root has no derivative. */
  static Stream<Use> smoothUses() {
    return Uses.all().stream().filter(use -> !use.body().contains("accuracy") && !use.body().contains("one_hot")
        && !use.body().contains("Langevin") && !use.body().contains("Spectral"));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void valuesAreThoseOfPlainLoops(Use use) {
    NetworkProgram program = use.program();
    Bindings bindings = use.bindings(program);
    Map<String, double[]> values = Use.values(bindings);
    values.put("v1", values.get("v"));
    values.put("v", bindings.inputs().get("v").data());
    Array found = Use.evaluate(program.results().get(0).node(), bindings);
    Near.check(Array.floats(use.expected().apply(values), found.shape()), found, 1e-10, use.body());
  }

  @Test
  void everyNetworkHasAUse() throws IOException {
    Path folder = Path.of("../compiler/src/main/resources/dlv/std");
    List<String> bodies = Uses.all().stream().map(Use::body).toList();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".dlv")).sorted().toList()) {
        Matcher name = Pattern.compile("(?m)^(?:network|cell) (\\w+)\\((?!w:)").matcher(Files.readString(file));
        while (name.find()) {
          Pattern word = Pattern.compile("\\b" + name.group(1) + "\\b");
          assertTrue(bodies.stream().anyMatch(body -> word.matcher(body).find()), name.group(1) + " has no use");
        }
      }
    }
  }

  /** The derivative by each input and weight, along a random direction, against a central difference. */
  @ParameterizedTest
  @MethodSource("smoothUses")
  void gradientsAreThoseOfDifferences(Use use) {
    NetworkProgram program = use.program();
    Bindings bindings = use.bindings(program);
    Build build = new Build(Origin.NONE);
    Node sum = build.sum(build.map(dlv.compiler.ir.Scalar.SIN, program.results().get(0).node()));
    for (Node leaf : Graph.topological(List.of(sum))) {
      boolean real = leaf.operands().isEmpty() && leaf.element() == dlv.compiler.type.Element.FLOAT
          && !leaf.is(dlv.compiler.ir.Op.Constant.class);
      if (real) {
        check(use, build, sum, leaf, bindings);
      }
    }
  }

  private static void check(Use use, Build build, Node sum, Node leaf, Bindings bindings) {
    Graph graph = Differentiate.in(new Graph("use", List.of(new Graph.Output("answer", sum),
        new Graph.Output("gradient", build.derivative(sum, leaf))), List.of()));
    double[] gradient = Interpreter.evaluate(graph, bindings).outputs().get("gradient").data();
    double[] direction = new Random(3).doubles(gradient.length, -1, 1).toArray();
    double difference = (moved(sum, leaf, bindings, direction, STEP) - moved(sum, leaf, bindings, direction, -STEP))
        / (2 * STEP);
    double found = 0;
    double scale = 1;
    for (int i = 0; i < gradient.length; i++) {
      found += gradient[i] * direction[i];
      scale += Math.abs(gradient[i] * direction[i]);
    }
    assertEquals(difference, found, 1e-5 * scale, use.body() + " by " + leaf.op());
  }

  private static double moved(Node sum, Node leaf, Bindings bindings, double[] direction, double step) {
    Map<String, Array> inputs = new HashMap<>(bindings.inputs());
    Map<String, Array> states = new HashMap<>(bindings.states());
    if (leaf.op() instanceof dlv.compiler.ir.Op.Input input) {
      inputs.computeIfPresent(input.name(), (name, array) -> along(array, direction, step));
    } else if (leaf.op() instanceof dlv.compiler.ir.Op.State state) {
      states.computeIfPresent(state.path(), (path, array) -> along(array, direction, step));
    }
    return Use.evaluate(sum, new Bindings(inputs, states, Map.of())).data()[0];
  }

  private static Array along(Array array, double[] direction, double step) {
    double[] data = array.data().clone();
    for (int i = 0; i < data.length; i++) {
      data[i] += step * direction[i];
    }
    return new Array(array.element(), array.shape(), data);
  }

  /** One weight over three steps of gradients 1, -2, 3, from 0.5; the expected values are worked out by hand rules. */
  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "sgd(0.1); plain",
      "sgd(0.1, decay: 0.2); decay",
      "sgd(0.1, momentum: 0.9); momentum",
      "sgd(0.1, momentum: 0.9, nesterov: true); nesterov",
      "adam(0.1); adam",
      "adamw(0.1, decay: 0.3); adamw",
      "rmsprop(0.1, alpha: 0.8); rmsprop",
      "adagrad(0.1); adagrad"})
  void optimisersFollowTheirPapers(String call, String rule) {
    String text = "train T {\n data d = digits()\n model net = Dense(1)\n"
        + " minimize sum(net(Flatten(d.image))) with " + call + "\n epochs 1\n}\n";
    Equations optimiser = Compiler.check(new SourceFile("use.dlv", text), Compiler.Given.NOTHING).trains().get(0)
        .minimize().get(0).optimiser().of(2);
    var reference = new ReferenceOptimiser(rule, 0.1);
    Map<String, Array> states = new HashMap<>();
    optimiser.updates().keySet().forEach(name -> states.put(name, Array.floats(new double[1], 1)));
    double w = 0.5;
    double[] gradients = {1, -2, 3};
    for (int t = 1; t <= gradients.length; t++) {
      Map<String, Array> inputs = Map.of("w", Array.floats(new double[] {w}, 1),
          "g", Array.floats(new double[] {gradients[t - 1]}, 1), "t", Array.floats(new double[] {t}));
      Bindings bindings = new Bindings(inputs, states, Map.of("weights", 1L));
      double next = Use.evaluate(optimiser.weight(), bindings).data()[0];
      assertEquals(reference.step(w, gradients[t - 1], t), next, 1e-12, call + " at step " + t);
      Map<String, Array> later = new HashMap<>();
      optimiser.updates().forEach((name, node) -> later.put(name, Use.evaluate(node, bindings)));
      states.putAll(later);
      w = next;
    }
  }
}
