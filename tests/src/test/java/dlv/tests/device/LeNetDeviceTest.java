package dlv.tests.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.fuse.Fuse;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Node;
import dlv.compiler.layout.Flavour;
import dlv.compiler.type.Element;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.opencl.Context;
import dlv.runtime.opencl.OpenClDevice;
import dlv.tests.samples.SampleGraphs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole training step of LeNet-5, kernel by kernel: each over what the device computed before it. */
@NeedsOpenCl
class LeNetDeviceTest {
  private static final int ROWS = 40;

  @ParameterizedTest
  @MethodSource("dlv.tests.Flavours#asked")
  void everyKernelComputesWhatItsNodesMean(Flavour flavour) {
    Schedule schedule = Fuse.in(SampleGraphs.lenet5Step(ROWS));
    Bindings bindings = bindings(16);
    try (Context context = Context.open(OpenClDevice.all().get(0));
         DeviceRun run = new DeviceRun(schedule, flavour, bindings, context)) {
      run.bind(context.build("lenet5", DeviceRun.source(List.of(run))));
      run.launch();
      for (Kernel kernel : run.schedule().kernels()) {
        var reference = new Reference(run.schedule().graph(), bindings, kernel, run::result);
        for (Node node : kernel.results()) {
          reference.check(node, run.result(node), flavour + " " + kernel.name());
        }
      }
      assertEquals(18, run.schedule().kernels().size());
    }
  }

  static Bindings bindings(long batch) {
    var random = new Random(1);
    double[] order = random.ints(ROWS, 0, ROWS).asDoubleStream().toArray();
    var inputs = Map.of("digits.order", Array.ints(order, ROWS),
        "digits.image", new Array(Element.BYTE, new long[] {ROWS, 1, 28, 28}, ints(random, ROWS * 784, 256)),
        "digits.label", new Array(Element.BYTE, new long[] {ROWS}, ints(random, ROWS, 10)));
    var states = new HashMap<String, Array>();
    states.put("net", floats(random, -0.1, 0.1));
    states.put("net.m", floats(random, -0.1, 0.1));
    states.put("net.v", floats(random, 0, 0.1));
    states.put("step", Array.scalar(Element.INT, 3));
    return new Bindings(inputs, states, Map.of("batch", batch));
  }

  private static double[] ints(Random random, int n, int bound) {
    return random.ints(n, 0, bound).asDoubleStream().toArray();
  }

  private static Array floats(Random random, double low, double high) {
    return Array.floats(random.doubles(61_706, low, high).map(v -> (float) v).toArray(), 61_706);
  }
}
