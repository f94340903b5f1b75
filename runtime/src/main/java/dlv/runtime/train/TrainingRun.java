package dlv.runtime.train;

import dlv.runtime.data.DataException;
import dlv.runtime.data.Split;
import dlv.runtime.report.Curves;
import dlv.runtime.report.Metrics;
import dlv.runtime.report.Progress;
import dlv.runtime.report.Report;
import dlv.runtime.report.RunFolder;
import dlv.runtime.weights.Checkpoint;
import dlv.runtime.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/** A training with its folder: resumed where a checkpoint is, reported as it goes, saved every epoch and at the end. */
public final class TrainingRun implements TrainingLoop.Observer, AutoCloseable {
  /** Makes the line that shows how training goes, once it is known how far it has to go. */
  public interface ProgressLine {
    Progress open(long done, long steps, long stepsPerEpoch, long rowsPerStep);
  }

  /** Draws something with the models as an epoch has left them. */
  public interface Gallery {
    /** @param models weights (their averages, where those are kept) and statistics */
    void draw(long epoch, List<Tensor> models);
  }

  /** Under which note of a checkpoint stands the number of the stage it was made in. */
  private static final String STAGE = "stage";

  private final List<Trainer> trainers;
  private final RunFolder folder;
  private final BooleanSupplier interrupted;
  private final Gallery gallery;
  private final Metrics metrics;
  private final Progress progress;
  private int stage;
  private Trainer trainer;
  private TrainingLoop loop;

  /**
   * Makes the trainers ready: from the folder's checkpoint, or from the start.
   *
   * @param trainers of the stages in their order, or of the whole block, over one plan
   * @param gallery draws after each epoch; what it cannot write is warned of
   * @param interrupted asked every now and then whether to save and end
   */
  public TrainingRun(List<Trainer> trainers, RunFolder folder, ProgressLine progress, Gallery gallery,
      BooleanSupplier interrupted) {
    this.trainers = List.copyOf(trainers);
    this.folder = folder;
    this.gallery = gallery;
    this.interrupted = interrupted;
    trainers.get(0).initialise();
    take(0);
    Optional<Checkpoint> checkpoint = folder.checkpoint();
    checkpoint.ifPresent(saved -> {
      List<String> missing = States.restore(trainer.executable(), saved.tensors());
      if (!missing.isEmpty()) {
        throw new IllegalStateException("the checkpoint lacks " + missing);
      }
      take(Integer.parseInt(saved.notes().getOrDefault(STAGE, "0")));
      trainer.startAt(saved.step() - before(Trainer::lastStep));
      loop.resume(saved.notes());
    });
    var names = new LinkedHashSet<String>();
    trainers.forEach(t -> names.addAll(t.training().figures()));
    trainers.forEach(t -> names.removeAll(t.training().losses()));
    this.metrics = Metrics.open(folder.path(), List.copyOf(names), step(trainer.step()), trainers.size() > 1);
    this.progress = progress.open(step(trainer.step()), trainers.stream().mapToLong(Trainer::lastStep).sum(),
        trainer.stepsPerEpoch(), trainer.training().rowsPerStep());
  }

  private void take(int next) {
    stage = next;
    trainer = trainers.get(next);
    loop = new TrainingLoop(trainer, this, interrupted);
  }

  /** The number of the stage that it is in. */
  int stage() {
    return stage;
  }

  /** What the stages before this one come to. */
  private long before(ToLongFunction<Trainer> what) {
    return trainers.subList(0, stage).stream().mapToLong(what).sum();
  }

  /** A step of this stage, counted from the first stage on. */
  private long step(long ofStage) {
    return before(Trainer::lastStep) + ofStage;
  }

  /**
   * Trains to the end, or until interrupted; every way out leaves a checkpoint.
   *
   * @throws Diverged where a loss is no number; the last checkpoint stays
   */
  public TrainingLoop.Ending run() {
    try {
      TrainingLoop.Ending ending = loop.run();
      while (ending != TrainingLoop.Ending.INTERRUPTED && stage + 1 < trainers.size()) {
        take(stage + 1);
        trainer.startAt(0);
        ending = loop.run();
      }
      if (ending != TrainingLoop.Ending.INTERRUPTED) {
        Session.save(trainer, folder.weightsFile());
        folder.finish();
      }
      return ending;
    } catch (Diverged e) {
      folder.diverge();
      throw e;
    }
  }

  @Override
  public void progress(long step, Map<String, Double> figures, double rowsPerSecond) {
    progress.step(step(step), loss(figures), reported(figures));
  }

  @Override
  public void report(long epoch, long step, Split split, Map<String, Double> figures) {
    Report report = new Report(before(Trainer::epochs) + epoch, step(step), split, trainer.training().stage(),
        loss(figures), reported(figures));
    keep(() -> metrics.add(report));
    progress.report(report);
  }

  @Override
  public void save(long epoch, long step) {
    aside(() -> {
      keep(() -> new Checkpoint(step(step), before(Trainer::epochs) + epoch, trainer.training().seed(), folder.configuration().hash(), notes(),
          States.all(trainer.executable())).write(folder.checkpointFile()));
      keep(() -> Curves.write(folder.path(), folder.path().getFileName().toString(), metrics.reports(),
          trainer.stepsPerEpoch()));
      keep(() -> trainer.plots().forEach(plot -> plot.write(folder.path())));
      if (step % trainer.stepsPerEpoch() == 0 || step == trainer.lastStep()) {
        keep(() -> gallery.draw(before(Trainer::epochs) + epoch, States.model(trainer.executable())));
      }
    });
  }

  private Map<String, String> notes() {
    var notes = new TreeMap<>(loop.notes());
    if (trainers.size() > 1) {
      notes.put(STAGE, Integer.toString(stage));
    }
    return notes;
  }

  /** Writes something; a disk that refuses is warned of, and the training goes on. */
  private void keep(Runnable writing) {
    try {
      writing.run();
    } catch (DataException e) {
      progress.say("warning: " + e.getMessage() + "; the training goes on without it. " + e.help());
    }
  }

  @Override
  public void aside(Runnable work) {
    progress.pause(work);
  }

  /** The sum of all lines' losses: one number to watch. */
  private double loss(Map<String, Double> figures) {
    return trainer.training().losses().stream().mapToDouble(name -> figures.getOrDefault(name, 0.0)).sum();
  }

  private Map<String, Double> reported(Map<String, Double> figures) {
    var values = new LinkedHashMap<>(figures);
    if (trainer.training().losses().size() == 1) {
      values.keySet().removeAll(trainer.training().losses());
    }
    return values;
  }

  @Override
  public void close() {
    progress.close();
    metrics.close();
  }
}
