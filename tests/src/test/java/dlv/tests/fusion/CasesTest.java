package dlv.tests.fusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.Compiler;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.lower.Lower;
import dlv.compiler.lower.Lowered;
import dlv.compiler.memory.Entry;
import dlv.compiler.memory.Plan;
import dlv.compiler.memory.Rehearsal;
import dlv.compiler.pass.Passes;
import dlv.compiler.source.SourceFile;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import dlv.tests.Golden;
import dlv.tests.Near;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of {@code cases/fusion}: which kernels their train blocks become, and that these compute the same. */
class CasesTest {
  private static final Path CASES = Path.of("cases/fusion");
  private static final Map<String, Long> SIZES = Map.of("batch", 4L, "digits.rows", 9L, "held.digits.rows", 9L);

  static Stream<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".dlv")).sorted().toList()
          .stream();
    }
  }

  private static Lowered lowered(String file) throws IOException {
    var source = new SourceFile(file, Files.readString(CASES.resolve(file)));
    TrainProgram train = Compiler.check(source, Compiler.Given.NOTHING).trains().get(0);
    return Lower.train(train);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void kernelsAreAsWrittenDown(String file) throws IOException {
    String outlines = lowered(file).entries().stream().map(entry -> Compiler.schedule(entry).outline())
        .collect(Collectors.joining("\n"));
    Golden.check("fusion/" + file.replace(".dlv", ".txt"), outlines);
  }

  /** One step, and one evaluation, in the planned buffers. */
  @ParameterizedTest
  @MethodSource("cases")
  void plansMeanTheSame(String file) throws IOException {
    Lowered lowered = lowered(file);
    Plan plan = Compiler.plan(lowered, Flavour.CPU_BATCH);
    for (int i = 0; i < plan.entries().size(); i++) {
      Entry entry = plan.entries().get(i);
      Graph graph = Passes.run(lowered.entries().get(i));
      Bindings bindings = bindings(graph);
      Interpreter.Results expected = Interpreter.evaluate(graph, bindings);
      Interpreter.Results found = Rehearsal.evaluate(plan, entry, bindings);
      Near.check(expected.outputs(), found.outputs(), 1e-12);
      Near.check(expected.states(), found.states(), 1e-12);
      assertEquals(graph.updates().size(), found.states().size());
    }
  }

  /** Small random values; statistics and second moments are not negative. */
  private static Bindings bindings(Graph graph) {
    var random = new Random(4);
    var inputs = new HashMap<String, Array>();
    var states = new HashMap<String, Array>();
    for (var node : graph.substitute(new Bindings(Map.of(), Map.of(), SIZES).dims()).nodes()) {
      if (node.op() instanceof Op.Input input) {
        inputs.put(input.name(), array(random, input.element(), input.shape(), 0));
      } else if (node.op() instanceof Op.State state) {
        double low = state.path().contains(".v") ? 0.01 : -0.3;
        states.put(state.path(), array(random, state.element(), state.shape(), low));
      }
    }
    return new Bindings(inputs, states, SIZES);
  }

  private static Array array(Random random, Element element, Shape shape, double low) {
    int n = (int) Arrays.stream(shape.values()).reduce(1, (a, b) -> a * b);
    double[] data = switch (element) {
      case FLOAT, BF16 -> random.doubles(n, low, 0.3).toArray();
      case BYTE -> random.ints(n, 0, 10).asDoubleStream().toArray();
      case INT -> random.ints(n, 0, 4).asDoubleStream().toArray();
      case BOOL -> random.ints(n, 0, 2).asDoubleStream().toArray();
    };
    return new Array(element, shape.values(), data);
  }
}
