package dlv.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Tensor;

/** LeNet-5: training steps and inference. */
final class LenetSuite {
  /** Rows of a training batch. */
  static final int BATCH = 128;
  /** The rate of plain gradient descent. */
  static final double SGD_RATE = 1e-2;
  /** The rate of Adam. */
  static final double ADAM_RATE = 1e-3;
  private static final Race RACE = new Race(11, 150);

  private LenetSuite() {}

  /** Races all four kinds of work. */
  static void run(PrintStream out) {
    Table table = new Table("LeNet-5", "median", "best", "ratio");
    race(table, "SGD step, batch 128", Peer.contenders("", step(false)));
    race(table, "Adam step, batch 128", Peer.contenders("", step(true)));
    race(table, "inference, batch 128", Peer.contenders("", inference(BATCH)));
    race(table, "inference, batch 1", Peer.contenders("", inference(1)));
    table.print("LeNet-5", out);
  }

  private static void race(Table table, String work, List<Race.Contender> contenders) {
    for (Race.Standing standing : RACE.run(new ArrayList<>(contenders))) {
      table.row(work + ": " + standing.name(), Table.time(standing.median()), Table.time(standing.best()),
          Table.number("%.2f", standing.ratio()));
    }
  }

  /** The peer's training step on one batch, again and again. */
  static Runnable step(boolean adam) {
    LenetPeer net = new LenetPeer(LenetWeights.random(1));
    Digits digits = Digits.random(BATCH, 2);
    Tensor images = digits.images();
    Tensor classes = digits.classes();
    Optimizer optimizer = adam ? net.adam(ADAM_RATE) : net.sgd(SGD_RATE);
    return Peer.training(() -> net.step(optimizer, images, classes));
  }

  /** The peer's inference of so many images. */
  static Runnable inference(int rows) {
    LenetPeer net = new LenetPeer(LenetWeights.random(1));
    Tensor images = Digits.random(rows, 2).images();
    return Peer.inference(() -> net.logits(images));
  }
}
