package dlv.runtime.train;

import dlv.runtime.CompiledUnit;
import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.data.DataException;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.DataSources;
import dlv.runtime.data.SourceKind;
import dlv.runtime.plan.Dimension;
import dlv.runtime.report.Configuration;
import dlv.runtime.report.RunFolder;
import dlv.runtime.weights.Loan;
import dlv.runtime.weights.Tensor;
import dlv.runtime.weights.WeightsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A train block open on a device, with its data: what {@code dlvc train} and generated classes drive. */
public final class Session implements AutoCloseable {
  /** Under which metadata of a weights file hold the steps that its run had made. */
  private static final String STEP = "step";

  private final Executable executable;
  private final Map<String, DataSource> data;
  private final List<Trainer> trainers;
  private int current;

  private Session(Executable executable, Map<String, DataSource> data, List<Trainer> trainers) {
    this.executable = executable;
    this.data = data;
    this.trainers = trainers;
  }

  /** Opens a compiled train block without stages, whose models are all its own. */
  public static Session open(Device device, CompiledUnit unit, Training training, Map<String, DataSource> data) {
    return open(device, unit, List.of(training), data, List.of());
  }

  /**
   * Opens a compiled train block, its states as before the first step.
   *
   * @param trainings the stages in their order, or the whole block
   * @param data the source of each data line; the session closes them
   * @param loans the models that begin with weights of another training
   */
  public static Session open(Device device, CompiledUnit unit, List<Training> trainings,
                             Map<String, DataSource> data, List<Loan> loans) {
    Map<String, Long> sizes = Trainer.dimensions(trainings.get(0), data);
    sizes.keySet().retainAll(unit.manifest().dimensions().stream().map(Dimension::name).toList());
    Executable executable = unit.open(device, sizes);
    try {
      var trainers = new ArrayList<Trainer>();
      long epochs = 0;
      for (Training training : trainings) {
        trainers.add(new Trainer(executable, training, data, loans, epochs));
        epochs += trainers.get(trainers.size() - 1).epochs();
      }
      trainers.get(0).initialise();
      return new Session(executable, new LinkedHashMap<>(data), List.copyOf(trainers));
    } catch (RuntimeException e) {
      executable.close();
      throw e;
    }
  }

  /**
   * Opens a data line's source.
   *
   * @param kind the kind of source, {@code digits}
   * @param bound other data that stands in for it
   */
  public static DataSource source(String kind, Map<String, ?> arguments, Path folder, Optional<Path> bound) {
    SourceKind found = DataSources.kind(kind).orElseThrow(() ->
        new IllegalArgumentException("there is no kind of data named " + kind));
    return DataSources.open(found, arguments, folder, bound);
  }

  /** The source of a data line. */
  public DataSource source(String line) {
    return data.get(line);
  }

  /** The trainer of the stage that goes on. */
  public Trainer trainer() {
    return trainers.get(current);
  }

  /** The trainer of the last stage, which says how good the result is. */
  public Trainer last() {
    return trainers.get(trainers.size() - 1);
  }

  /** Makes one step; where a stage has made all of its own, the first of the next. Does not wait for the device. */
  public void step() {
    if (trainer().step() >= trainer().lastStep() && current < trainers.size() - 1) {
      current++;
      trainer().startAt(0);
    }
    trainer().iterate(1);
  }

  /** All that the numbers depend on, beside what {@code parts} says. */
  public Configuration configuration(Map<String, String> parts) {
    var all = new TreeMap<>(parts);
    all.put("plan", Configuration.digest(executable.manifest().toJson()));
    all.put("training", String.join("; ", trainers.stream().map(t -> t.training().toString()).toList()));
    data.forEach((name, source) -> all.put("data " + name, source.fingerprint()));
    trainer().loans().forEach(loan -> all.put("weights of " + loan.name(), loan.model() + " " + loan.fingerprint()));
    return Configuration.of(all);
  }

  /** Trains in a run folder: goes on where an interrupted run of equal configuration stopped. */
  public TrainingLoop.Ending run(RunFolder folder, TrainingRun.ProgressLine progress, TrainingRun.Gallery gallery,
      BooleanSupplier interrupted) {
    try (TrainingRun run = new TrainingRun(trainers, folder, progress, gallery, interrupted)) {
      TrainingLoop.Ending ending = run.run();
      current = run.stage();
      return ending;
    }
  }

  /** The steps made so far, those of all stages together. */
  public long steps() {
    return trainers.subList(0, current).stream().mapToLong(Trainer::lastStep).sum() + trainer().step();
  }

  /**
   * Takes weights and statistics from a safetensors file that a run of this block wrote.
   *
   * @return the steps that this run had made, from which schedules tell the time; 0 where the file does not say
   */
  public long load(Path file) {
    try (WeightsFile weights = WeightsFile.open(file)) {
      Map<String, List<Long>> wanted = new LinkedHashMap<>();
      States.model(executable).forEach(tensor -> wanted.put(tensor.name(), tensor.shape()));
      weights.expect(wanted);
      Learned.check(file, weights.metadata(), trainer().learned());
      List<Tensor> tensors = weights.names().stream().map(weights::read).toList();
      States.restore(executable, tensors);
      States.restoreAverages(executable, tensors);
      return steps(weights.metadata().get(STEP));
    }
  }

  private static long steps(String written) {
    boolean isNumber = written != null && written.matches("\\d{1,18}");
    return isNumber ? Long.parseLong(written) : 0;
  }

  /** Writes weights and statistics as a safetensors file. */
  public void save(Path file) {
    save(trainer(), file);
  }

  /** The same for any trainer. */
  static void save(Trainer trainer, Path file) {
    var metadata = new TreeMap<>(trainer.learned());
    metadata.put("train", trainer.training().name());
    metadata.put(STEP, Long.toString(trainer.step()));
    WeightsFile.write(file, metadata, States.model(trainer.executable()));
  }

  /** Closes plan and data. Closing again does nothing. */
  @Override
  public void close() {
    executable.close();
    data.values().forEach(source -> {
      try {
        source.close();
      } catch (DataException e) {
        // what was read has been used; there is nothing left to lose
      }
    });
  }
}
