package dlv.tests.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.layout.Flavour;
import dlv.compiler.source.SourceFile;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.Device;
import dlv.runtime.data.DataSource;
import dlv.runtime.plan.Arena;
import dlv.runtime.train.Session;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Recurrent networks trained on a device, from their text: many to one, many to many, lengths, carried states. */
@NeedsOpenCl
class SequenceTrainingTest {
  private static final String CLASSIFIER = """
      network Rows(image: float[1, 28, 28]) -> digit: float[10] {
        reshape(image -> AvgPool(2), [14, 14]) -> bidirectional(GRU(16)) -> last -> Dense(10)
      }

      train Digits {
        data  digits = digits(train: 512, test: 96)
        model net    = Rows
        let digit = net(digits.image)
        minimize cross_entropy(digit, digits.label) with adam(2e-2) clip 1.0
        report   accuracy(digit, digits.label)
        batch 32
        steps 240
      }
      """;
  private static final String CHARACTERS = """
      network Characters(text: index(V)[T]) -> next: float[T, V] {
        text -> Embed(12) -> LSTM(24) -> Dropout(0.1) -> LSTM(24) -> Dense(V)
      }

      train Text {
        data  text = %s
        model net  = Characters
        let next = net(text.inputs)
        minimize cross_entropy(next, text.targets) with adam(1e-2) clip 1.0
        report   accuracy(next, text.targets)
        batch 16
        steps 60
        %s
      }
      """;
  private static final String DATES = """
      network Encoder(source: index(V)[S], n: int) -> float[S, 2 * n] { source -> Embed(n) -> bidirectional(GRU(n)) }

      cell Step(word: float[m], memory: float[S, k], n: int) -> float[n] {
        state h: float[n] = zeros
        let seen = AdditiveAttention(h, memory, memory, n)
        h' = tanh(affine(concat(word, seen), h, n))
        h'
      }

      network Decoder(memory: float[S, k], target: index(W)[T], n: int) -> float[T, W] {
        Step(target -> Embed(n), memory, n) -> Dense(W)
      }

      train Dates {
        data  pairs = dates(train: 256, test: 40)
        model enc   = Encoder(n: 12)
        model dec   = Decoder(n: 16)
        let next = teacher_forced(dec(enc(pairs.source), _), pairs.target.inputs%s)
        minimize cross_entropy(next, pairs.target.outputs) with adam(1e-2) clip 1.0
        report   accuracy(next, pairs.target.outputs)
        batch 16
        steps 40
      }
      """;
  private static Device device;

  @BeforeAll
  static void open() {
    device = Device.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static Session session(String text) {
    var program = Compiler.check(new SourceFile("test.dlv", text), Compiler.Given.NOTHING);
    TrainProgram train = program.trains().get(0);
    Map<String, DataSource> data = new LinkedHashMap<>();
    train.data().forEach(line -> data.put(line.name(),
        Session.source(line.source(), line.arguments(), Path.of(""), Optional.empty())));
    return Session.open(device, Compiler.compile(train, Flavour.CPU_BATCH), Compiler.training(train), data);
  }

  /** Trains to the end; the loss of the last steps over that of the first. */
  private static double fall(Session session, int steps) {
    session.trainer().iterate(4);
    double before = session.trainer().figures().get("loss");
    session.trainer().iterate(steps - 8);
    session.trainer().figures();
    session.trainer().iterate(4);
    return session.trainer().figures().get("loss") / before;
  }

  @Test
  void aSequenceIsClassified() {
    try (Session session = session(CLASSIFIER)) {
      double fall = fall(session, 240);
      double accuracy = session.trainer().evaluate().get("accuracy");
      assertTrue(fall < 0.6 && accuracy > 0.5, "the loss fell to " + fall + ", accuracy " + accuracy);
    }
  }

  @Test
  void sentencesOfLikeLengthGoTogether() {
    String text = """
        network Repeated(words: index(V)[T], n: int) -> float[T, V] { words -> Embed(n) -> GRU(n) -> Dense(V) }

        train Pairs {
          data  pairs = phrases(train: 128, test: 16)
          model net   = Repeated(n: 16)
          minimize cross_entropy(net(pairs.source), pairs.source) with adam(1e-2) clip 1.0
          batch 16
          buckets 2
          steps 40
        }
        """;
    try (Session session = session(text); Session again = session(text)) {
      List<Integer> rooms = session.trainer().training().rooms();
      assertEquals(2, rooms.size(), "no sentence of the program's own is as long as there is room for");
      double fall = fall(session, 40);
      assertTrue(fall < 0.8, "the loss fell to " + fall);
      again.trainer().evaluate();
      assertEquals(fall, fall(again, 40), 0, "the same seed gives the same bits");
    }
  }

  @Test
  void theNextCharacterIsGuessed() {
    String text = CHARACTERS.formatted("prose(train: 256, test: 32, length: 24)", "");
    try (Session session = session(text); Session again = session(text)) {
      double fall = fall(session, 60);
      assertTrue(fall < 0.8, "the loss fell to " + fall);
      assertEquals(fall, fall(again, 60), 0, "the same seed gives the same bits");
      assertTrue(session.trainer().evaluate().get("accuracy") > 0.25, session.trainer().evaluate().toString());
    }
  }

  /** Dates of unequal lengths, written and normalised, with attention in the decoder's step. */
  @Test
  void sequencesOfUnequalLengthsAreTranslated() {
    try (Session session = session(DATES.formatted(""))) {
      double fall = fall(session, 40);
      assertTrue(fall < 0.8, "the loss fell to " + fall);
      Map<String, Double> held = session.trainer().evaluate();
      assertTrue(held.get("accuracy") > 0.2 && held.get("accuracy") <= 1 && held.get("loss") < 2.5, held.toString());
    }
  }

  /** Some symbols are what the network itself found; held-back rows see the true ones alone. */
  @Test
  void someSymbolsAreTheNetworksOwn() {
    try (Session session = session(DATES.formatted(", share: ramp(1, 0.5, epochs: 2)"))) {
      double fall = fall(session, 40);
      assertTrue(fall < 0.9, "the loss fell to " + fall);
      Map<String, Double> held = session.trainer().evaluate();
      assertTrue(held.get("accuracy") > 0.2 && held.get("loss") < 2.5, held.toString());
    }
  }

  /** The states lie beside the weights, one for each row, and are what the last batch left. */
  @Test
  void statesAreCarriedFromBatchToBatch() {
    String text = CHARACTERS.formatted("text(\"../docs/language.md\", unit: bytes, length: 16)", "carry true");
    try (Session session = session(text)) {
      float[] before = state(session, "net.lstm2.h");
      assertEquals(16 * 24, before.length);
      assertArrayEquals(new float[16 * 24], before);
      assertTrue(fall(session, 60) < 0.9);
      float[] after = state(session, "net.lstm2.h");
      assertTrue(IntStream.range(0, after.length).allMatch(i -> after[i] != 0 && Math.abs(after[i]) < 1));
    }
  }

  private static float[] state(Session session, String path) {
    return session.trainer().executable().read(Arena.Role.CARRY, path);
  }
}
