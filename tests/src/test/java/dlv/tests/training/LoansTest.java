package dlv.tests.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.layout.Flavour;
import dlv.compiler.source.SourceFile;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.BoundEntry;
import dlv.runtime.CompiledUnit;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.data.DataException;
import dlv.runtime.data.DataSource;
import dlv.runtime.plan.Arena;
import dlv.runtime.train.Plot;
import dlv.runtime.train.Session;
import dlv.runtime.weights.Loan;
import dlv.runtime.weights.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models that one block trains and others use: to generate, held, or trained on. */
@NeedsOpenCl
class LoansTest {
  private static final String TEXT = """
      network Code(x: float[m], n: int = 8) -> float[n] { x -> Dense(n) -> BatchNorm -> tanh }

      train Auto {
        data digits = digits(train: 64, test: 16)
        model enc = Code
        model dec = Dense(784)
        let x = digits.image -> Flatten
        minimize squared_error(dec(enc(x)), x) with adam
        batch 16  epochs 1
      }

      train Few {
        data digits = digits(train: 64, test: 16)
        model e = Auto.enc
        model head = Dense(10)
        let y = head(e(digits.image -> Flatten))
        minimize cross_entropy(y, digits.label) of NAMES with adam
        batch 16  epochs 1
      }

      train Measure {
        data digits = digits(take: 8, held: 40)
        model e = Auto.enc
        let code = e(digits.image -> Flatten)
        report size = mean(code ^ 2), away = frechet_distance(rows(code), rows(code + 2))
        batch 48
      }

      train Drawn {
        data digits = digits(held: 40)
        model e = Auto.enc
        let code = e(digits.image -> Flatten)
        report plane = (code[2 .. 3], digits.label), ones = code[2]
        report roc = (stack(sum(one_hot(digits.label) * to_float(positions(10))), 4.5), positions(2))
        batch 32
      }

      generate Draw(shift: float[8]) -> (picture: float[784], code: float[8], place: index(784)) {
        model d = Auto.dec
        let z = normal([8]) + shift
        let y = d(z)
        (y + uniform_like(y), z, top(y)[0])
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

  private static Program program(String names) {
    return Compiler.check(new SourceFile("test.dlv", TEXT.replace("NAMES", names)), Compiler.Given.NOTHING);
  }

  private static Session session(TrainProgram train, List<Loan> loans) {
    Map<String, DataSource> data = new LinkedHashMap<>();
    train.data().forEach(line -> data.put(line.name(),
        Session.source(line.source(), line.arguments(), Path.of(""), Optional.empty())));
    return Session.open(device, Compiler.compile(train, Flavour.CPU_BATCH), Compiler.trainings(train), data, loans);
  }

  private Path auto() {
    Path file = folder.resolve("auto.safetensors");
    try (Session session = session(program("head").train("Auto").orElseThrow(), List.of())) {
      session.trainer().iterate(4);
      session.save(file);
    }
    return file;
  }

  private static float[] read(Session session, Arena.Role role, String path) {
    return session.trainer().executable().read(role, path);
  }

  @Test
  void weightsAndStatisticsAreTakenAndHeldOrTrainedAsTheLineSays() {
    Path auto = auto();
    for (String names : List.of("head", "head, e")) {
      TrainProgram few = program(names).train("Few").orElseThrow();
      try (Session session = session(few, List.of(new Loan("e", "enc", auto)))) {
        float[] before = read(session, Arena.Role.WEIGHT, "e.dense1.W");
        float[] mean = read(session, Arena.Role.STATISTIC, "e.batchnorm1.m");
        assertArrayEquals(weights(auto), before, "the weights of the run");
        session.trainer().iterate(4);
        assertEquals(names.equals("head"), Arrays.equals(before, read(session, Arena.Role.WEIGHT, "e.dense1.W")));
        assertEquals(names.equals("head"), Arrays.equals(mean, read(session, Arena.Role.STATISTIC, "e.batchnorm1.m")));
      }
    }
  }

  /** Codes are 8 times 4 away from the same codes with each number moved by 2; rows that are none do not count. */
  @Test
  void aBlockThatOnlyReportsMeasuresModelsOfOthers() {
    TrainProgram measure = program("head").train("Measure").orElseThrow();
    assertFalse(measure.trains());
    try (Session session = session(measure, List.of(new Loan("e", "enc", auto())))) {
      Map<String, Double> figures = session.last().evaluate();
      assertEquals(List.of("size", "away"), List.copyOf(figures.keySet()));
      assertEquals(32, figures.get("away"), 0.01);
      assertTrue(figures.get("size") > 0 && figures.get("size") < 1, figures.toString());
    }
  }

  /** Pairs of all rows held back, of a batch that is full and of one that is not; each label is below 4.5 or above. */
  @Test
  void pairsAreDrawnAndNotMeasured() throws IOException {
    try (Session session = session(program("head").train("Drawn").orElseThrow(), List.of(new Loan("e", "enc", auto())))) {
      Map<String, Double> figures = session.last().evaluate();
      assertEquals(List.of("ones"), List.copyOf(figures.keySet()));
      List<Plot> plots = session.last().plots();
      assertEquals(List.of("plane", "roc"), plots.stream().map(Plot::name).toList());
      Plot plane = plots.get(0);
      assertEquals(40, plane.labels().length);
      assertEquals(figures.get("ones"), IntStream.range(0, 40).mapToDouble(i -> plane.values()[2 * i]).average()
          .orElseThrow(), 1e-5, "the first of two numbers");
      Plot roc = plots.get(1);
      for (int i = 0; i < 40; i++) {
        assertEquals(plane.labels()[i], roc.values()[2 * i]);
        assertEquals(i % 2, roc.labels()[i]);
      }
      for (Plot plot : plots) {
        assertEquals(folder.resolve(plot.name() + ".png"), plot.write(folder));
      }
      assertTrue(Files.readString(folder.resolve("plane.svg")).contains("plane"));
      assertTrue(Files.readString(folder.resolve("roc.svg")).contains("roc: area 0."));
    }
  }

  private static float[] weights(Path file) {
    try (WeightsFile weights = WeightsFile.open(file)) {
      return weights.read("enc.dense1.W").toFloats();
    }
  }

  @Test
  void weightsOfOtherShapesAreRefused() {
    Path auto = auto();
    TrainProgram few = program("head").train("Few").orElseThrow();
    var e = assertThrows(DataException.class, () -> session(few, List.of(new Loan("e", "dec", auto))));
    assertTrue(e.getMessage().contains("weights of another network"), e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void whatIsGeneratedDependsOnSeedAndNumberAlone(Flavour flavour) {
    CompiledUnit unit = Compiler.compile(program("head").generate("Draw").orElseThrow().network(), flavour);
    var weights = Loan.read(List.of(new Loan("d", "dec", auto())), unit.manifest());
    Map<String, float[]> shift = Map.of("shift", new float[] {0, 1, 2, 3, 4, 5, 6, 7});
    try (Model wide = Model.open(device, unit, weights, 64); Model narrow = Model.open(device, unit, weights, 16);
        Model odd = Model.open(device, unit, weights, 7)) {
      var all = wide.generate(shift, 40, 3, BoundEntry::enqueue);
      for (Model model : List.of(narrow, odd)) {
        var same = model.generate(shift, 40, 3, BoundEntry::enqueue);
        all.forEach((name, values) -> assertArrayEquals(values.toArray(), same.get(name).toArray(), name));
      }
      var other = narrow.generate(shift, 40, 4, BoundEntry::enqueue);
      assertFalse(Arrays.equals(all.get("code").toArray(), other.get("code").toArray()), "another seed, other codes");
      assertFalse(Arrays.equals(all.get("code").row(0).toArray(), all.get("code").row(16).toArray()));
      assertEquals(all.get("place").get(5, 0), Math.rint(all.get("place").get(5, 0)));
      var unmoved = odd.generate(Map.of("shift", new float[8]), 40, 3, BoundEntry::enqueue).get("code");
      for (int i = 0; i < 40 * 8; i++) {
        assertEquals(i % 8, all.get("code").get(i / 8, i % 8) - unmoved.get(i / 8, i % 8), 1e-5, "all share the input");
      }
    }
  }
}
