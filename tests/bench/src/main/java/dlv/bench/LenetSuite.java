package dlv.bench;

import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Tensor;

/** LeNet-5: training steps and inference, after the proof that both sides compute the same. */
final class LenetSuite {
  /** Rows of a training batch. */
  static final int BATCH = 128;
  /** Rows to draw batches from. */
  static final int ROWS = 60_000;
  /** The rate of plain gradient descent. */
  static final double SGD_RATE = 1e-2;
  /** The rate of Adam. */
  static final double ADAM_RATE = 1e-3;
  /** Before the paths of the model of both train blocks. */
  static final String MODEL = "net.";
  private static final int TOGETHER = 20;
  private static final Race RACE = Race.of(150);

  private LenetSuite() {}

  /** Proves, then races all four kinds of work; {@link IllegalStateException} where the sides differ. */
  static void run(PrintStream out) throws IOException {
    try (Device device = Device.open("cpu")) {
      prove(device, out);
      race(device, out);
    }
  }

  private static void prove(Device device, PrintStream out) throws IOException {
    Digits digits = Digits.random(BATCH, 2);
    Table table = new Table("proof", "loss, libtorch", "loss, dlv", "losses differ by", "weights by", "weights, L2",
        "verdict");
    boolean holds = true;
    try (DigitsFolder folder = DigitsFolder.of(digits)) {
      Subject subject = Subject.lenet(device, folder.path());
      for (LenetProof.Kind kind : LenetProof.Kind.values()) {
        try (Session session = subject.block(kind.block())) {
          LenetProof proof = LenetProof.of(kind, session.trainer(), digits);
          table.row(proof.cells());
          holds &= proof.holds();
        }
      }
    }
    table.print("LeNet-5: the same on both sides", out);
    if (!holds) {
      throw new IllegalStateException("the two sides compute different things: nothing is measured");
    }
  }

  private static void race(Device device, PrintStream out) throws IOException {
    Table table = new Table("LeNet-5", "median", "best", "ratio");
    try (DigitsFolder folder = DigitsFolder.of(Digits.random(ROWS, 2))) {
      Subject subject = Subject.lenet(device, folder.path());
      for (LenetProof.Kind kind : LenetProof.Kind.values()) {
        try (Session session = subject.block(kind.block())) {
          Subject.write(session.trainer().executable(), MODEL, Weights.lenet(1));
          race(table, kind + " step, batch " + BATCH, step(kind),
              List.of(Subject.steps(session, 1), Subject.steps(session, TOGETHER)));
        }
      }
      for (int rows : new int[] {BATCH, 1}) {
        try (Executable network = subject.network("LeNet5", rows)) {
          Subject.write(network, "", Weights.lenet(1));
          race(table, "inference, batch " + rows, inference(rows),
              List.of(Subject.runs(network, Map.of("image", Digits.random(rows, 2).values()))));
        }
      }
    }
    table.print("LeNet-5", out);
  }

  private static void race(Table table, String work, Runnable peer, List<Race.Contender> own) {
    var contenders = Stream.concat(Peer.contenders("", peer).stream(), own.stream()).toList();
    for (Race.Standing standing : RACE.run(contenders)) {
      table.row(work + ": " + standing.name(), Table.time(standing.median()), Table.time(standing.best()),
          Table.number("%.2f", standing.ratio()));
    }
  }

  /** The peer's training step on one batch, again and again. */
  static Runnable step(LenetProof.Kind kind) {
    LenetPeer net = new LenetPeer(Weights.lenet(1));
    Digits digits = Digits.random(BATCH, 2);
    Tensor images = digits.images();
    Tensor classes = digits.classes();
    Optimizer optimizer = kind.optimizer(net);
    return Peer.training(() -> net.step(optimizer, images, classes));
  }

  /** The peer's inference of so many images. */
  private static Runnable inference(int rows) {
    LenetPeer net = new LenetPeer(Weights.lenet(1));
    Tensor images = Digits.random(rows, 2).images();
    return Peer.inference(() -> net.logits(images));
  }
}
