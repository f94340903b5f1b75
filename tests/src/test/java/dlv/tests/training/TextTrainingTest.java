package dlv.tests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.Compiler;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.layout.Flavour;
import dlv.compiler.source.SourceFile;
import dlv.needs.NeedsOpenCl;
import dlv.runtime.Device;
import dlv.runtime.data.DataException;
import dlv.runtime.data.DataSource;
import dlv.runtime.text.Vocabulary;
import dlv.runtime.train.Session;
import dlv.runtime.weights.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on texts: the size of the vocabulary comes from the data, and the vocabulary goes with the weights. */
@NeedsOpenCl
class TextTrainingTest {
  private static Device device;

  @TempDir
  Path folder;

  @BeforeAll
  static void open() {
    device = Device.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** What comes next, from one symbol alone. */
  private static String bigram(String source) {
    return """
        network Bigram(words: index(V)[T]) -> next: float[T, V] {
          one_hot(words) -> Dense(32) -> tanh -> Dense(V)
        }

        train Speak {
          data  story = %s
          model net   = Bigram
          let next = net(story.inputs)
          minimize cross_entropy(next, story.targets) with adam(3e-2)
          report   accuracy(next, story.targets), perplexity = exp(overall(cross_entropy(next, story.targets)))
          batch 32  epochs 3
        }
        """.formatted(source);
  }

  private Session session(String text) {
    var given = new Compiler.Given(Map.of(), Map.of(), folder);
    TrainProgram train = Compiler.check(new SourceFile("test.dlv", text), given).trains().get(0);
    Map<String, DataSource> data = new LinkedHashMap<>();
    train.data().forEach(line -> data.put(line.name(),
        Session.source(line.source(), line.arguments(), folder, Optional.empty())));
    return Session.open(device, Compiler.compile(train, Flavour.CPU_BATCH), Compiler.training(train), data);
  }

  /** A letter says much about the next: the loss falls far below that of letter frequencies alone, about 2.9 nats. */
  @Test
  void aBigramLearnsWhichLettersFollow() {
    try (Session session = session(bigram("prose(train: 512, test: 32, length: 32)"))) {
      session.trainer().iterate(session.trainer().lastStep());
      Map<String, Double> held = session.trainer().evaluate();
      assertTrue(held.get("loss") < 2.1, held.toString());
      assertTrue(held.get("accuracy") > 0.3, held.toString());
      assertEquals(Math.exp(held.get("loss")), held.get("perplexity"), 1e-9);
      Map<String, Double> seen = session.trainer().figures();
      assertEquals(Math.exp(seen.get("loss")), seen.get("perplexity"), 1e-5);
    }
  }

  /** The parts of a pair by name, sentences of unequal lengths: what is written, from the symbol before it. */
  @Test
  void pairsOfSentencesTrain() {
    String text = """
        network Writer(words: index(V)[T]) -> next: float[T, V] {
          Embed(words, 16) -> Dense(32) -> tanh -> Dense(V)
        }

        train Dates {
          data  pairs = dates(train: 320, test: 32)
          model net   = Writer
          let next = net(pairs.target.inputs)
          minimize cross_entropy(next, pairs.target.outputs) with adam(3e-2)
          batch 32  epochs 4
        }
        """;
    try (Session session = session(text)) {
      double before = session.trainer().evaluate().get("loss");
      session.trainer().iterate(session.trainer().lastStep());
      double after = session.trainer().evaluate().get("loss");
      assertTrue(after < 0.8 * before && after < 2, before + " fell to " + after);
    }
  }

  @Test
  void theVocabularyGoesWithTheWeightsAndOtherOnesAreRefused() throws IOException {
    Files.writeString(folder.resolve("story.txt"), "to be or not to be, that is the question\n".repeat(60));
    String text = bigram("text(\"story.txt\", length: 16)");
    Path weights = folder.resolve("weights.safetensors");
    try (Session session = session(text)) {
      session.save(weights);
    }
    try (WeightsFile file = WeightsFile.open(weights)) {
      Vocabulary vocabulary = Vocabulary.parse(file.metadata().get("vocabulary.story.text"));
      assertEquals("that is", vocabulary.decode(vocabulary.encode("that is")));
    }
    try (Session session = session(text)) {
      session.load(weights);
    }
    Files.writeString(folder.resolve("story.txt"), "to bu or not to bu, that is thu quustion\n".repeat(60)
        .replaceFirst("q", "e").replace('q', 'z'));
    try (Session session = session(text)) {
      DataException e = assertThrows(DataException.class, () -> session.load(weights));
      assertTrue(e.problem().contains("another vocabulary of story.text"), e.problem());
    }
  }
}
