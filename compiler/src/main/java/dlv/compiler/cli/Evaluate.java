package dlv.compiler.cli;

import dlv.compiler.check.DataBinding;
import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import dlv.runtime.Device;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.OneSplit;
import dlv.runtime.data.Split;
import dlv.runtime.json.Json;
import dlv.runtime.train.Session;
import dlv.runtime.weights.Loan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlvc evaluate}: the figures of a train block on the rows held back. */
@CommandLine.Command(name = "evaluate", description = "Measure trained weights on the data held back.")
final class Evaluate extends Command {

  @Mixin
  private final ProgramOptions source = new ProgramOptions();

  @Mixin
  private final DeviceOptions where = new DeviceOptions();

  @Mixin
  private final BlockOption block = new BlockOption();

  @Mixin
  private final Weights weights = new Weights();

  @Option(names = "--split", paramLabel = "validation|test",
      description = "Which rows held back (validation where there are any, else test).")
  private String split = "";

  @Option(names = "--out", paramLabel = "DIR", defaultValue = "",
      description = "The folder for what the block draws (the current one).")
  private Path out;

  Evaluate(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    Program program = source.check(output(), options().format());
    TrainProgram train = block.of(program);
    List<Loan> loans = train.trains() ? List.of() : weights.loans(train.loans(), source);
    List<Path> files = train.trains() ? List.of(weights.file(train.name())) : loans.stream().map(Loan::file).toList();
    try (Device device = where.open(output());
        Session session = Train.open(train, source, where, device, loans, this::seen)) {
      if (train.trains()) {
        session.last().startAt(session.load(files.get(0)));
      }
      Map<String, Double> figures = new LinkedHashMap<>(session.last().evaluate());
      for (DataBinding data : train.trains() ? train.data() : List.<DataBinding>of()) {
        figures.putAll(new Written(program, train, data, session.source(data.name()), session.last().held())
            .figures(source, device, where.flavour(device), files.get(0)));
      }
      List<Path> pictures = session.last().plots().stream().map(plot -> plot.write(out)).toList();
      if (wantsJson()) {
        Json.Builder answer = Json.object().put("weights", files.get(0).toString())
            .put("split", session.last().held().toString());
        figures.forEach(answer::put);
        if (!pictures.isEmpty()) {
          answer.put("files", pictures, file -> Json.of(file.toString()));
        }
        output().print(answer.build().toLine() + "\n");
      } else {
        files.forEach(file -> output().message("weights: " + file + "\n"));
        figures.forEach((name, value) -> output().print(
            String.format(Locale.ROOT, "%s %s %.6g%n", session.last().held(), name, value)));
        pictures.forEach(file -> output().print(file + "\n"));
      }
      return ExitCode.OK;
    }
  }

  private DataSource seen(DataSource data) {
    List<String> splits = List.of("validation", "test");
    if (!split.isEmpty() && !splits.contains(split)) {
      throw UsageException.unknown("there are no rows held back named", split, splits);
    }
    return split.isEmpty() ? data : new OneSplit(data, Split.valueOf(split.toUpperCase(Locale.ROOT)));
  }
}
