package dlv.tests.device;

import dlv.compiler.fuse.Fuse;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Node;
import dlv.compiler.layout.Flavour;
import dlv.compiler.pass.Passes;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.opencl.Context;
import dlv.runtime.opencl.OpenClDevice;
import dlv.tests.samples.RandomNetworks;
import dlv.tests.samples.Sample;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks and training steps that nobody tuned for, kernel by kernel. */
@NeedsOpenCl
class RandomNetworksDeviceTest {
  @ParameterizedTest
  @MethodSource("dlv.tests.Flavours#asked")
  void kernelsComputeWhatTheirNodesMean(Flavour flavour) {
    try (Context context = Context.open(OpenClDevice.all().get(0))) {
      for (long seed = 0; seed < 6; seed++) {
        check(RandomNetworks.of(seed, 32), flavour, context);
      }
    }
  }

  static void check(Sample sample, Flavour flavour, Context context) {
    Schedule schedule = Fuse.in(Passes.run(sample.graph()));
    try (DeviceRun run = new DeviceRun(schedule, flavour, sample.bindings(), context)) {
      run.bind(context.build(sample.name(), DeviceRun.source(List.of(run))));
      run.launch();
      for (Kernel kernel : run.schedule().kernels()) {
        var reference = new Reference(run.schedule().graph(), sample.bindings(), kernel, run::result);
        for (Node node : kernel.results()) {
          reference.check(node, run.result(node), flavour + " " + sample + " " + kernel.name());
        }
      }
    }
  }
}
