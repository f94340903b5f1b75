package dlv.tests.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.emit.Assembly;
import dlv.compiler.fuse.Fuse;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.lower.Arena;
import dlv.compiler.memory.Entry;
import dlv.compiler.memory.Plan;
import dlv.compiler.pass.Passes;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.CompiledUnit;
import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.tests.samples.RandomNetworks;
import dlv.tests.samples.Sample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole units on a device: manifest, launches and shared buffers, against the interpreter. */
@NeedsOpenCl
class UnitDeviceTest {
  private static final long BATCH = 32;

  static Stream<Arguments> networks() {
    return LongStream.range(0, 8).mapToObj(seed ->
        Arguments.of(Flavour.values()[(int) seed / 2 % 2], RandomNetworks.of(seed, BATCH)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void networksByChance(Flavour flavour, Sample sample) {
    var schedule = Fuse.in(Passes.run(sample.graph()));
    var entry = new Entry(schedule, Layouts.of(schedule, flavour));
    Graph graph = schedule.graph();
    var net = graph.nodes().stream().filter(n -> n.op() instanceof Op.State).findFirst();
    List<Arena> arenas = net.map(node -> (Op.State) node.op()).map(s ->
        new Arena(s.path(), s.role(), s.element(), s.shape().elements().value(), List.of())).stream().toList();
    Plan plan = Plan.of(arenas, List.of(entry));
    CompiledUnit unit = Assembly.of("unit", plan, flavour, sample.bindings().dimensions());
    var reference = new Reference(graph, sample.bindings());
    try (Device device = Device.open(); Executable executable = unit.open(device, sample.bindings().dimensions())) {
      assertEquals(plan.bytes(sample.bindings().dimensions()), executable.allocatedBytes());
      arenas.forEach(a -> executable.writeArena(a.name(), 0, bytes(sample.bindings().states().get(a.name()))));
      var run = executable.entry(entry.name());
      run.entry().inputs().forEach(i -> run.write(i.name(), bytes(sample.bindings().inputs().get(i.name()))));
      run.enqueue();
      for (Graph.Output output : graph.outputs()) {
        long[] shape = output.node().shape().substitute(sample.bindings().dims()).values();
        reference.check(output.node(), Array.floats(doubles(run.readFloats(output.name())), shape), output.name());
      }
      for (Graph.Update update : graph.updates()) {
        ByteBuffer next = bytes(sample.bindings().states().get(update.state().path()));
        executable.readArena(update.state().path(), 0, next);
        var floats = new float[next.flip().remaining() / 4];
        next.asFloatBuffer().get(floats);
        reference.check(update.next(), Array.floats(doubles(floats), floats.length), update.state().path());
      }
    }
  }

  private static ByteBuffer bytes(Array array) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(4 * array.size()).order(ByteOrder.nativeOrder());
    for (double value : array.data()) {
      buffer.putFloat((float) value);
    }
    return buffer.flip();
  }

  private static double[] doubles(float[] floats) {
    var doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
