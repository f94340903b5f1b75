package dlv.bench;

import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.plan.Arena;
import dlv.runtime.train.Session;
import dlv.runtime.train.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Training steps of generative models, after the proof that both sides compute the same from equal weights and noise. */
final class GenerativeSuite {
  /** The block whose noise is drawn. */
  static final String DRAWN = "Drawn";
  private static final String GIVEN = "Given";
  /** Of the proof. Adam divides by roots of small numbers, so what rounding differs by grows a hundredfold in twenty. */
  private static final int STEPS = 5;
  private static final int TOGETHER = 20;
  private static final double NEAR = 1e-4;
  private static final Race RACE = Race.of(300);

  private GenerativeSuite() {}

  /** Proves, then races; {@link IllegalStateException} where the sides differ. */
  static void run(GenerativeWork work, PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("rows");
    try (Device device = Device.open("cpu");
         DigitsFolder digits = DigitsFolder.of(Digits.random(LenetSuite.ROWS, 2))) {
      Subject subject = subject(work, device, folder, digits);
      prove(work, subject, out);
      race(work, subject, out);
    } finally {
      DigitsFolder.delete(folder);
    }
  }

  /** The model's program, its rows in a file in this folder. */
  static Subject subject(GenerativeWork work, Device device, Path folder, DigitsFolder digits) throws IOException {
    Path rows = folder.resolve("rows.npz");
    work.rows().numpy().write(rows);
    return Subject.generative(device, work, digits.path(), rows);
  }

  /** Weights to start the proof from, of all models in the order of the arenas. */
  private static Weights start(Executable block) {
    return new Weights(block.manifest().arenas().stream().filter(a -> a.role() == Arena.Role.WEIGHT)
        .flatMap(a -> Weights.of(a, "", 1).list().stream()).toList());
  }

  private static void prove(GenerativeWork work, Subject subject, PrintStream out) {
    Table table = new Table("proof", "losses, libtorch", "losses, dlv", "losses differ by", "weights, L2");
    double losses = 0;
    double weights;
    try (Session session = subject.block(GIVEN)) {
      Trainer trainer = session.trainer();
      trainer.initialise();
      Weights start = start(trainer.executable());
      Subject.write(trainer.executable(), "", start);
      GenerativePeer peer = work.peer(false);
      peer.take(start);
      double[] mine = {};
      double[] theirs = {};
      for (int step = 0; step < STEPS; step++) {
        mine = step(trainer);
        theirs = step(peer, work.rows().batch());
        for (int i = 0; i < mine.length; i++) {
          losses = Math.max(losses, Math.abs(mine[i] - theirs[i]) / Math.abs(theirs[i]));
        }
      }
      weights = peer.weights(start).relativeDistance(Subject.weights(trainer.executable(), "", start));
      table.row(STEPS + " steps", words(theirs), words(mine), Table.number("%.1e", losses),
          Table.number("%.1e", weights));
    }
    table.print(work.title() + ": the same on both sides", out);
    if (!(losses <= LenetProof.FIVE_DIGITS && weights <= NEAR)) {
      throw new IllegalStateException("the two sides compute different things: nothing is measured");
    }
  }

  /** A step of dlv, and the losses before it. */
  private static double[] step(Trainer trainer) {
    trainer.iterate(1);
    Map<String, Double> figures = trainer.figures();
    return trainer.training().losses().stream().mapToDouble(figures::get).toArray();
  }

  /** A step of the peer, and the losses before it. */
  private static double[] step(GenerativePeer peer, GenerativePeer.Batch batch) {
    try (PointerScope scope = new PointerScope()) {
      return peer.step(batch).stream().mapToDouble(Tensor::item_float).toArray();
    }
  }

  private static String words(double[] losses) {
    return DoubleStream.of(losses).mapToObj(loss -> Table.number("%.6f", loss)).collect(Collectors.joining(", "));
  }

  private static void race(GenerativeWork work, Subject subject, PrintStream out) {
    Table table = new Table(work.title(), "median", "best", "ratio");
    try (Session session = subject.block(DRAWN)) {
      session.trainer().initialise();
      Stream<Race.Contender> peers = Stream.of(false, true).filter(last -> !last || work.convolves())
          .flatMap(last -> Peer.contenders(last ? ", channels last" : "", step(work, last)).stream());
      Stream<Race.Contender> own = Stream.of(Subject.steps(session, 1), Subject.steps(session, TOGETHER));
      for (Race.Standing standing : RACE.run(Stream.concat(peers, own).toList())) {
        table.row(standing.name(), Table.time(standing.median()), Table.time(standing.best()),
            Table.number("%.2f", standing.ratio()));
      }
    }
    table.print(work.title(), out);
  }

  /** The peer's training step on one batch, again and again, its noise drawn anew each time. */
  static Runnable step(GenerativeWork work, boolean channelsLast) {
    GenerativePeer peer = work.peer(channelsLast);
    GenerativePeer.Batch batch = work.rows().batch();
    return Peer.training(() -> peer.stepOfChance(batch));
  }
}
