package dlv.tests.device;

import dlv.compiler.ir.Node;
import dlv.compiler.layout.Flavour;
import dlv.runtime.opencl.Context;
import dlv.runtime.opencl.OpenClDevice;
import dlv.tests.samples.OpSamples;
import dlv.tests.samples.RandomNetworks;
import dlv.tests.samples.RowSamples;
import dlv.tests.samples.Sample;
import java.util.List;

/**
 * Every kernel at a tiny size on the first device of the process, which is Oclgrind where {@link OclgrindTest} starts
 * it: one buffer a value, so that no access lands in a neighbour.
 */
final class CheckedMemory {
  private CheckedMemory() {}

  public static void main(String[] arguments) {
    Flavour flavour = Flavour.valueOf(arguments[0]);
    try (Context context = Context.open(OpenClDevice.all().get(0))) {
      System.out.println("device: " + context.info().platform());
      List<Sample> samples = OpSamples.all(16);
      List<DeviceRun> runs = samples.stream().map(sample ->
          new DeviceRun(OpDeviceTest.single(sample.graph()), flavour, sample.bindings(), context)).toList();
      var program = context.build("samples", DeviceRun.source(runs));
      int checked = 0;
      for (int i = 0; i < runs.size(); i++) {
        runs.get(i).bind(program);
        runs.get(i).launch();
        var reference = new Reference(runs.get(i).schedule().graph(), samples.get(i).bindings());
        for (Node node : runs.get(i).stored()) {
          reference.check(node, runs.get(i).result(node), samples.get(i).name());
          checked++;
        }
      }
      for (long seed = 0; seed < 3; seed++) {
        RandomNetworksDeviceTest.check(RandomNetworks.of(seed, 16), flavour, context);
      }
      for (Sample sample : RowSamples.all(16)) {
        RandomNetworksDeviceTest.check(sample, flavour, context);
      }
      System.out.println("values: " + checked);
    }
  }
}
