package dlv.compiler.cli;

import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Program;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Printer;
import dlv.compiler.lower.Lower;
import dlv.compiler.lower.Lowered;
import dlv.compiler.syntax.SourcePrinter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlvc dump}: what the compiler made of a file, after any of its stages. */
@CommandLine.Command(name = "dump", description = "Show what the compiler made of a file, after any stage.")
final class Dump extends Command {

  private static final String PARSE = "parse";
  private static final String CHECK = "check";

  /** The stages whose results can be shown, in order. */
  static final class Stages implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }

    static List<String> names() {
      List<String> names = new ArrayList<>(List.of(PARSE, CHECK));
      names.addAll(StageView.names());
      return names;
    }
  }

  @Mixin
  private final ProgramOptions source = new ProgramOptions();

  @Mixin
  private final FlavourOption flavour = new FlavourOption();

  @Option(names = "--after", paramLabel = "STAGE", defaultValue = PARSE, completionCandidates = Stages.class,
      description = "${COMPLETION-CANDIDATES}.")
  private String after;

  @Option(names = "--only", paramLabel = "NAME", defaultValue = "",
      description = "Only this network, train or generate block.")
  private String only;

  Dump(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    if (!Stages.names().contains(after)) {
      throw UsageException.unknown("there is no stage", after, Stages.names());
    }
    if (after.equals(PARSE)) {
      output().print(SourcePrinter.print(source.parse()));
      return ExitCode.OK;
    }
    Program program = source.check(output(), Output.Format.TEXT);
    requireWanted(program);
    if (after.equals(CHECK)) {
      program.networks().stream().filter(network -> isWanted(network.name()))
          .forEach(network -> output().print(Printer.print(graph(network)) + "\n"));
    } else {
      units(program).forEach(unit -> output().print(StageView.show(unit, after, flavour.flavour())));
    }
    return ExitCode.OK;
  }

  private List<Lowered> units(Program program) {
    List<Lowered> units = new ArrayList<>();
    program.networks().stream().filter(network -> isWanted(network.name()) && network.isClosed())
        .forEach(network -> units.add(Lower.network(network)));
    program.trains().stream().filter(train -> isWanted(train.name()))
        .forEach(train -> units.add(Lower.train(train)));
    program.generates().stream().filter(generate -> isWanted(generate.name()) && generate.network().isClosed())
        .forEach(generate -> units.add(Lower.network(generate.network())));
    return units;
  }

  private boolean isWanted(String name) {
    return only.isEmpty() || only.equals(name);
  }

  private void requireWanted(Program program) {
    List<String> names = new ArrayList<>();
    program.networks().forEach(network -> names.add(network.name()));
    program.trains().forEach(train -> names.add(train.name()));
    program.generates().forEach(generate -> names.add(generate.name()));
    if (!only.isEmpty() && !names.contains(only)) {
      throw UsageException.unknown("the file has no network, train or generate block", only, names);
    }
  }

  /** A network's own graph, of one example. */
  private static Graph graph(NetworkProgram network) {
    return new Graph(network.name(),
        network.results().stream().map(port -> new Graph.Output(port.name(), port.node())).toList(), List.of());
  }
}
