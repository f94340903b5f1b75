package dlv.compiler;

import dlv.compiler.check.Checker;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.emit.Assembly;
import dlv.compiler.fuse.Fuse;
import dlv.compiler.fuse.Schedule;
import dlv.compiler.ir.Graph;
import dlv.compiler.layout.Flavour;
import dlv.compiler.layout.Layouts;
import dlv.compiler.lower.Lower;
import dlv.compiler.lower.Lowered;
import dlv.compiler.memory.DeviceMemory;
import dlv.compiler.memory.Entry;
import dlv.compiler.memory.Plan;
import dlv.compiler.pass.Passes;
import dlv.compiler.repair.Repair;
import dlv.compiler.source.SourceFile;
import dlv.compiler.syntax.Parser;
import dlv.compiler.syntax.SourceUnit;
import dlv.runtime.CompiledUnit;
import dlv.runtime.data.DataType;
import dlv.runtime.train.Training;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The whole compiler on a page: from text to programs, from programs to plans and kernels. */
public final class Compiler {
  /**
   * What is given from outside.
   *
   * @param set dimensions, parameters and settings by name
   * @param data other data by the name of its line
   * @param folder where relative paths in the file start
   * @param types of data that are not looked at, by the name of their line
   */
  public record Given(Map<String, String> set, Map<String, Path> data, Path folder, Map<String, DataType> types) {
    public static final Given NOTHING = new Given(Map.of(), Map.of(), Path.of(""));

    public Given(Map<String, String> set, Map<String, Path> data, Path folder) {
      this(set, data, folder, Map.of());
    }
  }

  private Compiler() {}

  /**
   * Parse and check; where something does not fit, look for ways out.
   *
   * @throws dlv.compiler.diagnostic.CompileException with everything that is wrong
   */
  public static Program check(SourceFile file, Given given) {
    var data = new LinkedHashMap<String, String>();
    given.data().forEach((name, path) -> data.put(name, path.toString()));
    var options = new Checker.Options(given.set(), data);
    var types = new DataHeaders(given.folder(), given.types());
    SourceUnit unit = Parser.parse(file);
    try {
      return Checker.check(unit, options, types);
    } catch (CompileException e) {
      throw new CompileException(Repair.in(unit, options, types, e.diagnostics()));
    }
  }

  /** A train block's entries {@code iterate} and {@code evaluate}. */
  public static CompiledUnit compile(TrainProgram train, Flavour flavour) {
    return compile(Lower.train(train), flavour);
  }

  /** A network's entry {@code run}. */
  public static CompiledUnit compile(NetworkProgram network, Flavour flavour) {
    return compile(Lower.network(network), flavour);
  }

  /** Simplify, differentiate, fuse; then lay out, allocate and emit for one flavour. */
  public static CompiledUnit compile(Lowered lowered, Flavour flavour) {
    return Assembly.of(lowered.name(), plan(lowered, flavour), flavour, Map.of());
  }

  /**
   * The same for a device and sizes of the dimensions that are known.
   *
   * @throws dlv.compiler.lower.Unsupported where the device cannot hold one of the buffers
   */
  public static CompiledUnit compile(Lowered lowered, Flavour flavour, DeviceMemory device, Map<String, Long> sizes) {
    Plan plan = plan(lowered, flavour);
    plan.requireBuffers(device, sizes);
    return Assembly.of(lowered.name(), plan, flavour, Map.of());
  }

  /** The memory of a unit, and where everything lies in it. */
  public static Plan plan(Lowered lowered, Flavour flavour) {
    return Plan.of(lowered.arenas(), lowered.entries().stream().map(Compiler::schedule)
        .map(schedule -> new Entry(Layouts.of(schedule, flavour))).toList());
  }

  /** An entry's kernels, the same for all flavours. */
  public static Schedule schedule(Graph entry) {
    return Fuse.in(Passes.run(entry));
  }

  /** How a train block trains, beside its plan: each of its stages, or the whole. */
  public static List<Training> trainings(TrainProgram train) {
    return train.parts().stream().map(part -> training(train, part)).toList();
  }

  /** The same for a block without stages. */
  public static Training training(TrainProgram train) {
    return training(train, train);
  }

  private static Training training(TrainProgram train, TrainProgram part) {
    var settings = part.settings();
    OptionalLong epochs = settings.epochs().isPresent() ? OptionalLong.of(settings.epochs().getAsInt())
        : OptionalLong.empty();
    return new Training(train.name(), part == train ? "" : part.name(), settings.batch(), part.turns(), epochs,
        settings.steps(), settings.seed(), Lower.figures(part), Lower.losses(part), settings.patience(),
        train.data().stream().map(data -> data.name()).toList(), Lower.shown(part),
        train.shorter().keySet().stream().map(Math::toIntExact).toList());
  }
}
