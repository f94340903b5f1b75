package dlv.runtime.train;

import dlv.runtime.data.DataException;
import dlv.runtime.data.Split;
import dlv.runtime.report.Curves;
import dlv.runtime.report.Metrics;
import dlv.runtime.report.Progress;
import dlv.runtime.report.Report;
import dlv.runtime.report.RunFolder;
import dlv.runtime.weights.Checkpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A training with its folder: resumed where a checkpoint is, reported as it goes, saved every epoch and at the end. */
public final class TrainingRun implements TrainingLoop.Observer, AutoCloseable {
  /** Makes the line that shows how training goes, once it is known how far it has to go. */
  public interface ProgressLine {
    Progress open(long done, long steps, long stepsPerEpoch, long rowsPerStep);
  }

  private final Trainer trainer;
  private final RunFolder folder;
  private final Metrics metrics;
  private final Progress progress;
  private final TrainingLoop loop;

  /**
   * Makes the trainer ready: from the folder's checkpoint, or from the start.
   *
   * @param interrupted asked every now and then whether to save and end
   */
  public TrainingRun(Trainer trainer, RunFolder folder, ProgressLine progress, BooleanSupplier interrupted) {
    this.trainer = trainer;
    this.folder = folder;
    this.loop = new TrainingLoop(trainer, this, interrupted);
    trainer.initialise();
    Optional<Checkpoint> checkpoint = folder.checkpoint();
    checkpoint.ifPresent(saved -> {
      List<String> missing = States.restore(trainer.executable(), saved.tensors());
      if (!missing.isEmpty()) {
        throw new IllegalStateException("the checkpoint lacks " + missing);
      }
      trainer.startAt(saved.step());
      loop.resume(saved.notes());
    });
    var names = new ArrayList<>(trainer.training().figures());
    names.removeAll(trainer.training().losses());
    this.metrics = Metrics.open(folder.path(), names, trainer.step());
    this.progress = progress.open(trainer.step(), trainer.lastStep(), trainer.stepsPerEpoch(),
        trainer.training().rowsPerStep());
  }

  /**
   * Trains to the end, or until interrupted; every way out leaves a checkpoint.
   *
   * @throws Diverged where a loss is no number; the last checkpoint stays
   */
  public TrainingLoop.Ending run() {
    try {
      TrainingLoop.Ending ending = loop.run();
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
    progress.step(step, loss(figures), reported(figures));
  }

  @Override
  public void report(long epoch, long step, Split split, Map<String, Double> figures) {
    Report report = new Report(epoch, step, split, loss(figures), reported(figures));
    keep(() -> metrics.add(report));
    progress.report(report);
  }

  @Override
  public void save(long epoch, long step) {
    aside(() -> {
      keep(() -> new Checkpoint(step, epoch, trainer.training().seed(), folder.configuration().hash(), loop.notes(),
          States.all(trainer.executable())).write(folder.checkpointFile()));
      keep(() -> Curves.write(folder.path(), folder.path().getFileName().toString(), metrics.reports(),
          trainer.stepsPerEpoch()));
    });
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
