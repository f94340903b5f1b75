package dlv.tests.generated;

import dlv.compiler.check.Application;
import dlv.compiler.check.DataBinding;
import dlv.compiler.check.Initialiser;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.check.Settings;
import dlv.compiler.check.StateInfo;
import dlv.compiler.check.TensorType;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Role;
import dlv.compiler.source.SourceFile;
import dlv.compiler.source.Span;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import dlv.runtime.CompiledUnit;
import dlv.runtime.plan.Arena;
import dlv.runtime.plan.Argument;
import dlv.runtime.plan.Buffer;
import dlv.runtime.plan.Dimension;
import dlv.runtime.plan.Entry;
import dlv.runtime.plan.Formula;
import dlv.runtime.plan.Input;
import dlv.runtime.plan.Launch;
import dlv.runtime.plan.Manifest;
import dlv.runtime.plan.Output;
import dlv.runtime.plan.Placed;
import dlv.runtime.plan.Work;
import dlv.runtime.train.Training;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Programs with plans and kernels written by hand: y = x W + table for rows of three, and a block that counts. */
final class HandMadeUnits {
  static final List<String> FLAVOURS = List.of("cpu-batch", "gpu");
  static final SourceFile FILE = new SourceFile("net.dlv", "network Affine\n");
  private static final Span SPAN = new Span(FILE, 0, 7);
  private static final Formula BATCH = Formula.of("batch");
  private static final String KERNELS = """
      kernel void product(global const float *x, global const float *w, global float *y, int batch) {
        int row = get_global_id(0), column = get_global_id(1);
        if (row < batch) {
          float sum = 0;
          for (int k = 0; k < 3; k++) sum += x[row * 3 + k] * w[k * 2 + column];
          y[row * 2 + column] = sum;
        }
      }
      kernel void shift(global const float *table, global float *y) {
        y[get_global_id(0) * 2 + get_global_id(1)] += table[get_global_id(1)];
      }
      kernel void count(global float *w, global float *sums, global int *counters) {
        w[0] += 1;
        sums[0] += w[0];
        counters[0]++;
      }
      kernel void rate(global const float *w, global const int *live, global float *loss) {
        loss[0] = w[0] * live[0];
      }
      """;

  private HandMadeUnits() {}

  static Port port(String name, Dim... dims) {
    return new Port(name, new TensorType(Element.FLOAT, Shape.of(dims), Optional.empty()),
        new Build(Origin.NONE).node(new Op.Input(name, Element.FLOAT, Shape.of(dims))));
  }

  static NetworkProgram network(String name, String doc, List<Port> inputs, List<Port> results) {
    var weight = new StateInfo("dense1.W", name, Role.WEIGHT, Shape.of(3, 2), Initialiser.constant(0), SPAN, "");
    return new NetworkProgram(name, doc, SPAN, inputs, results, List.of(weight),
        new Application("", name, name, SPAN, List.of(), List.of(), List.of(), List.of(), List.of(),
            Dim.ONE));
  }

  static NetworkProgram affine() {
    return network("Affine", "A product and a shift.\n\nIts weights are three by two.",
        List.of(port("x", Dim.of(3))), List.of(port("y", Dim.of(2))));
  }

  /** The plans of {@link #affine} for a network of this name, with these inputs and outputs as the plan's. */
  static List<CompiledUnit> affinePlans(String name, String in, String out, List<Launch> launches) {
    var units = new ArrayList<CompiledUnit>();
    for (String flavour : FLAVOURS) {
      var weights = new Arena("weights", Arena.Role.WEIGHT, dlv.runtime.data.Element.F32, 6, List.of(
          new Placed("dense1.W", List.of(3L, 2L), 0, new dlv.runtime.plan.Initialiser.Constant(0), "")));
      String program = name + "." + flavour + ".cl";
      var run = new Entry("run",
          List.of(new Input(in, dlv.runtime.data.Element.F32, List.of(BATCH, Formula.of(3)), "in", false)),
          List.of(new Output(out, dlv.runtime.data.Element.F32, List.of(BATCH, Formula.of(2)), "slot0",
              Formula.of(0))),
          launches.stream().<Work>map(l -> new Launch(l.kernel(), program, l.arguments(), l.global(), l.local(), l.origin(),
              l.ir())).toList());
      Manifest manifest = Manifest.of(name, flavour, List.of(new Dimension("batch", 16, "rows")), List.of(weights),
          List.of(new Buffer("in", Buffer.Kind.INPUT, Formula.of("12*batch")),
              new Buffer("table", Buffer.Kind.CONSTANT, Formula.of(8)),
              new Buffer("slot0", Buffer.Kind.POOL, Formula.of("8*batch"))), List.of(run));
      units.add(new CompiledUnit(manifest, Map.of(program, KERNELS), Map.of("table",
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(100).putFloat(200).flip())));
    }
    return units;
  }

  static List<Launch> affineLaunches() {
    return List.of(
        new Launch("product", "", List.of(Argument.buffer("in"), Argument.buffer("weights"), Argument.buffer("slot0"),
            Argument.integer(BATCH)), List.of(BATCH, Formula.of(2)), List.of(), "dense1 (net.dlv:2)",
            "%2 = contract(%0, %1) bi,io->bo : float[batch, 2]"),
        new Launch("shift", "", List.of(Argument.buffer("table"), Argument.buffer("slot0")),
            List.of(BATCH, Formula.of(2)), List.of(), "net.dlv:3", "%4 = add(%2, %3) : float[batch, 2]"));
  }

  static TrainProgram block(String name, String doc, Map<String, Object> arguments) {
    var data = new DataBinding("digits", "digits", arguments, List.of(), 32, 0, 16, SPAN);
    return new TrainProgram(name, doc, SPAN, List.of(data), List.of(), List.of(), List.of(), List.of(), List.of(),
        List.of(), new Settings(8, OptionalInt.of(1), OptionalLong.empty(), 3, OptionalDouble.empty(), OptionalInt.empty(),
            false, 1, Element.FLOAT));
  }

  static Training training(String name) {
    return new Training(name, "", 8, 1, OptionalLong.of(1), OptionalLong.empty(), 3, List.of("loss"), List.of("loss"),
        OptionalInt.empty(), List.of("digits"));
  }

  static List<CompiledUnit> blockPlans(String name) {
    var units = new ArrayList<CompiledUnit>();
    for (String flavour : FLAVOURS) {
      units.add(new CompiledUnit(blockPlan(name, flavour), Map.of(name + "." + flavour + ".cl", KERNELS), Map.of()));
    }
    return units;
  }

  private static Manifest blockPlan(String name, String flavour) {
    var u8 = dlv.runtime.data.Element.U8;
    var f32 = dlv.runtime.data.Element.F32;
    var i32 = dlv.runtime.data.Element.I32;
    var zero = new dlv.runtime.plan.Initialiser.Constant(0);
    var arenas = List.of(
        new Arena("net.weights", Arena.Role.WEIGHT, f32, 1, List.of(new Placed("net.w", List.of(), 0, zero, ""))),
        new Arena("sums", Arena.Role.COUNTER, f32, 1, List.of(new Placed("sum.loss", List.of(), 0, zero, ""))),
        new Arena("counters", Arena.Role.COUNTER, i32, 2, List.of(new Placed("step", List.of(), 0, zero, ""),
            new Placed("seed", List.of(), 1, zero, ""))));
    var inputs = new ArrayList<Input>();
    var buffers = new ArrayList<Buffer>();
    for (String split : List.of("", "held.")) {
      Formula rows = Formula.of(split + "digits.rows");
      inputs.add(new Input(split + "digits.image", u8,
          List.of(rows, Formula.of(1), Formula.of(28), Formula.of(28)), split + "image", true));
      inputs.add(new Input(split + "digits.label", i32, List.of(rows), split + "label", true));
      buffers.add(new Buffer(split + "image", Buffer.Kind.INPUT, Formula.of("784*" + rows)));
      buffers.add(new Buffer(split + "label", Buffer.Kind.INPUT, Formula.of("4*" + rows)));
    }
    buffers.add(new Buffer("order", Buffer.Kind.INPUT, Formula.of("4*digits.rows")));
    buffers.add(new Buffer("first", Buffer.Kind.INPUT, Formula.of(4)));
    buffers.add(new Buffer("live", Buffer.Kind.INPUT, Formula.of(4)));
    buffers.add(new Buffer("slot0", Buffer.Kind.OUTPUT, Formula.of(4)));
    String program = name + "." + flavour + ".cl";
    var iterate = new Entry("iterate", List.of(inputs.get(0), inputs.get(1),
        new Input("digits.order", i32, List.of(Formula.of("digits.rows")), "order", true)), List.of(),
        List.of(new Launch("count", program, List.of(Argument.buffer("net.weights"), Argument.buffer("sums"),
            Argument.buffer("counters")), List.of(Formula.of(1)), List.of(), "net (net.dlv:1)",
            "%3 = add(%1, %2) : float")));
    var evaluate = new Entry("evaluate", List.of(inputs.get(2), inputs.get(3),
        new Input("first", i32, List.of(), "first", false), new Input("live", i32, List.of(), "live", false)),
        List.of(new Output("loss", f32, List.of(), "slot0", Formula.of(0))),
        List.of(new Launch("rate", program, List.of(Argument.buffer("net.weights"), Argument.buffer("live"),
            Argument.buffer("slot0")), List.of(Formula.of(1)), List.of(), "net (net.dlv:1)", "%3 = mul(%1, %2)")));
    return Manifest.of(name, flavour, List.of(new Dimension("batch", 16, "rows"),
        new Dimension("digits.rows", 32, "rows"), new Dimension("held.digits.rows", 16, "rows")), arenas, buffers,
        List.of(iterate, evaluate));
  }
}
