package dlv.bench;

import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.plan.Arena;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.Tensor;

/** Training steps of recurrent cells, batch 64, 64 steps, 128 inputs, 256 units, after a look at whether both sides agree. */
final class RecurrentSuite {
  private static final int BATCH = 64;
  private static final int STEPS = 64;
  private static final int INPUTS = 128;
  private static final int UNITS = 256;
  private static final double RATE = 1.0;
  /** Of gradients, in parts of the largest: sums of 4096 terms, through 64 steps. */
  private static final double TOLERANCE = 64 * Math.ulp(1f) * Math.sqrt(BATCH * STEPS);
  private static final Race RACE = Race.of(300);

  /** A gate's weights in dlv: of the inputs, of the state, and the bias, which the peer's first bias is. */
  private record Gate(String inputs, String state, String bias) {
    static Gate of(String path) {
      return new Gate(path + ".Wx", path + ".Wh", path + ".b");
    }
  }

  /** A cell on both sides, its gates in the peer's order. */
  private record Cell(String block, RecurrentPeer.Layer layer, List<Gate> gates) {}

  private static final List<Cell> CELLS = List.of(
      new Cell("TrainLSTM", RecurrentPeer.Layer.LSTM, List.of(Gate.of("net.lstm1.affine2"),
          Gate.of("net.lstm1.affine1"), Gate.of("net.lstm1.affine4"), Gate.of("net.lstm1.affine3"))),
      new Cell("TrainGRU", RecurrentPeer.Layer.GRU, List.of(Gate.of("net.gru1.affine1"), Gate.of("net.gru1.affine2"),
          new Gate("net.gru1.Wx", "net.gru1.Wh", "net.gru1.bx"))),
      new Cell("TrainUngated", RecurrentPeer.Layer.UNGATED, List.of(Gate.of("net.ungated1.affine1"),
          Gate.of("net.ungated1.affine2"), Gate.of("net.ungated1.affine3"))),
      new Cell("TrainMinimalGated", RecurrentPeer.Layer.MINIMAL_GATED, List.of(Gate.of("net.minimalgated1.affine1"),
          Gate.of("net.minimalgated1.affine2"))));

  private RecurrentSuite() {}

  /** Proves, then races, cell by cell; {@link IllegalStateException} where the sides differ. */
  static void run(PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("sequences");
    float[] values = LayerSuites.uniform(BATCH * STEPS * INPUTS, 1);
    Tensor x = Peer.tensor(values, BATCH, STEPS, INPUTS).transpose(0, 1).contiguous();
    Table table = new Table("recurrent", "median", "best", "GFLOP/s", "ratio", "loss by", "gradients by");
    try (Device device = Device.open("cpu")) {
      Path file = folder.resolve("sequences.npz");
      new Numpy().with("x", values, BATCH, STEPS, INPUTS).write(file);
      for (Cell cell : CELLS) {
        try (Session session = Subject.recurrent(device, file).block(cell.block)) {
          session.trainer().initialise();
          run(cell, session, x, table);
        }
      }
    } finally {
      DigitsFolder.delete(folder);
    }
    table.print("Recurrent cells: training step, batch 64, 64 steps, 128 to 256", out);
  }

  private static void run(Cell cell, Session session, Tensor x, Table table) {
    Executable block = session.trainer().executable();
    List<float[]> before = weights(cell, block);
    var peer = new RecurrentPeer(cell.layer, cell.gates.size(), INPUTS, UNITS, before);
    SGD optimizer = peer.sgd(RATE);
    session.trainer().iterate(1);
    double mine = session.trainer().figures().get(session.trainer().training().losses().get(0));
    double theirs;
    try (PointerScope scope = new PointerScope()) {
      theirs = peer.lossAndStep(optimizer, x).item_float();
    }
    double loss = Math.abs(mine - theirs) / theirs;
    double gradients = difference(before, weights(cell, block), peer);
    if (!(loss <= LenetProof.FIVE_DIGITS && gradients <= TOLERANCE)) {
      throw new IllegalStateException(cell.block + ": losses differ by " + loss + ", gradients by " + gradients);
    }
    double flops = 6.0 * BATCH * STEPS * (INPUTS + UNITS) * UNITS * cell.gates.size()
        - 2.0 * BATCH * STEPS * INPUTS * UNITS * cell.gates.size();
    var peers = Peer.contenders("", Peer.training(() -> peer.lossAndStep(optimizer, x)));
    for (Race.Standing standing : RACE.run(Stream.concat(peers.stream(), Stream.of(Subject.steps(session, 1)))
        .toList())) {
      boolean own = standing.name().startsWith("dlv");
      table.row(cell.layer + ": " + standing.name(), Table.time(standing.median()), Table.time(standing.best()),
          Table.number("%.1f", flops / standing.median() / 1e9), Table.number("%.2f", standing.ratio()),
          own ? Table.number("%.1e", loss) : "", own ? Table.number("%.1e", gradients) : "");
    }
  }

  /** dlv's weights as the peer lays them out; its second bias is 0, as all biases are at the start. */
  private static List<float[]> weights(Cell cell, Executable block) {
    int gates = cell.gates.size();
    float[] inputs = new float[gates * UNITS * INPUTS];
    float[] state = new float[gates * UNITS * UNITS];
    float[] bias = new float[gates * UNITS];
    for (int g = 0; g < gates; g++) {
      Gate gate = cell.gates.get(g);
      turn(block.read(Arena.Role.WEIGHT, gate.inputs), INPUTS, inputs, g * UNITS * INPUTS);
      turn(block.read(Arena.Role.WEIGHT, gate.state), UNITS, state, g * UNITS * UNITS);
      System.arraycopy(block.read(Arena.Role.WEIGHT, gate.bias), 0, bias, g * UNITS, UNITS);
    }
    return List.of(inputs, state, bias, new float[gates * UNITS]);
  }

  /** {@code [rows, units]} as {@code [units, rows]}. */
  private static void turn(float[] from, int rows, float[] to, int at) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < UNITS; j++) {
        to[at + j * rows + i] = from[i * UNITS + j];
      }
    }
  }

  /** The largest difference of what a step moved the weights by, in parts of the largest such move of a tensor. */
  private static double difference(List<float[]> before, List<float[]> mine, RecurrentPeer peer) {
    double worst = 0;
    for (int i = 0; i < 3; i++) {
      Tensor weight = peer.weights().get(i);
      float[] theirs = Peer.values(weight::detach);
      double largest = 0;
      double difference = 0;
      for (int k = 0; k < theirs.length; k++) {
        largest = Math.max(largest, Math.abs((double) theirs[k] - before.get(i)[k]));
        difference = Math.max(difference, Math.abs((double) theirs[k] - mine.get(i)[k]));
      }
      worst = Math.max(worst, difference / largest);
    }
    return worst;
  }
}
