package dlv.bench;

import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.plan.Arena;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Tensor;

/** ResNet-20 at the size of CIFAR: a training step, after the proof that both sides compute the same. */
final class ResnetSuite {
  static final String BLOCK = "PlainDescent";
  private static final String MODEL = "net.";
  private static final int BATCH = 128;
  /** Small: at 1e-2 what rounding differs by grows tenfold with each step, on either side. */
  private static final double RATE = 1e-4;
  private static final int STEPS = 20;
  private static final Race RACE = Race.of(300);

  private ResnetSuite() {}

  /** Proves, then races; {@link IllegalStateException} where the sides differ. */
  static void run(PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("pictures");
    Pictures pictures = Pictures.random(BATCH, 2);
    try (Device device = Device.open("cpu")) {
      pictures.write(folder);
      try (Session session = Subject.resnet(device, folder).block(BLOCK)) {
        prove(session, pictures, out);
        race(session, pictures, out);
      }
    } finally {
      DigitsFolder.delete(folder);
    }
  }

  private static Weights start(Executable block) {
    Arena arena = block.manifest().arenas().stream().filter(a -> a.role() == Arena.Role.WEIGHT).findFirst().orElseThrow();
    return Weights.of(arena, MODEL, 1);
  }

  private static void prove(Session session, Pictures pictures, PrintStream out) {
    Executable block = session.trainer().executable();
    session.trainer().initialise();
    Weights start = start(block);
    Subject.write(block, MODEL, start);
    ResnetPeer peer = new ResnetPeer(start, false);
    Optimizer optimizer = peer.sgd(RATE);
    Tensor images = pictures.images();
    Tensor classes = pictures.classes();
    double losses = 0;
    double theirs = 0;
    for (int step = 0; step < STEPS; step++) {
      session.trainer().iterate(1);
      double mine = session.trainer().figures().get(session.trainer().training().losses().get(0));
      try (PointerScope scope = new PointerScope()) {
        theirs = peer.lossAndStep(optimizer, images, classes).item_float();
      }
      losses = Math.max(losses, Math.abs(mine - theirs) / Math.abs(theirs));
    }
    Weights after = peer.weights(start);
    Weights mine = Subject.weights(block, MODEL, start);
    double distance = after.relativeDistance(mine);
    Table table = new Table("proof", "loss", "losses differ by", "weights by", "weights, L2");
    table.row("SGD, " + STEPS + " steps", Table.number("%.6f", theirs), Table.number("%.1e", losses),
        Table.number("%.1e", after.largestDifference(mine)), Table.number("%.1e", distance));
    table.print("ResNet-20: the same on both sides", out);
    if (!(losses <= LenetProof.FIVE_DIGITS && after.largestDifference(mine) <= 1e-5)) {
      throw new IllegalStateException("the two sides compute different things: nothing is measured");
    }
  }

  private static void race(Session session, Pictures pictures, PrintStream out) {
    Weights start = start(session.trainer().executable());
    Stream<Race.Contender> peers = Stream.of(false, true).flatMap(last -> Peer.contenders(
        last ? ", channels last" : "", step(new ResnetPeer(start, last), pictures)).stream());
    Table table = new Table("ResNet-20", "median", "best", "ratio");
    for (Race.Standing standing : RACE.run(Stream.concat(peers, Stream.of(Subject.steps(session, 1))).toList())) {
      table.row("SGD step, batch " + BATCH + ": " + standing.name(), Table.time(standing.median()),
          Table.time(standing.best()), Table.number("%.2f", standing.ratio()));
    }
    table.print("ResNet-20 at 32x32", out);
  }

  private static Runnable step(ResnetPeer peer, Pictures pictures) {
    Optimizer optimizer = peer.sgd(RATE);
    Tensor images = peer.laidOut(pictures.images());
    Tensor classes = pictures.classes();
    return Peer.training(() -> peer.lossAndStep(optimizer, images, classes));
  }
}
