package dlv.tests.graph;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.autodiff.Differentiate;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Role;
import dlv.compiler.lower.Arena;
import dlv.compiler.lower.Lower;
import dlv.compiler.lower.Lowered;
import dlv.compiler.pass.Passes;
import dlv.compiler.simplify.Sharing;
import dlv.compiler.source.SourceFile;
import dlv.compiler.type.Element;
import dlv.tests.Near;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks from their text to a training iteration, on the interpreter: what simplification, rows beyond the batch and
 * a few steps of training do to them.
 */
class TextNetworksTest {
  private static final long ROWS = 9;
  private static final long BATCH = 6;

  private static final String STRIDED = """
        -> Conv2D(3, kernel: 5, stride: 3, padding: same) -> tanh
        -> Conv2D(4, kernel: 3, dilation: 2) -> sigmoid
        -> Flatten""";
  private static final String POOLED = """
        -> Conv2D(2, kernel: 4, stride: 4) -> swish
        -> MaxPool(3, stride: 2)
        -> Flatten""";
  private static final String NORMALISED = """
        -> AvgPool(4)
        -> Conv2D(3, kernel: 3, stride: 2) -> BatchNorm -> relu
        -> Flatten
        -> LayerNorm""";
  private static final String DROPPED = """
        -> AvgPool(7)
        -> Flatten
        -> Dropout(0.4)""";

  private static String text(String stem) {
    return """
        network swish(x: float[...]) -> float[...] {
          x * sigmoid(1.5 * x)
        }

        network Net(image: float[1, 28, 28]) -> digit: float[10] {
          image
        %s
            -> Dense(10)
        }

        train Digits {
          data  digits = digits()
          model net    = Net

          let digit = net(digits.image)
          minimize cross_entropy(digit, digits.label) with adam(rate: 2e-2)
          report   accuracy(digit, digits.label)

          batch 6
          epochs 1
        }
        """.formatted(stem);
  }

  private static Graph iteration(String stem) {
    var program = Compiler.check(new SourceFile("odd.dlv", text(stem)), Compiler.Given.NOTHING);
    return Lower.train(program.trains().get(0)).entries().get(0);
  }

  /** Values for everything that the graph reads, weights and pictures by chance. */
  private static Bindings bindings(Graph graph, long capacity) {
    var random = new Random(4);
    var sizes = Map.of("batch", capacity, "digits.rows", ROWS);
    var inputs = new HashMap<String, Array>();
    var states = new HashMap<String, Array>();
    var dims = new Bindings(Map.of(), Map.of(), sizes).dims();
    for (Node node : Graph.topological(graph.roots())) {
      if (node.op() instanceof Op.Input input) {
        inputs.computeIfAbsent(input.name(), name -> input(input, input.shape().substitute(dims).values(), random));
      } else if (node.op() instanceof Op.State state) {
        states.computeIfAbsent(state.path(), path -> state(state, state.shape().substitute(dims).values()));
      }
    }
    return new Bindings(inputs, states, sizes);
  }

  private static Array input(Op.Input input, long[] shape, Random random) {
    if (input.name().endsWith(".order")) {
      return Array.ints(new double[] {3, 1, 4, 0, 8, 5, 2, 6, 7}, shape);
    }
    int bound = input.element() == Element.BYTE ? 256 : 10;
    return new Array(input.element(), shape, random.ints(elements(shape), 0, bound).asDoubleStream().toArray());
  }

  private static Array state(Op.State state, long[] shape) {
    var random = new Random(state.path().hashCode());
    double[] data = switch (state.role()) {
      case WEIGHT -> random.doubles(elements(shape), -0.3, 0.3).toArray();
      case STATISTIC -> random.doubles(elements(shape), 0.5, 1.5).toArray();
      case OPTIMISER, EMA, CARRY, COUNTER -> new double[elements(shape)];
    };
    return new Array(state.element(), shape, data);
  }

  private static int elements(long[] shape) {
    int n = 1;
    for (long size : shape) {
      n *= (int) size;
    }
    return n;
  }

  @ParameterizedTest
  @ValueSource(strings = {STRIDED, POOLED, NORMALISED, DROPPED})
  void simplifyingKeepsEveryState(String stem) {
    Graph graph = iteration(stem);
    Bindings bindings = bindings(graph, BATCH);
    var expected = Interpreter.evaluate(Differentiate.in(Sharing.in(graph)), bindings);
    Near.check(expected.states(), Interpreter.evaluate(Passes.run(graph), bindings).states(), 1e-9);
  }

  /** Rows that fill the capacity change nothing: not the loss, not the statistics, not one weight. */
  @ParameterizedTest
  @ValueSource(strings = {STRIDED, POOLED, NORMALISED, DROPPED})
  void deadRowsCountForNothing(String stem) {
    Graph graph = Passes.run(iteration(stem));
    var exact = Interpreter.evaluate(graph, bindings(graph, BATCH));
    var filled = Interpreter.evaluate(graph, bindings(graph, BATCH + 5));
    Near.check(exact.states(), filled.states(), 1e-9);
  }

  /** Arenas so short that each holds a tensor or two: every weight and optimiser state takes the same step. */
  @Test
  void stepsAreTheSameWhereArenasAreCut() {
    String text = text(NORMALISED).replace("adam(rate: 2e-2)", "adam(rate: 2e-2) clip 0.5");
    TrainProgram train = Compiler.check(new SourceFile("odd.dlv", text), Compiler.Given.NOTHING).trains().get(0);
    Lowered whole = Lower.train(train);
    Lowered cut = Lower.train(train, 64);
    assertTrue(cut.arenas().size() > whole.arenas().size() + 6, cut.arenas().size() + " arenas");
    for (Arena arena : cut.arenas()) {
      assertTrue(arena.length() <= 64 || arena.places().size() == 1, arena.name());
    }
    Near.check(stepped(whole), stepped(cut), 1e-12);
  }

  /** The tensors of all arenas after a step, by path; the clipping norm is common to all. */
  private static Map<String, Array> stepped(Lowered lowered) {
    Graph graph = Passes.run(lowered.entries().get(0));
    Bindings bindings = bindings(graph, BATCH);
    var states = new HashMap<>(bindings.states());
    List<Arena> arenas = lowered.arenas().stream().filter(a -> states.containsKey(a.name())).toList();
    for (Arena arena : arenas) {
      double[] data = states.get(arena.name()).data();
      for (Arena.Place place : arena.places()) {
        var random = new Random(place.state().path().hashCode());
        for (int i = 0; i < place.state().shape().elements().value(); i++) {
          data[(int) place.offset() + i] = arena.role() == Role.WEIGHT ? random.nextDouble() - 0.5 : 0;
        }
      }
    }
    var after = Interpreter.evaluate(graph, bindings.withStates(states)).states();
    var tensors = new HashMap<String, Array>();
    for (Arena arena : arenas) {
      double[] data = after.get(arena.name()).data();
      for (Arena.Place place : arena.places()) {
        long n = place.state().shape().elements().value();
        tensors.put(place.state().path(), new Array(Element.FLOAT, new long[] {n},
            Arrays.copyOfRange(data, (int) place.offset(), (int) (place.offset() + n))));
      }
    }
    return tensors;
  }

  @ParameterizedTest
  @ValueSource(strings = {STRIDED, POOLED, NORMALISED, DROPPED})
  void trainingLowersTheLoss(String stem) {
    Graph graph = Passes.run(iteration(stem));
    Bindings bindings = bindings(graph, BATCH);
    double first = 0;
    double last = 0;
    for (int step = 0; step < 25; step++) {
      double before = bindings.states().get("sum.loss").data()[0];
      bindings = bindings.withStates(Interpreter.evaluate(graph, bindings).states());
      double loss = bindings.states().get("sum.loss").data()[0] - before;
      first = step == 0 ? loss : first;
      last = loss;
    }
    assertTrue(last < 0.8 * first, "the loss went from " + first + " to " + last);
  }
}
