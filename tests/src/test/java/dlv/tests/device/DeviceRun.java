package dlv.tests.device;

import dlv.compiler.emit.opencl.Generator;
import dlv.compiler.emit.opencl.KernelArgument;
import dlv.compiler.emit.opencl.KernelText;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Placement;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.layout.Storage;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import dlv.runtime.opencl.Context;
import dlv.runtime.opencl.DeviceBuffer;
import dlv.runtime.opencl.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernels of a schedule on a device, with one buffer a value: none is reused, so what a kernel fails to write
 * stays NaN.
 */
final class DeviceRun implements AutoCloseable {
  private final Schedule schedule;
  private final Layouts layouts;
  private final Bindings bindings;
  private final Context context;
  private final List<KernelText> texts;
  private final Map<Node, DeviceBuffer> buffers = new IdentityHashMap<>();
  private final List<Runnable> launches = new ArrayList<>();

  DeviceRun(Schedule schedule, Flavour flavour, Bindings bindings, Context context) {
    this.layouts = Layouts.of(schedule, flavour);
    this.schedule = layouts.schedule();
    this.bindings = bindings;
    this.context = context;
    this.texts = this.schedule.kernels().stream().map(kernel -> Generator.generate(kernel, layouts)).toList();
  }

  /** The functions of several runs, each once. */
  static String source(List<DeviceRun> runs) {
    var functions = new LinkedHashMap<String, String>();
    runs.forEach(run -> run.texts.forEach(text ->
        functions.putIfAbsent(text.function(), text.comment() + text.text())));
    return Generator.prelude() + String.join("\n", functions.values());
  }

  /** What runs: the schedule with the flavour's copies between layouts. */
  Schedule schedule() {
    return schedule;
  }

  List<KernelText> texts() {
    return texts;
  }

  /** Allocates, fills and binds. */
  void bind(Program program) {
    for (Kernel kernel : schedule.kernels()) {
      kernel.operands().forEach(this::allocate);
      kernel.results().forEach(this::allocate);
    }
    for (KernelText text : texts) {
      Object[] arguments = text.arguments().stream().map(this::argument).toArray();
      var kernel = program.kernel(text.function(), arguments);
      long[] global = text.global().stream().mapToLong(dim -> Packing.number(dim, bindings.dimensions())).toArray();
      long[] local = text.local().stream().mapToLong(n -> n).toArray();
      launches.add(() -> kernel.enqueue(global, local));
    }
  }

  private void allocate(Node node) {
    Node owner = layouts.owner(node);
    if (buffers.containsKey(owner)) {
      return;
    }
    Storage storage = layouts.of(owner);
    int bytes = Math.toIntExact(Packing.number(storage.bytes(), bindings.dimensions()));
    ByteBuffer host = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    while (host.hasRemaining()) {
      host.put((byte) 0xff);
    }
    host.rewind();
    Array value = value(owner);
    if (value != null) {
      new Packing(storage, bindings.dimensions()).pack(value, host);
    }
    DeviceBuffer buffer = context.allocate(owner.toString(), bytes);
    buffer.write(0, host);
    buffers.put(owner, buffer);
  }

  private Array value(Node leaf) {
    if (leaf.op() instanceof Op.Input op) {
      return bindings.inputs().get(op.name());
    } else if (leaf.op() instanceof Op.State op) {
      return bindings.states().get(op.path());
    } else if (leaf.op() instanceof Op.Constant op) {
      return new Array(op.element(), op.shape().substitute(bindings.dims()).values(),
          op.values().stream().mapToDouble(v -> v).toArray());
    }
    return null;
  }

  private Object argument(KernelArgument argument) {
    if (argument instanceof KernelArgument.OfNode of) {
      return buffers.get(layouts.owner(of.node()));
    }
    if (argument instanceof KernelArgument.OfOffset) {
      return 0;
    }
    return Math.toIntExact(Packing.number(((KernelArgument.OfInt) argument).value(), bindings.dimensions()));
  }

  void launch() {
    launches.forEach(Runnable::run);
    context.finish();
  }

  /** Runs kernel {@code i} alone, without waiting. */
  void launch(int i) {
    launches.get(i).run();
  }

  /** A value as the device has it now: a leaf, a result, a part of a whole. */
  Array result(Node node) {
    Placement placement = layouts.placements().get(node);
    if (placement != null) {
      return part(result(placement.whole()), node, placement);
    }
    DeviceBuffer buffer = buffers.get(node);
    ByteBuffer host = ByteBuffer.allocateDirect(Math.toIntExact(buffer.bytes())).order(ByteOrder.nativeOrder());
    buffer.read(0, host);
    return new Packing(layouts.of(node), bindings.dimensions()).unpack(host);
  }

  private Array part(Array whole, Node node, Placement placement) {
    Node sized = Node.of(new Op.Input("whole", whole.element(), Shape.of(whole.shape())), List.of(), Origin.NONE);
    Dim size = node.dim(placement.axis()).substitute(bindings.dims());
    Node slice = new Build(Origin.NONE).slice(sized, placement.axis(), placement.offset(), size, 1);
    return Interpreter.evaluate(slice, List.of(whole), bindings);
  }

  /** The values that have buffers of their own. */
  List<Node> stored() {
    var stored = new ArrayList<Node>();
    for (Kernel kernel : schedule.kernels()) {
      kernel.results().stream().map(layouts::owner).filter(node -> !stored.contains(node)).forEach(stored::add);
    }
    return stored;
  }

  @Override
  public void close() {
    buffers.values().forEach(DeviceBuffer::close);
  }
}
