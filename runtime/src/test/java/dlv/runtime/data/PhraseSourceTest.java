package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.text.Vocabulary;
import dlv.runtime.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhraseSourceTest {
  private static final int MANY = 4_000;

  @TempDir
  Path folder;

  /** What is said in two manners, where the French of one manner depends on nothing but the English. */
  @Test
  void equalSentencesHaveEqualTranslationsAndNoneIsTooLong() {
    Map<String, String> french = new HashMap<>();
    Set<String> words = new HashSet<>();
    SplitMix random = SplitMix.of(5);
    for (int i = 0; i < MANY; i++) {
      Phrases.Pair pair = Phrases.write(random);
      assertEquals(pair.french(), french.computeIfAbsent(pair.english(), e -> pair.french()));
      for (String text : List.of(pair.english(), pair.french())) {
        assertTrue(Words.split(text).size() <= Phrases.LONGEST, text);
        words.addAll(Words.split(text));
      }
    }
    assertTrue(french.size() > MANY / 2, "only " + french.size() + " different sentences");
    assertTrue(words.containsAll(List.of("l'", "vieil", "vieille", "noirs", "chevaux", "peignent", "an", "children")));
    assertTrue(french.values().stream().noneMatch(text -> text.matches(".*\\b(le|la) [aeiouh].*|.*\\bvieil [^aeiouh].*")));
  }

  @Test
  void everyWordIsInTheVocabulary() {
    DataSource phrases = Opened.source("phrases", Map.of("train", (long) MANY, "test", 100L), folder);
    Vocabulary french = Vocabulary.parse(phrases.learned().get("vocabulary.target"));
    int unknown = french.number(Vocabulary.UNKNOWN);
    var rows = Opened.rows(phrases, Split.TRAIN, 0, 0, MANY).get("target.outputs").asIntBuffer();
    for (int i = 0; i < rows.limit(); i++) {
      assertTrue(rows.get(i) != unknown);
    }
  }

  private DataSource bound(String path) {
    return DataSources.open(PhraseSource.KIND, Map.of("longest", 20L), folder, Optional.of(folder.resolve(path)));
  }

  @Test
  void aFolderOfTwoLanguagesStandsInForThem() throws IOException {
    Files.writeString(folder.resolve("train.en"), "Two cats\na dog\n");
    Files.writeString(folder.resolve("train.de"), "zwei Katzen\nein Hund\n");
    Files.writeString(folder.resolve("test_2016_flickr.en"), "two dogs\n");
    assertTrue(assertThrows(DataException.class, () -> bound("en-de")).problem().contains("no file test*.de"));
    Files.writeString(folder.resolve("test_2016_flickr.de"), "zwei Hunde\n");
    assertEquals(List.of(2, 0, 1), List.of(bound("en-de").rows(Split.TRAIN), bound("en-de").rows(Split.VALIDATION),
        bound("en-de").rows(Split.TEST)));
    assertEquals("zwei", Vocabulary.parse(bound("en-de").learned().get("vocabulary.target")).symbols().stream()
        .filter(word -> word.startsWith("z")).findFirst().orElseThrow());
    assertTrue(assertThrows(DataException.class, () -> bound("en-fr")).problem().contains("no file train*.fr"));
    assertTrue(assertThrows(DataException.class, () -> bound(".")).help().contains("FOLDER/en-fr"));
    Files.writeString(folder.resolve("test_2017.en"), "a cat\n");
    assertTrue(assertThrows(DataException.class, () -> bound("en-de")).problem().startsWith("both test_2016"));
  }
}
