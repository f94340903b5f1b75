package dlv.tests.device;

import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.layout.Flavour;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.opencl.Context;
import dlv.runtime.opencl.OpenClDevice;
import dlv.tests.Flavours;
import dlv.tests.samples.OpSamples;
import dlv.tests.samples.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every op sample as one kernel, in each flavour, against the interpreter. */
@NeedsOpenCl
class OpDeviceTest {
  private static final int TOGETHER = 64;

  @TestFactory
  Stream<DynamicTest> samples() {
    String only = System.getProperty("dlv.sample", "");
    List<Sample> samples = OpSamples.all(16).stream().filter(sample -> sample.name().contains(only)).toList();
    var tests = new ArrayList<DynamicTest>();
    for (Flavour flavour : Flavours.asked()) {
      for (int i = 0; i < samples.size(); i += TOGETHER) {
        List<Sample> some = samples.subList(i, Math.min(samples.size(), i + TOGETHER));
        tests.add(DynamicTest.dynamicTest(flavour + " " + some.get(0) + " …", () -> check(some, flavour)));
      }
    }
    return tests.stream();
  }

  private static void check(List<Sample> samples, Flavour flavour) {
    try (Context context = Context.open(OpenClDevice.all().get(0))) {
      List<DeviceRun> runs = samples.stream()
          .map(sample -> new DeviceRun(single(sample.graph()), flavour, sample.bindings(), context)).toList();
      var program = context.build("samples", DeviceRun.source(runs));
      for (int i = 0; i < runs.size(); i++) {
        runs.get(i).bind(program);
        runs.get(i).launch();
        var reference = new Reference(runs.get(i).schedule().graph(), samples.get(i).bindings());
        for (Node node : runs.get(i).stored()) {
          reference.check(node, runs.get(i).result(node), flavour + " " + samples.get(i));
        }
      }
    }
  }

  /** A whole graph as one kernel. */
  static Schedule single(Graph graph) {
    List<Node> nodes = graph.nodes();
    List<Node> results = graph.outputs().stream().map(Graph.Output::node).distinct().toList();
    List<Node> operands = nodes.stream().filter(OpDeviceTest::isStored).toList();
    List<Node> body = nodes.stream().filter(node -> !isStored(node)).toList();
    if (results.stream().anyMatch(operands::contains)) {
      return new Schedule(graph, List.of(), Map.of(), Map.of());
    }
    List<Node> anchors = body.stream().filter(node -> Arrays.asList(Op.Contract.class, Op.Reduce.class, Op.Top.class,
        Op.Gather.class, Op.ScatterAdd.class).contains(node.op().getClass())).toList();
    var kernel = new Kernel("k", form(results, anchors), anchors, body, operands, results);
    return new Schedule(graph, List.of(kernel), Map.of(), Map.of());
  }

  private static boolean isStored(Node node) {
    return node.is(Op.Input.class) || node.is(Op.State.class)
        || node.op() instanceof Op.Constant op && op.values().size() > 1;
  }

  private static Form form(List<Node> results, List<Node> anchors) {
    if (anchors.isEmpty()) {
      return results.stream().allMatch(node -> node.rank() == 0) ? Form.SCALAR : Form.POINTWISE;
    }
    Node anchor = anchors.get(0);
    return anchor.is(Op.Contract.class) ? Form.CONTRACTION
        : anchor.is(Op.Gather.class) || anchor.is(Op.ScatterAdd.class) ? Form.INDEXED : Form.ROW_REDUCE;
  }
}
