package dlv.tests.fusion;

import dlv.compiler.fuse.Fuse;
import dlv.compiler.fuse.Interpretation;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.type.Element;
import dlv.tests.Golden;
import dlv.tests.Near;
import dlv.tests.samples.SampleGraphs;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The training step of LeNet-5 in sixteen kernels, beside the gather and the scalars. */
class LeNetScheduleTest {
  private static final int ROWS = 6;

  @Test
  void kernelsAreAsWrittenDown() {
    Golden.check("fusion/lenet5-step.txt", Fuse.in(SampleGraphs.lenet5Step(60_000)).outline());
  }

  @Test
  void stepsMeanTheSameKernelByKernel() {
    Graph graph = SampleGraphs.lenet5Step(ROWS);
    Schedule schedule = Fuse.in(graph);
    Bindings bindings = bindings();
    for (int step = 0; step < 2; step++) {
      Interpreter.Results expected = Interpreter.evaluate(graph, bindings);
      Interpreter.Results found = Interpretation.evaluate(schedule, bindings);
      Near.check(expected.outputs(), found.outputs(), 1e-12);
      Near.check(expected.states(), found.states(), 1e-12);
      bindings = bindings.withStates(expected.states());
    }
  }

  static Bindings bindings() {
    var random = new Random(1);
    var inputs = Map.of("digits.order", Array.ints(new double[] {3, 1, 4, 0, 5, 2}, ROWS),
        "digits.image", new Array(Element.BYTE, new long[] {ROWS, 1, 28, 28},
            random.ints(ROWS * 784, 0, 256).asDoubleStream().toArray()),
        "digits.label", new Array(Element.BYTE, new long[] {ROWS}, new double[] {3, 1, 4, 1, 5, 9}));
    var states = new HashMap<String, Array>();
    states.put("net", Array.floats(random.doubles(61_706, -0.1, 0.1).toArray(), 61_706));
    states.put("net.m", Array.filled(Element.FLOAT, 0, 61_706));
    states.put("net.v", Array.filled(Element.FLOAT, 0, 61_706));
    states.put("step", Array.scalar(Element.INT, 0));
    return new Bindings(inputs, states, Map.of("batch", 2L));
  }
}
