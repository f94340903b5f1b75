package dlv.compiler.cli;

import dlv.compiler.summary.NetworkSummary;
import dlv.compiler.summary.SummaryJson;
import dlv.compiler.summary.SummaryTable;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code dlvc summary}: what every layer of a file's networks costs and sees. */
@CommandLine.Command(
    name = "summary", description = "Show shapes, parameters, operations and fields of view, layer by layer.")
final class Summarise extends Command {

  @Mixin
  private final ProgramOptions source = new ProgramOptions();

  Summarise(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    List<NetworkSummary> summaries =
        source.check(output(), Output.Format.TEXT).networks().stream().map(NetworkSummary::of).toList();
    output().print(wantsJson()
        ? SummaryJson.of(summaries)
        : summaries.stream().map(SummaryTable::of).collect(Collectors.joining("\n")));
    return ExitCode.OK;
  }
}
