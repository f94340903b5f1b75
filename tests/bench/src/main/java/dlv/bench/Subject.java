package dlv.bench;

import dlv.runtime.BoundEntry;
import dlv.runtime.Executable;
import dlv.runtime.plan.Arena;
import dlv.runtime.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is measured: a program compiled by dlv, open on a device. */
final class Subject {
  private static final String MODEL = "net.";

  private Subject() {}

  /** Training steps as a contender; each is waited for. */
  static Race.Contender steps(Trainer trainer) {
    return contender(() -> {
      trainer.iterate(1);
      trainer.executable().finish();
    });
  }

  /** Runs of a network whose inputs are on the device already, as a contender; each is waited for. */
  static Race.Contender runs(Executable network, Map<String, float[]> inputs) {
    BoundEntry run = network.entry("run");
    inputs.forEach(run::write);
    return contender(() -> {
      run.enqueue();
      network.finish();
    });
  }

  private static Race.Contender contender(Runnable work) {
    return new Race.Contender("dlv", false, () -> { }, work);
  }

  /** Gives a train block these weights, in place of those its seed gave. */
  static void write(Executable block, LenetWeights weights) {
    weights.list().forEach(w -> block.write(Arena.Role.WEIGHT, MODEL + w.path(), w.values()));
  }

  /** The weights of a train block. */
  static LenetWeights weights(Executable block, LenetWeights like) {
    List<LenetWeights.Weight> now = new ArrayList<>();
    like.list().forEach(w -> now.add(w.with(block.read(Arena.Role.WEIGHT, MODEL + w.path()))));
    return new LenetWeights(now);
  }
}
