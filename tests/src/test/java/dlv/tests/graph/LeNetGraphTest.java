package dlv.tests.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.autodiff.Differentiate;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Printer;
import dlv.compiler.simplify.Sharing;
import dlv.compiler.type.Element;
import dlv.tests.Golden;
import dlv.tests.Near;
import dlv.tests.samples.SampleGraphs;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The training step that fusion and code generation are developed against. */
class LeNetGraphTest {
  private static final int ROWS = 6;

  @Test
  void stepReadsAsWrittenDown() {
    Golden.check("graph/lenet5-step.txt", Printer.print(SampleGraphs.lenet5Step(60_000)));
  }

  @Test
  void printingIsDeterministic() {
    assertEquals(Printer.print(SampleGraphs.lenet5Step(100)), Printer.print(SampleGraphs.lenet5Step(100)));
  }

  @Test
  void simplifyingKeepsEveryValue() {
    Graph plain = Differentiate.in(Sharing.in(SampleGraphs.lenet5(ROWS)));
    Interpreter.Results expected = Interpreter.evaluate(plain, bindings());
    Interpreter.Results found = Interpreter.evaluate(SampleGraphs.lenet5Step(ROWS), bindings());
    Near.check(expected.outputs(), found.outputs(), 1e-12);
    Near.check(expected.states(), found.states(), 1e-9);
  }

  @Test
  void stepsLearn() {
    Graph graph = SampleGraphs.lenet5Step(ROWS);
    Bindings bindings = bindings();
    double first = 0;
    double last = 0;
    int epoch = ROWS / 2;
    for (int step = 0; step < 4 * epoch; step++) {
      Interpreter.Results results = Interpreter.evaluate(graph, bindings);
      double loss = results.outputs().get("loss").data()[0] / epoch;
      first += step < epoch ? loss : 0;
      last += step >= 3 * epoch ? loss : 0;
      bindings = bindings.withStates(results.states());
    }
    assertTrue(last < first - 0.2, first + " became " + last);
  }

  private static Bindings bindings() {
    var random = new Random(1);
    double[] weights = random.doubles(61_706, -0.1, 0.1).toArray();
    double[] images = random.ints(ROWS * 784, 0, 256).asDoubleStream().toArray();
    var inputs = Map.of("digits.order", Array.ints(new double[] {3, 1, 4, 0, 5, 2}, ROWS),
        "digits.image", new Array(Element.BYTE, new long[] {ROWS, 1, 28, 28}, images),
        "digits.label", new Array(Element.BYTE, new long[] {ROWS}, new double[] {3, 1, 4, 1, 5, 9}));
    var states = new HashMap<String, Array>();
    states.put("net", Array.floats(weights, 61_706));
    states.put("net.m", Array.filled(Element.FLOAT, 0, 61_706));
    states.put("net.v", Array.filled(Element.FLOAT, 0, 61_706));
    states.put("step", Array.scalar(Element.INT, 0));
    return new Bindings(inputs, states, Map.of("batch", 2L));
  }
}
