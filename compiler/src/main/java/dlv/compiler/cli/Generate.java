package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.check.GenerateProgram;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Program;
import dlv.runtime.BoundEntry;
import dlv.runtime.CompiledUnit;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.Values;
import dlv.runtime.weights.Loan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlvc generate}: what a generate block draws or writes, with weights that a training has left. */
@CommandLine.Command(name = "generate", description = "Draw pictures, or write texts or numbers, with trained models.")
final class Generate extends Command {
  private static final int BATCH = 64;

  @Mixin
  private final ProgramOptions source = new ProgramOptions();

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", defaultValue = "",
      description = "The generate block, where the file has several.")
  private String name;

  @Mixin
  private final DeviceOptions where = new DeviceOptions();

  @Mixin
  private final Weights weights = new Weights();

  @Mixin
  private final InputOptions inputs = new InputOptions();

  @Option(names = "--count", paramLabel = "N",
      description = "How many (16, or 1 where nothing is left to chance).")
  private Integer count;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
      description = "Where chance begins (${DEFAULT-VALUE}).")
  private int seed;

  @Option(names = "--out", paramLabel = "FILE", description = "A .png sheet, .gif film, .npy, .txt, or a folder.")
  private Path out;

  Generate(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    if (count != null && count < 1) {
      throw new UsageException("--count " + count + " examples cannot be made", "give a number from 1");
    }
    Program program = source.check(output(), options().format());
    GenerateProgram generate = block(program);
    List<Loan> loans = weights.loans(generate.loans(), source);
    Symbols symbols = Symbols.of(loans);
    NetworkProgram network = closed(generate, symbols);
    Examples given = inputs.read(network, symbols, output());
    if (count != null && given.size() > 1 && count != given.size()) {
      throw new UsageException("there are " + given.size() + " examples, and --count " + count,
          "leave --count away: each example gets an answer");
    }
    try (Device device = where.open(output())) {
      CompiledUnit unit = Compiler.compile(network, where.flavour(device));
      int wanted = count != null ? count : given.size() > 1 ? given.size() : draws(unit) ? 16 : 1;
      try (Model model = Model.open(device, unit, Loan.read(loans, unit.manifest()), Math.min(wanted, BATCH))) {
        Map<String, Values> answers = model.generate(given.rows(0, Math.max(1, given.size())), wanted, seed,
            BoundEntry::enqueue);
        new Generated(network, symbols, out, output(), options().format()).write(answers);
      }
      return ExitCode.OK;
    }
  }

  /**
   * The block with a size for each dimension, by the data that the weights were trained on: sizes that texts among the
   * inputs have, where nothing else says it.
   */
  private NetworkProgram closed(GenerateProgram generate, Symbols symbols) {
    NetworkProgram trained = symbols.types().isEmpty() ? generate.network()
        : block(source.check(Map.of(), symbols.types())).network();
    Map<String, String> sizes = inputs.sizes(trained, symbols);
    NetworkProgram network = !trained.isClosed() && !sizes.isEmpty()
        ? block(source.check(sizes, symbols.types())).network() : trained;
    if (!network.isClosed()) {
      throw new UsageException(network.name() + " has dimensions without a value", "give them with --set NAME=VALUE");
    }
    return network;
  }

  private static boolean draws(CompiledUnit unit) {
    return unit.manifest().entry("run").inputs().stream().anyMatch(input -> input.name().equals("draw.seed"));
  }

  private GenerateProgram block(Program program) {
    List<String> names = program.generates().stream().map(GenerateProgram::name).toList();
    if (names.isEmpty()) {
      throw new UsageException("the file has no generate block", "");
    }
    if (name.isEmpty() && names.size() > 1) {
      throw new UsageException("the file has several generate blocks", "say which: " + String.join(", ", names));
    }
    return name.isEmpty() ? program.generates().get(0) : program.generate(name).orElseThrow(() ->
        UsageException.unknown("there is no generate block", name, names));
  }
}
