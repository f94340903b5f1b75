package dlv.tests.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Array;
import dlv.compiler.layout.Flavour;
import dlv.compiler.source.SourceFile;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.Device;
import dlv.runtime.data.DataSource;
import dlv.runtime.plan.Arena;
import dlv.runtime.report.Progress;
import dlv.runtime.report.RunFolder;
import dlv.runtime.train.Session;
import dlv.runtime.train.TrainingLoop.Ending;
import dlv.tests.Flavours;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training from text: repeatable to the bit, resumable to the bit, and confined to what each line names. */
@NeedsOpenCl
class TrainingTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Device.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static Session session(String text, Flavour flavour) {
    var program = Compiler.check(new SourceFile("test.dlv", text), Compiler.Given.NOTHING);
    TrainProgram train = program.trains().get(0);
    Map<String, DataSource> data = new LinkedHashMap<>();
    train.data().forEach(line -> data.put(line.name(),
        Session.source(line.source(), line.arguments(), Path.of(""), Optional.empty())));
    return Session.open(device, Compiler.compile(train, flavour), Compiler.training(train), data);
  }

  private static TrainProgram turns(int rows) {
    String text = Texts.TURNS.replace("ROWS", Integer.toString(rows));
    return Compiler.check(new SourceFile("test.dlv", text), Compiler.Given.NOTHING).trains().get(0);
  }

  /** All weights, statistics and optimiser states by path. */
  private static Map<String, float[]> states(Session session) {
    var states = new TreeMap<String, float[]>();
    for (Arena arena : session.trainer().executable().manifest().arenas()) {
      if (arena.role() != Arena.Role.COUNTER) {
        arena.tensors().forEach(t -> states.put(arena.role() + " " + t.path(),
            session.trainer().executable().read(arena.role(), t.path())));
      }
    }
    return states;
  }

  private static void assertSameBits(Map<String, float[]> expected, Map<String, float[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((path, values) -> assertArrayEquals(values, actual.get(path), 0f, path));
  }

  @ParameterizedTest
  @MethodSource("dlv.tests.Flavours#asked")
  void theSameSeedGivesTheSameBits(Flavour flavour) {
    try (Session first = session(Texts.DENSE, flavour); Session second = session(Texts.DENSE, flavour)) {
      first.trainer().iterate(20);
      second.trainer().iterate(20);
      assertSameBits(states(first), states(second));
    }
  }

  @ParameterizedTest
  @MethodSource("dlv.tests.Flavours#asked")
  void trainingLowersTheLoss(Flavour flavour) {
    try (Session session = session(Texts.DENSE, flavour)) {
      session.trainer().iterate(8);
      double before = session.trainer().figures().get("loss");
      session.trainer().iterate(112);
      session.trainer().figures();
      session.trainer().iterate(8);
      double after = session.trainer().figures().get("loss");
      assertTrue(after < 0.6 * before, before + " fell to " + after + " only");
      assertTrue(session.trainer().evaluate().get("accuracy") > 0.5, session.trainer().evaluate().toString());
    }
  }

  @Test
  void memoryIsAsPlanned() {
    try (Session session = session(Texts.DENSE, Flavours.asked().get(0))) {
      assertEquals(session.trainer().executable().plannedBytes(), session.trainer().executable().allocatedBytes());
      assertTrue(session.trainer().executable().plannedBytes() > 0);
    }
  }

  @Test
  void aLineSeesNewRowsAndDrawsInEachTurnAndSharesThemWithOtherLines() {
    var training = new InterpretedTraining(turns(64));
    double[][] first = seen(training.step());
    assertArrayEquals(first[0], first[2], 0, "lines of one step share rows and draws");
    for (int i = 0; i < 8; i++) {
      double second = first[1][i] - first[0][i];
      assertNotEquals(first[0][i], second, "the second turn sees what the first saw");
    }
    double[][] second = seen(training.step());
    for (int i = 0; i < 8; i++) {
      assertNotEquals(first[1][i] - first[0][i], second[0][i] - first[0][i], "a step sees what turns before it saw");
    }
  }

  @Test
  void theTurnsOfAnEpochSeeEveryRowOnce() {
    TrainProgram train = turns(64);
    double[] d = seen(new InterpretedTraining(train).step())[3];
    double[] mean = InterpretedTraining.means(train.data().get(0), "image", 0);
    for (int i = 0; i < 4; i++) {
      assertEquals(4 * mean[400 + i], d[4 + i], 1e-12);
    }
  }

  private static double[][] seen(Map<String, Array> states) {
    return Stream.of("a", "b", "c", "d").map(model -> Arrays.copyOf(states.get(model).data(), 8))
        .toArray(double[][]::new);
  }

  @ParameterizedTest
  @MethodSource("dlv.tests.Flavours#asked")
  void turnsOnADeviceAreThoseOfTheInterpreter(Flavour flavour) {
    var training = new InterpretedTraining(turns(160));
    try (Session session = session(Texts.TURNS.replace("ROWS", "160"), flavour)) {
      for (int step = 0; step < 5; step++) {
        session.trainer().iterate(1);
        double[][] expected = seen(training.step());
        Map<String, float[]> found = states(session);
        for (int line = 0; line < 4; line++) {
          float[] w = found.get("WEIGHT " + "abcd".charAt(line) + ".w");
          for (int i = 0; i < 8; i++) {
            assertEquals(expected[line][i], w[i], 1e-5 * (step + 1), "step " + step + ", line " + line + ", " + i);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Texts.DENSE, Texts.TURNS})
  void stoppingAndResumingGivesTheBitsOfGoingStraightThrough(String text, @TempDir Path folder) throws Exception {
    String rows = text.replace("ROWS", "256");
    Map<String, float[]> straight = train(rows, folder.resolve("straight"), () -> false, Ending.FINISHED);
    var asked = new AtomicInteger();
    train(rows, folder.resolve("stopped"), () -> asked.incrementAndGet() > 1, Ending.INTERRUPTED);
    Map<String, float[]> resumed = train(rows, folder.resolve("stopped"), () -> false, Ending.FINISHED);
    assertSameBits(straight, resumed);
    assertEquals(-1, Files.mismatch(folder.resolve("straight/Few-001/weights.safetensors"),
        folder.resolve("stopped/Few-001/weights.safetensors")));
    assertFalse(Files.exists(folder.resolve("stopped/Few-002")), "an interrupted run is resumed, not begun anew");
  }

  private static Map<String, float[]> train(String text, Path runs, BooleanSupplier interrupted, Ending expected) {
    try (Session session = session(text, Flavours.asked().get(0));
        RunFolder folder = RunFolder.open(runs, "Few", session.configuration(Map.of()))) {
      Ending ending = session.run(folder, (done, steps, perEpoch, batch) -> new Progress(
          new PrintStream(OutputStream.nullOutputStream()), false, 80, System::nanoTime, done, steps, perEpoch, batch),
          (epoch, models) -> { }, interrupted);
      assertEquals(expected, ending);
      return states(session);
    }
  }

  @Test
  void savedWeightsTellSchedulesTheTime(@TempDir Path folder) {
    String text = Texts.DENSE.replace("minimize cross_entropy", "minimize ramp(0, 1, epochs: 3) * cross_entropy");
    Path file = folder.resolve("weights.safetensors");
    double loss;
    try (Session session = session(text, Flavours.asked().get(0))) {
      session.trainer().iterate(12);
      loss = session.trainer().evaluate().get("loss");
      session.save(file);
    }
    assertTrue(loss > 0.1, "half of the loss counts after half of the steps: " + loss);
    try (Session session = session(text, Flavours.asked().get(0))) {
      session.trainer().startAt(session.load(file));
      assertEquals(loss, session.trainer().evaluate().get("loss"));
    }
  }

  @Test
  void dataThatNoResultDependsOnAreNoObstacle() {
    String text = """
        network Line(x: float[2]) -> float[2] { x -> Dense(2) }
        train Unread {
          data  digits = digits(train: 64, test: 16)
          model net    = Line
          let x = normal([2]) + 0 * sum(digits.image)
          minimize squared_error(net(x), x) with adam(0.1)
          batch 16  epochs 1
        }
        """;
    try (Session session = session(text, Flavour.CPU_BATCH)) {
      session.trainer().iterate(20);
      double first = session.trainer().figures().get("loss");
      session.trainer().iterate(20);
      assertTrue(session.trainer().figures().get("loss") < first);
      assertTrue(session.trainer().evaluate().get("loss") < first);
    }
  }

  @Test
  void aLineMovesOnlyTheModelsThatItNames() {
    Map<String, float[]> before;
    Map<String, float[]> onlyD;
    Map<String, float[]> both;
    try (Session session = session(Texts.PAIR.replace("RATE_D", "0.1").replace("RATE_G", "1e-30"),
        Flavours.asked().get(0))) {
      before = states(session);
      session.trainer().iterate(3);
      onlyD = states(session);
    }
    try (Session session = session(Texts.PAIR.replace("RATE_D", "0.1").replace("RATE_G", "0.1"), Flavours.asked().get(0))) {
      session.trainer().iterate(3);
      both = states(session);
    }
    onlyD.forEach((path, values) -> {
      boolean moved = distance(values, before.get(path)) > 1e-20;
      assertEquals(!path.startsWith("WEIGHT G."), moved, path + " against before");
    });
    both.forEach((path, values) ->
        assertTrue(distance(values, before.get(path)) > 1e-20, path + " moves where both lines train"));
  }

  private static double distance(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs((double) a[i] - b[i])).max().orElse(0);
  }
}
