package dlv.tests.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.layout.Flavour;
import dlv.compiler.source.SourceFile;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.Device;
import dlv.runtime.data.DataSource;
import dlv.runtime.plan.Arena;
import dlv.runtime.report.Metrics;
import dlv.runtime.report.Progress;
import dlv.runtime.report.RunFolder;
import dlv.runtime.train.Session;
import dlv.runtime.train.TrainingLoop.Ending;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages: one after the other over the same weights, resumable to the bit wherever they were stopped. */
@NeedsOpenCl
class StagesTest {
  private static final String TEXT = """
      network Code(x: float[m], n: int) -> float[n] { x -> Dense(n) -> BatchNorm -> relu -> Dropout(0.2) }

      train Stacked {
        data  digits = digits(train: 64, test: 16)
        model e1 = Code(12)
        model d1 = Dense(784)
        model e2 = Code(6)
        model d2 = Dense(12)
        let x = digits.image -> Flatten
        let a = e1(x)
        stage one { minimize squared_error(d1(a), x) of e1, d1 with adam epochs 2 }
        stage two { minimize squared_error(d2(e2(a)), a) of e2, d2 with adam steps 3 }
        stage tune {
          minimize squared_error(d1(a), x) + squared_error(d2(e2(a)), a) of e1, e2 with adam(1e-2) clip 1.0
          report   spread = variance(a)
          epochs 1
        }
        batch 16  seed 3
      }
      """;

  private static Device device;

  @TempDir
  private Path folder;

  @BeforeAll
  static void open() {
    device = Device.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static Session session() {
    TrainProgram train = Compiler.check(new SourceFile("test.dlv", TEXT), Compiler.Given.NOTHING).trains().get(0);
    Map<String, DataSource> data = new LinkedHashMap<>();
    train.data().forEach(line -> data.put(line.name(),
        Session.source(line.source(), line.arguments(), Path.of(""), Optional.empty())));
    return Session.open(device, Compiler.compile(train, Flavour.CPU_BATCH), Compiler.trainings(train), data, List.of());
  }

  private Path train(String name, BooleanSupplier interrupted, Ending expected) {
    try (Session session = session(); RunFolder run = RunFolder.open(folder.resolve(name), "Stacked",
        session.configuration(Map.of()))) {
      assertEquals(expected, session.run(run, (done, steps, perEpoch, batch) -> new Progress(
          new PrintStream(OutputStream.nullOutputStream()), false, 80, System::nanoTime, done, steps, perEpoch, batch),
          (epoch, models) -> { }, interrupted));
      return run.path();
    }
  }

  @Test
  void stoppedInAnyStageItGoesOnToTheSameBits() throws Exception {
    Path straight = train("straight", () -> false, Ending.FINISHED);
    for (int asked : new int[] {2, 3, 4}) {
      var count = new AtomicInteger();
      String name = "stopped" + asked;
      Path stopped = train(name, () -> count.incrementAndGet() >= asked, Ending.INTERRUPTED);
      assertEquals(stopped, train(name, () -> false, Ending.FINISHED), "taken up again");
      assertEquals(-1, Files.mismatch(straight.resolve("weights.safetensors"), stopped.resolve("weights.safetensors")),
          "stopped when asked for the " + asked + "th time");
    }
  }

  @Test
  void figuresTellTheStageAndCountOn() {
    var reports = Metrics.read(train("figures", () -> false, Ending.FINISHED));
    assertEquals(List.of("one", "one", "one", "one", "two", "two", "tune", "tune"),
        reports.stream().map(report -> report.stage()).toList());
    assertEquals(List.of(4L, 8L, 11L, 15L), reports.stream().map(report -> report.step()).distinct().toList());
    assertEquals(List.of(1L, 2L, 3L, 4L), reports.stream().map(report -> report.epoch()).distinct().toList());
    reports.forEach(report -> assertEquals(report.stage().equals("tune"), report.values().containsKey("spread")));
  }

  @Test
  void aStageMovesOnlyWhatItNames() {
    try (Session session = session()) {
      var before = weights(session);
      session.trainer().iterate(session.trainer().lastStep());
      var one = weights(session);
      assertEquals(List.of("d1", "e1"), moved(before, one));
      session.step();
      assertEquals("two", session.trainer().training().stage());
      session.step();
      session.step();
      var two = weights(session);
      assertEquals(List.of("d2", "e2"), moved(one, two));
      session.step();
      assertEquals(List.of("e1", "e2"), moved(two, weights(session)));
      assertEquals(12, session.steps());
      assertEquals(session.trainer().executable().plannedBytes(), session.trainer().executable().allocatedBytes());
    }
  }

  private static Map<String, float[]> weights(Session session) {
    var states = new LinkedHashMap<String, float[]>();
    for (Arena arena : session.trainer().executable().manifest().arenas()) {
      if (arena.role() == Arena.Role.WEIGHT || arena.role() == Arena.Role.STATISTIC) {
        arena.tensors().forEach(t -> states.put(t.path(), session.trainer().executable().read(arena.role(), t.path())));
      }
    }
    assertFalse(states.isEmpty());
    return states;
  }

  /** The models of which something moved; of those, everything has. */
  private static List<String> moved(Map<String, float[]> before, Map<String, float[]> after) {
    var models = after.keySet().stream().filter(path -> !Arrays.equals(before.get(path), after.get(path)))
        .map(path -> path.substring(0, path.indexOf('.'))).distinct().sorted().toList();
    assertTrue(before.keySet().equals(after.keySet()));
    return models;
  }

  @Test
  void aStageBeginsItsSchedulesAnew() {
    try (Session first = session(); Session second = session()) {
      first.trainer().iterate(8);
      second.trainer().iterate(8);
      first.step();
      second.step();
      weights(first).forEach((path, values) -> assertArrayEquals(values, weights(second).get(path), path));
      assertEquals(1, first.trainer().step());
    }
  }
}
