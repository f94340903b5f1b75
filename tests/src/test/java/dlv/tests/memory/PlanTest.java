package dlv.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.fuse.Fuse;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.lower.Arena;
import dlv.compiler.lower.Unsupported;
import dlv.compiler.memory.DeviceMemory;
import dlv.compiler.memory.Entry;
import dlv.compiler.memory.Plan;
import dlv.compiler.memory.PlanText;
import dlv.compiler.memory.Rehearsal;
import dlv.compiler.pass.Passes;
import dlv.tests.Golden;
import dlv.tests.Near;
import dlv.tests.samples.OpSamples;
import dlv.tests.samples.RandomNetworks;
import dlv.tests.samples.Sample;
import dlv.tests.samples.ScanSamples;
import dlv.tests.samples.SampleGraphs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest {
  static Stream<Sample> samples() {
    return Stream.of(OpSamples.all(3).stream(), ScanSamples.withGradients(3, 2).stream(),
        LongStream.range(0, 120).mapToObj(seed -> RandomNetworks.of(seed, 3))).flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void nothingIsOverwrittenTooEarly(Sample sample) {
    Graph graph = Passes.run(sample.graph());
    Interpreter.Results expected = Interpreter.evaluate(graph, sample.bindings());
    for (Flavour flavour : Flavour.values()) {
      Entry entry = entry(graph, flavour);
      Plan plan = Plan.of(arenas(graph), List.of(entry));
      Interpreter.Results found = Rehearsal.evaluate(plan, entry, sample.bindings());
      Near.check(expected.outputs(), found.outputs(), 1e-13);
      Near.check(expected.states(), found.states(), 1e-13);
    }
  }

  @Test
  void trainingOfLeNet() {
    Graph graph = SampleGraphs.lenet5Step(60_000);
    Plan plan = Plan.of(arenas(graph), List.of(entry(graph, Flavour.CPU_BATCH)));
    Golden.check("fusion/lenet5-plan.txt", PlanText.of(plan, Map.of("batch", 128L)));
  }

  @Test
  void theLargestBatchFitsAndTheNextDoesNot() {
    Graph graph = SampleGraphs.lenet5Step(60_000);
    Plan plan = Plan.of(arenas(graph), List.of(entry(graph, Flavour.CPU_BATCH)));
    long memory = 256L << 20;
    long batch = plan.largestBatch(new DeviceMemory(memory, memory), Map.of(), 16);
    assertTrue(batch > 0 && batch % 16 == 0);
    assertTrue(plan.bytes(Map.of("batch", batch)) <= memory);
    assertTrue(plan.bytes(Map.of("batch", batch + 16)) > memory);
    assertEquals(0, plan.largestBatch(new DeviceMemory(1 << 20, 1 << 20), Map.of(), 16));
  }

  @Test
  void noBufferIsLargerThanTheDevicesLargest() {
    Graph graph = SampleGraphs.lenet5Step(60_000);
    Plan plan = Plan.of(arenas(graph), List.of(entry(graph, Flavour.CPU_BATCH)));
    var device = new DeviceMemory(1L << 40, 48 << 20);
    long batch = plan.largestBatch(device, Map.of(), 16);
    plan.requireBuffers(device, Map.of("batch", batch));
    Unsupported refused =
        assertThrows(Unsupported.class, () -> plan.requireBuffers(device, Map.of("batch", batch + 16)));
    assertTrue(refused.getMessage().contains("the largest batch that fits is " + batch), refused.getMessage());
    Unsupported never = assertThrows(Unsupported.class,
        () -> plan.requireBuffers(new DeviceMemory(1L << 40, 100_000), Map.of("batch", 16L)));
    assertTrue(never.getMessage().contains("largest buffer is 100,000 bytes"), never.getMessage());
  }

  private static Entry entry(Graph graph, Flavour flavour) {
    return new Entry(Layouts.of(Fuse.in(graph), flavour));
  }

  /** Every state of a graph in an arena of its own. */
  private static List<Arena> arenas(Graph graph) {
    var states = new LinkedHashMap<String, Arena>();
    graph.nodes().forEach(node -> {
      if (node.op() instanceof Op.State s) {
        states.put(s.path(), new Arena(s.path(), s.role(), s.element(), s.shape().elements().value(), List.of()));
      }
    });
    return List.copyOf(states.values());
  }
}
