package dlv.compiler.emit;

import dlv.compiler.emit.opencl.Generator;
import dlv.compiler.emit.opencl.KernelArgument;
import dlv.compiler.emit.opencl.KernelText;
import dlv.compiler.fuse.Form;
import dlv.compiler.fuse.Kernel;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.fuse.Steps;
import dlv.compiler.ir.CompilerBug;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.memory.Entry;
import dlv.compiler.memory.Location;
import dlv.compiler.memory.Plan;
import dlv.compiler.memory.Slot;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import dlv.runtime.CompiledUnit;
import dlv.runtime.plan.Argument;
import dlv.runtime.plan.Buffer;
import dlv.runtime.plan.Dimension;
import dlv.runtime.plan.Formula;
import dlv.runtime.plan.Input;
import dlv.runtime.plan.Launch;
import dlv.runtime.plan.Manifest;
import dlv.runtime.plan.Output;
import dlv.runtime.plan.Repeat;
import dlv.runtime.plan.Work;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a unit together for one flavour of device. */
public final class Assembly {
  /** Kernels of one source file at most: so many that a driver's start does not count, and progress shows. */
  private static final int TOGETHER = 32;

  private final String name;
  private final Plan plan;
  private final String prefix;
  /** The source files' names and what stands in them. */
  private final Map<String, StringBuilder> programs = new LinkedHashMap<>();
  /** In which file each kernel's function stands, by name; equal names mean equal texts. */
  private final Map<String, String> homes = new LinkedHashMap<>();
  /** The file that gets what comes next, and how many it takes. */
  private String program;
  private int room;

  private Assembly(String name, Plan plan, Flavour flavour) {
    this.name = name;
    this.plan = plan;
    this.prefix = name + "." + flavour.text() + ".";
  }

  /**
   * The unit of a plan.
   *
   * @param usual the values that dimensions have where none are given; 16 for the batch and 1 for others if not here
   */
  public static CompiledUnit of(String name, Plan plan, Flavour flavour, Map<String, Long> usual) {
    return new Assembly(name, plan, flavour).unit(flavour, usual);
  }

  private CompiledUnit unit(Flavour flavour, Map<String, Long> usual) {
    var dimensions = plan.dimensions().stream().map(dim -> new Dimension(dim,
        usual.getOrDefault(dim, dim.equals("batch") ? Flavour.SLAB_ROWS : 1L), doc(dim))).toList();
    var arenas = plan.arenas().stream().map(Arenas::manifest).toList();
    var buffers = plan.slots().stream().map(Slot::buffer).toList();
    var entries = plan.entries().stream().map(this::entry).toList();
    Manifest manifest = Manifest.of(name, flavour.text(), dimensions, arenas, buffers, entries);
    var texts = new LinkedHashMap<String, String>();
    programs.forEach((program, functions) -> texts.put(program, Generator.prelude() + functions));
    return new CompiledUnit(manifest, texts, constants());
  }

  private static String doc(String dimension) {
    return dimension.equals("batch") ? "examples at a time" : dimension.replace('.', ' ');
  }

  /** An entry; kernels that none before it has are in files of their own, and need not be built for those. */
  private dlv.runtime.plan.Entry entry(Entry entry) {
    room = 0;
    List<Work> launches = work(entry, entry.schedule());
    var inputs = entry.schedule().graph().nodes().stream().filter(node -> node.is(Op.Input.class))
        .map(node -> input(entry, node)).toList();
    var outputs = entry.schedule().graph().outputs().stream().map(output -> output(entry, output.name(), output.node()))
        .toList();
    return new dlv.runtime.plan.Entry(entry.name(), inputs, outputs, launches);
  }

  private List<Work> work(Entry entry, Schedule schedule) {
    var work = new ArrayList<Work>();
    List<String> lines = schedule.lines();
    for (int i = 0; i < lines.size(); i++) {
      Kernel kernel = schedule.kernels().get(i);
      if (kernel.form() == Form.LOOP) {
        Steps steps = schedule.loops().get(kernel.name());
        work.add(new Repeat(formula(steps.length()), work(entry, steps.schedule()), ended(entry, steps),
            kernel.results().get(0).origin().text(), lines.get(i)));
      } else {
        work.add(launch(entry, kernel, Layouts.isCopy(kernel) ? "" : lines.get(i)));
      }
    }
    return work;
  }

  private Optional<Repeat.Ended> ended(Entry entry, Steps steps) {
    return steps.ended().map(node -> {
      Location at = plan.at(entry, node);
      Dim rows = entry.layouts().of(node).row().elements();
      return new Repeat.Ended(at.buffer(), Formula.of(at.offset()), formula(rows));
    });
  }

  private Launch launch(Entry entry, Kernel kernel, String line) {
    KernelText text = Generator.generate(kernel, entry.layouts());
    String home = homes.computeIfAbsent(text.function(), function -> place(text.comment() + text.text()));
    Node main = kernel.anchors().isEmpty() ? kernel.results().get(0) : kernel.anchors().get(0);
    return new Launch(text.function(), home, text.arguments().stream().map(a -> argument(entry, a)).toList(),
        text.global().stream().map(Assembly::formula).toList(), text.local(), main.origin().text(), line);
  }

  private String place(String function) {
    if (room-- == 0) {
      program = prefix + (programs.isEmpty() ? "" : programs.size() + 1 + ".") + "cl";
      programs.put(program, new StringBuilder());
      room = TOGETHER - 1;
    }
    StringBuilder text = programs.get(program);
    text.append(text.length() == 0 ? "" : "\n").append(function);
    return program;
  }

  private Argument argument(Entry entry, KernelArgument argument) {
    if (argument instanceof KernelArgument.OfNode of) {
      return Argument.buffer(plan.at(entry, of.node()).buffer());
    }
    if (argument instanceof KernelArgument.OfOffset of) {
      return Argument.integer(Formula.of(plan.at(entry, of.node()).offset()));
    }
    if (argument instanceof KernelArgument.OfStep step) {
      return Argument.step(step.depth());
    }
    return Argument.integer(formula(((KernelArgument.OfInt) argument).value()));
  }

  private Input input(Entry entry, Node node) {
    Op.Input op = (Op.Input) node.op();
    boolean resident = op.shape().dims().stream().flatMap(dim -> dim.names().stream())
        .anyMatch(name -> !name.equals("batch"));
    return new Input(op.name(), element(op.element()), formulas(op.shape()), plan.at(entry, node).buffer(), resident);
  }

  private Output output(Entry entry, String output, Node node) {
    Location at = plan.at(entry, node);
    return new Output(output, element(node.element()), formulas(node.shape()), at.buffer(), Formula.of(at.offset()));
  }

  static dlv.runtime.data.Element element(Element element) {
    return switch (element) {
      case FLOAT -> dlv.runtime.data.Element.F32;
      case INT, BOOL -> dlv.runtime.data.Element.I32;
      case BYTE -> dlv.runtime.data.Element.U8;
      case BF16 -> throw new CompilerBug("bfloat16 is for products alone", Origin.NONE);
    };
  }

  private static Formula formula(Dim dim) {
    return Formula.of(dim.formula());
  }

  private static List<Formula> formulas(Shape shape) {
    return shape.dims().stream().map(Assembly::formula).toList();
  }

  private Map<String, ByteBuffer> constants() {
    var constants = new LinkedHashMap<String, ByteBuffer>();
    for (Slot slot : plan.slots()) {
      if (slot.kind() == Buffer.Kind.CONSTANT) {
        constants.put(slot.name(), contents((Op.Constant) slot.tenants().get(0).node().op()));
      }
    }
    return constants;
  }

  private static ByteBuffer contents(Op.Constant constant) {
    int elements = Math.toIntExact(constant.shape().elements().value());
    ByteBuffer buffer = ByteBuffer.allocateDirect(Math.multiplyExact(elements, constant.element().bytes()))
        .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      double value = constant.values().get(constant.values().size() == 1 ? 0 : i);
      switch (constant.element()) {
        case FLOAT -> buffer.putFloat((float) value);
        case INT, BOOL -> buffer.putInt((int) value);
        case BYTE -> buffer.put((byte) (int) value);
        case BF16 -> buffer.putShort((short) (Float.floatToIntBits((float) value) >>> 16));
      }
    }
    return buffer.flip();
  }
}
