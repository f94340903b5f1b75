package dlv.runtime.train;

import dlv.runtime.data.Split;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Epoch after epoch: steps, evaluation, a checkpoint; until the end, an interruption, or no further progress. */
public final class TrainingLoop {
  /** Why training ended. */
  public enum Ending {
    FINISHED, STOPPED_EARLY, INTERRUPTED
  }

  /** Who is told how training goes. */
  public interface Observer {
    /**
     * Some steps are done.
     *
     * @param figures means over them
     * @param rowsPerSecond since the last call
     */
    void progress(long step, Map<String, Double> figures, double rowsPerSecond);

    /** Figures of a whole epoch, or of the part of it since a resume. */
    void report(long epoch, long step, Split split, Map<String, Double> figures);

    /** Now is the time to save. */
    void save(long epoch, long step);

    /** Work that is not training, such as an evaluation: it does not count for the speed. */
    void aside(Runnable work);
  }

  private static final double SECONDS_BETWEEN_READS = 0.25;

  private final Trainer trainer;
  private final Observer observer;
  private final BooleanSupplier interrupted;
  private double secondsPerStep = 0.01;
  private double best = Double.POSITIVE_INFINITY;
  private long bestEpoch;

  /** @param interrupted asked every now and then whether to save and end */
  public TrainingLoop(Trainer trainer, Observer observer, BooleanSupplier interrupted) {
    this.trainer = trainer;
    this.observer = observer;
    this.interrupted = interrupted;
  }

  /**
   * Trains from where the trainer stands.
   *
   * @throws Diverged where a loss is no number
   */
  public Ending run() {
    while (trainer.step() < trainer.lastStep()) {
      long epoch = trainer.step() / trainer.stepsPerEpoch();
      if (!epoch(epoch)) {
        observer.save(epoch, trainer.step());
        return Ending.INTERRUPTED;
      }
      Map<String, Double> held = new LinkedHashMap<>();
      observer.aside(() -> held.putAll(trainer.evaluate()));
      if (!held.isEmpty()) {
        observer.report(epoch + 1, trainer.step(), trainer.held(), held);
      }
      boolean stale = stale(epoch, held);
      observer.save(epoch + 1, trainer.step());
      if (stale) {
        return Ending.STOPPED_EARLY;
      }
    }
    return Ending.FINISHED;
  }

  /** The rest of one epoch; false where it was interrupted. */
  private boolean epoch(long epoch) {
    long start = trainer.step();
    long end = Math.min((epoch + 1) * trainer.stepsPerEpoch(), trainer.lastStep());
    var sums = new LinkedHashMap<String, Double>();
    while (trainer.step() < end) {
      if (interrupted.getAsBoolean()) {
        return false;
      }
      long n = Math.min(end - trainer.step(), Math.max(1, Math.round(SECONDS_BETWEEN_READS / secondsPerStep)));
      some(n).forEach((name, mean) -> sums.merge(name, mean * n, Double::sum));
    }
    sums.replaceAll((name, sum) -> sum / (end - start));
    observer.report(epoch + 1, end, Split.TRAIN, trainer.training().shown(sums));
    return true;
  }

  /** Means over n steps. */
  private Map<String, Double> some(long n) {
    long before = System.nanoTime();
    trainer.iterate(n);
    Map<String, Double> means = trainer.means();
    secondsPerStep = Math.max(1e-6, (System.nanoTime() - before) / 1e9 / n);
    for (String loss : trainer.training().losses()) {
      if (!Double.isFinite(means.getOrDefault(loss, 0.0))) {
        throw new Diverged(loss, means.get(loss), trainer.step() - n + 1, trainer.step());
      }
    }
    observer.progress(trainer.step(), trainer.training().shown(means),
        trainer.training().rowsPerStep() / secondsPerStep);
    return means;
  }

  /** What a checkpoint keeps for {@link #resume}: how good it has been, and when. */
  public Map<String, String> notes() {
    return Map.of("best", Double.toString(best), "best.epoch", Long.toString(bestEpoch));
  }

  /** Goes on from the notes of a checkpoint. */
  public void resume(Map<String, String> notes) {
    best = Double.parseDouble(notes.getOrDefault("best", "Infinity"));
    bestEpoch = Long.parseLong(notes.getOrDefault("best.epoch", "0"));
  }

  /** Whether the held-back loss has not improved for as many epochs as the training's patience. */
  private boolean stale(long epoch, Map<String, Double> held) {
    double loss = trainer.training().losses().stream().mapToDouble(name -> held.getOrDefault(name, 0.0)).sum();
    if (loss < best) {
      best = loss;
      bestEpoch = epoch;
    }
    return trainer.training().patience().isPresent() && epoch - bestEpoch >= trainer.training().patience().getAsInt();
  }
}
