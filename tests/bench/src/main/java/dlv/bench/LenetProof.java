package dlv.bench;

import dlv.runtime.Executable;
import dlv.runtime.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Tensor;

/**
 * That both sides compute the same: twenty steps from the same weights on the same batch.
 *
 * @param optimiser the peer's counterpart of the train block's optimiser
 * @param steps how many steps were made
 * @param losses of the peer and of dlv before each step
 * @param largestDifference of two weights after the last step
 * @param relativeDistance of all weights after it, in L2
 */
record LenetProof(Kind optimiser, int steps, List<double[]> losses, double largestDifference,
                  double relativeDistance) {
  private static final int STEPS = 20;
  /** Losses may differ by so much, relatively. */
  static final double FIVE_DIGITS = 5e-6;

  /** An optimiser, and how near the weights must be after it. */
  enum Kind {
    /** Plain descent: no weight differs by more than 1e-5. */
    SGD("PlainDescent"),
    /** Adam, which divides by roots of small numbers: 1e-4 in relative L2. */
    ADAM("WithAdam");

    private final String block;

    Kind(String block) {
      this.block = block;
    }

    /** The train block that uses it. */
    String block() {
      return block;
    }

    /** The peer's, over the weights of a network. */
    Optimizer optimizer(LenetPeer net) {
      return this == ADAM ? net.adam(LenetSuite.ADAM_RATE) : net.sgd(LenetSuite.SGD_RATE);
    }
  }

  /** Makes the steps on both sides; the trainer's data are {@code digits}, which fill one batch. */
  static LenetProof of(Kind kind, Trainer trainer, Digits digits) {
    Weights start = Weights.lenet(1);
    LenetPeer peer = new LenetPeer(start);
    Optimizer optimizer = kind.optimizer(peer);
    Tensor images = digits.images();
    Tensor classes = digits.classes();
    Executable block = trainer.executable();
    trainer.initialise();
    Subject.write(block, LenetSuite.MODEL, start);
    List<double[]> losses = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      trainer.iterate(1);
      double mine = trainer.figures().get(trainer.training().losses().get(0));
      try (PointerScope scope = new PointerScope()) {
        losses.add(new double[] {peer.lossAndStep(optimizer, images, classes).item_float(), mine});
      }
    }
    Weights theirs = peer.weights(start);
    Weights mine = Subject.weights(block, LenetSuite.MODEL, start);
    return new LenetProof(kind, STEPS, losses, theirs.largestDifference(mine), theirs.relativeDistance(mine));
  }

  /** The largest relative difference of two losses before the same step. */
  double largestLossDifference() {
    return losses.stream().mapToDouble(l -> Math.abs(l[0] - l[1]) / Math.abs(l[0])).reduce(0, Math::max);
  }

  /** Whether losses agree to five digits, and weights as the optimiser demands. */
  boolean holds() {
    boolean near = optimiser == Kind.ADAM ? relativeDistance <= 1e-4 : largestDifference <= 1e-5;
    return largestLossDifference() <= FIVE_DIGITS && near;
  }

  /** A line for a table: optimiser, steps, difference of losses, of weights, and the verdict. */
  String[] cells() {
    double[] last = losses.get(losses.size() - 1);
    return new String[] {optimiser + ", " + steps + " steps", Table.number("%.6f", last[0]),
        Table.number("%.6f", last[1]), Table.number("%.1e", largestLossDifference()),
        Table.number("%.1e", largestDifference), Table.number("%.1e", relativeDistance), holds() ? "equal" : "DIFFERENT"};
  }
}
