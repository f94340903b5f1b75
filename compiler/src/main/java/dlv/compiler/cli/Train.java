package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.check.DataBinding;
import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.lower.Lower;
import dlv.runtime.Device;
import dlv.runtime.data.DataSource;
import dlv.runtime.report.Configuration;
import dlv.runtime.report.Progress;
import dlv.runtime.report.RunFolder;
import dlv.runtime.train.Session;
import dlv.runtime.train.Trainer;
import dlv.runtime.train.Training;
import dlv.runtime.train.TrainingLoop;
import dlv.runtime.weights.Loan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlvc train}: trains a block of a file, and leaves weights, figures and pictures in a run folder. */
@CommandLine.Command(name = "train", description = "Train, with progress, checkpoints and a folder of results.")
final class Train extends Command {

  @Mixin
  private final ProgramOptions source = new ProgramOptions();

  @Mixin
  private final DeviceOptions where = new DeviceOptions();

  @Mixin
  private final BlockOption block = new BlockOption();

  @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs",
      description = "The folder of run folders (${DEFAULT-VALUE}).")
  private Path runs;

  @Option(names = "--pictures", paramLabel = "N", defaultValue = "16",
      description = "Examples of each generate block of pictures to draw after each epoch (${DEFAULT-VALUE}), or 0.")
  private int pictures;

  Train(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    if (pictures < 0) {
      throw new UsageException("--pictures " + pictures + " examples cannot be drawn", "give a number, or 0 for none");
    }
    Program program = source.check(output(), options().format());
    TrainProgram train = block.of(program);
    if (!train.trains()) {
      throw new UsageException(train.name() + " minimizes nothing", "dlvc evaluate measures what it reports");
    }
    Interruption interruption = Interruption.listen(output());
    try (Device device = where.open(output())) {
      output().message("device: " + device.info().name() + "\n");
      try (Session session = open(train, source, where, device, Weights.loans(train.loans(), source, runs))) {
        train.data().forEach(data -> session.source(data.name()).warnings().forEach(warning ->
            output().message("warning: " + warning + "\n")));
        Configuration configuration = session.configuration(parts(program));
        try (RunFolder folder = RunFolder.open(runs, train.name(), configuration)) {
          return run(session, folder, program, train, device, interruption);
        }
      }
    }
  }

  private ExitCode run(Session session, RunFolder folder, Program program, TrainProgram train, Device device,
      Interruption interruption) {
    folder.notes().forEach(note -> output().message("note: " + note + "\n"));
    output().print((folder.isResumed() ? "resuming " : "training ") + train.name() + " in " + folder.path() + "\n");
    TrainingLoop.Ending ending;
    try (Gallery gallery = new Gallery(program, train, device, where.flavour(device), folder.path(), pictures)) {
      ending = session.run(folder, (done, steps, perEpoch, batch) ->
          Progress.onTerminal(System.out, done, steps, perEpoch, batch), gallery, interruption);
    }
    if (ending == TrainingLoop.Ending.INTERRUPTED) {
      output().print("saved; the same command goes on from step " + session.steps() + "\n");
      return ExitCode.INTERRUPTED;
    }
    DataBinding data = train.data().get(0);
    Optional<Path> sheet = Predictions.draw(program, data, session.source(data.name()), device,
        where.flavour(device), folder.weightsFile());
    Optional<Path> forecast = Forecasts.draw(source, program, data, session.source(data.name()), device,
        where.flavour(device), folder.weightsFile());
    output().print((ending == TrainingLoop.Ending.STOPPED_EARLY ? "no further progress\n" : "") + "weights: "
        + folder.weightsFile() + "\ncurves:  " + folder.path().resolve("curves.png") + "\n");
    sheet.ifPresent(file -> output().print("samples: " + file + "\n"));
    forecast.ifPresent(file -> output().print("forecast: " + file + "\n"));
    return ExitCode.OK;
  }

  private Map<String, String> parts(Program program) {
    var parts = new TreeMap<String, String>();
    parts.put("program", Configuration.digest(program.unit().file().text()));
    source.set().forEach((name, value) -> parts.put("set " + name, value));
    return parts;
  }

  /** A block on a device, with all its data. */
  static Session open(TrainProgram train, ProgramOptions source, DeviceOptions where, Device device,
      List<Loan> loans) {
    return open(train, source, where, device, loans, data -> data);
  }

  /** The same with data that {@code seen} changes. */
  static Session open(TrainProgram train, ProgramOptions source, DeviceOptions where, Device device, List<Loan> loans,
      UnaryOperator<DataSource> seen) {
    List<Training> trainings = Compiler.trainings(train);
    Map<String, DataSource> data = sources(train, source);
    data.replaceAll((name, all) -> seen.apply(all));
    return Session.open(device, where.compile(Lower.train(train), device, Trainer.dimensions(trainings.get(0), data)),
        trainings, data, loans);
  }

  /** The sources of a block's data lines, open. */
  static Map<String, DataSource> sources(TrainProgram train, ProgramOptions source) {
    var sources = new LinkedHashMap<String, DataSource>();
    for (DataBinding data : train.data()) {
      sources.put(data.name(), Session.source(data.source(), data.arguments(), source.folder(),
          Optional.ofNullable(source.data().get(data.name()))));
    }
    return sources;
  }
}
