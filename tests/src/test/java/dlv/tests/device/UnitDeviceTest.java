package dlv.tests.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.emit.Assembly;
import dlv.compiler.fuse.Fuse;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.layout.Storage;
import dlv.compiler.lower.Arena;
import dlv.compiler.memory.Entry;
import dlv.compiler.memory.Plan;
import dlv.compiler.pass.Passes;
import dlv.compiler.type.Element;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.CompiledUnit;
import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.tests.Flavours;
import dlv.tests.samples.RandomNetworks;
import dlv.tests.samples.Sample;
import dlv.tests.samples.ScanSamples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole units on a device: manifest, launches and shared buffers, against the interpreter. */
@NeedsOpenCl
class UnitDeviceTest {
  private static final long BATCH = 32;
  /** What 32-bit arithmetic may be off by after some steps, in parts of the largest element. */
  private static final double LOOPS = 1e-5;

  static Stream<Arguments> networks() {
    List<Flavour> flavours = Flavours.asked();
    return LongStream.range(0, 8).mapToObj(seed ->
        Arguments.of(flavours.get((int) seed / 2 % flavours.size()), RandomNetworks.of(seed, BATCH)));
  }

  static Stream<Arguments> loops() {
    return Flavours.asked().stream().flatMap(flavour ->
        ScanSamples.withGradients(BATCH, 1).stream().map(sample -> Arguments.of(flavour, sample)));
  }

  @ParameterizedTest
  @MethodSource("loops")
  void loopsOverTime(Flavour flavour, Sample sample) {
    loopOverTime(flavour, sample);
  }

  /** Checks a loop; the name of the device's platform. */
  static String loopOverTime(Flavour flavour, Sample sample) {
    Graph graph = Passes.run(sample.graph());
    var expected = Interpreter.evaluate(graph, sample.bindings()).outputs();
    return check(flavour, graph, sample.bindings(), (output, found) -> {
      double largest = Arrays.stream(expected.get(output.name()).data()).map(Math::abs).max().orElse(0);
      assertArrayEquals(expected.get(output.name()).data(), found.data(), LOOPS * Math.max(1, largest),
          output.name());
    });
  }

  /** Derivatives of derivatives: a loop reversed, one over a batch, and one with lengths that differ. */
  static Stream<Arguments> loopsTwice() {
    List<String> few = List.of("scan/elman-reversed-gradients", "scan/rows-elman-gradients", "scan/rows-masked-gradients");
    return Flavours.asked().stream().flatMap(flavour -> ScanSamples.withGradients(BATCH, 2).stream()
        .filter(sample -> few.contains(sample.name())).map(sample -> Arguments.of(flavour, sample)));
  }

  @ParameterizedTest
  @MethodSource("loopsTwice")
  void secondDerivativesOfLoops(Flavour flavour, Sample sample) {
    loopsOverTime(flavour, sample);
  }

  static Stream<Flavour> flavours() {
    return Flavours.asked().stream();
  }

  /** Seven blocks of examples: four side by side, two, and one; the weights of what varies by example lie in panels. */
  @ParameterizedTest
  @MethodSource("flavours")
  void weightsInPanels(Flavour flavour) {
    Sample sample = ScanSamples.panels(112);
    var storages = Layouts.of(Fuse.in(Passes.run(sample.graph())), flavour).storages().values();
    assertEquals(flavour == Flavour.CPU_BATCH ? 2 : 0, storages.stream().filter(Storage::hasPanels).distinct().count());
    loopsOverTime(flavour, sample);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void networksByChance(Flavour flavour, Sample sample) {
    Graph graph = Passes.run(sample.graph());
    var reference = new Reference(graph, sample.bindings());
    check(flavour, graph, sample.bindings(), (output, found) -> reference.check(output.node(), found, output.name()));
  }

  private static String check(Flavour flavour, Graph graph, Bindings bindings, BiConsumer<Graph.Output, Array> check) {
    var entry = new Entry(Layouts.of(Fuse.in(graph), flavour));
    var net = graph.nodes().stream().filter(n -> n.op() instanceof Op.State).findFirst();
    List<Arena> arenas = net.map(node -> (Op.State) node.op()).map(s ->
        new Arena(s.path(), s.role(), s.element(), s.shape().elements().value(), List.of())).stream().toList();
    Plan plan = Plan.of(arenas, List.of(entry));
    CompiledUnit unit = Assembly.of("unit", plan, flavour, bindings.dimensions());
    var sizes = new HashMap<>(bindings.dimensions());
    sizes.keySet().retainAll(plan.dimensions());
    try (Device device = Device.open(); Executable executable = unit.open(device, sizes)) {
      assertEquals(plan.bytes(bindings.dimensions()), executable.allocatedBytes());
      arenas.forEach(a -> executable.writeArena(a.name(), 0, bytes(bindings.states().get(a.name()))));
      var run = executable.entry(entry.name());
      run.entry().inputs().forEach(i -> run.write(i.name(), bytes(bindings.inputs().get(i.name()))));
      run.enqueue();
      for (Graph.Output output : graph.outputs()) {
        long[] shape = output.node().shape().substitute(bindings.dims()).values();
        double[] data = output.node().element() == Element.FLOAT ? doubles(run.readFloats(output.name()))
            : Arrays.stream(run.readInts(output.name())).asDoubleStream().toArray();
        check.accept(output, new Array(output.node().element(), shape, data));
      }
      for (Graph.Update update : graph.updates()) {
        ByteBuffer next = bytes(bindings.states().get(update.state().path()));
        executable.readArena(update.state().path(), 0, next);
        var floats = new float[next.flip().remaining() / 4];
        next.asFloatBuffer().get(floats);
        check.accept(new Graph.Output(update.state().path(), update.next()),
            Array.floats(doubles(floats), floats.length));
      }
      return device.info().platform();
    }
  }

  private static ByteBuffer bytes(Array array) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(4 * array.size()).order(ByteOrder.nativeOrder());
    for (double value : array.data()) {
      if (array.element() == Element.FLOAT) {
        buffer.putFloat((float) value);
      } else {
        buffer.putInt((int) value);
      }
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
