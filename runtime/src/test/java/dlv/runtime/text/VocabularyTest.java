package dlv.runtime.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
  private static final List<String> MARKS = List.of(Vocabulary.PAD, Vocabulary.START, Vocabulary.END,
      Vocabulary.UNKNOWN);
  private static final String TEXT = "the cat sat on the mat, the cat's hat:\n\tl\u2019\u00E9t\u00E9 d'un ch\u00E2teau"
      + "  \uD83D\uDE00 the end";

  private static Vocabulary learn(String unit, String text, List<String> marks) {
    return Vocabulary.learn(Unit.parse(unit).orElseThrow(), List.of(text), 1000, false, marks);
  }

  @ParameterizedTest
  @ValueSource(strings = {"character", "bytes", "bpe(300)", "bpe(1000)"})
  void unitsThatKeepEveryLetterDecodeExactly(String unit) {
    Vocabulary vocabulary = learn(unit, TEXT, MARKS);
    assertEquals(TEXT, vocabulary.decode(vocabulary.encode(TEXT)));
    assertEquals(TEXT, Vocabulary.parse(vocabulary.toJson()).decode(vocabulary.encode(TEXT)));
  }

  @Test
  void bytesAndPairsWriteTextsThatTrainingNeverSaw() {
    String other = "\u4F60\u597D, na\u00EFve \uD83D\uDC0B!\r\n";
    for (String unit : List.of("bytes", "bpe(280)")) {
      Vocabulary vocabulary = learn(unit, "plain words", List.of());
      assertEquals(other, vocabulary.decode(vocabulary.encode(other)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"character", "word", "bytes", "bpe(290)"})
  void whatIsSavedIsTheSameVocabulary(String unit) {
    Vocabulary vocabulary = learn(unit, TEXT, MARKS);
    Vocabulary again = Vocabulary.parse(vocabulary.toJson());
    assertEquals(vocabulary.toJson(), again.toJson());
    assertEquals(vocabulary.symbols(), again.symbols());
    assertArrayEquals(vocabulary.encode(TEXT), again.encode(TEXT));
  }

  @Test
  void wordsStandByFrequencyThenAlphabet() {
    Vocabulary vocabulary = Vocabulary.learn(Unit.parse("word").orElseThrow(), List.of("b a c a", "d b"), 7, false, MARKS);
    assertEquals(List.of("<pad>", "<sos>", "<eos>", "<unk>", "a", "b", "c"), vocabulary.symbols());
    assertArrayEquals(new int[] {4, 3, 5}, vocabulary.encode("a d b"));
    assertEquals("a <unk> b", vocabulary.decode(1, 4, 3, 5, 2, 6, 0));
  }

  @Test
  void charactersStandByCodePoint() {
    assertEquals(List.of("\n", " ", "a", "b", "\uD83D\uDE00"), learn("character", "ba\n a\uD83D\uDE00", List.of())
        .symbols());
  }

  @Test
  void anUnknownSymbolIsRefusedWithItsPlaceWhereNothingStandsForIt() {
    Vocabulary vocabulary = learn("character", "abc", List.of());
    var unknown = assertThrows(Vocabulary.UnknownSymbol.class, () -> vocabulary.encode("ab\u0007"));
    assertEquals(2, unknown.at());
    assertEquals("\"\\u0007\" is not in the vocabulary", unknown.getMessage());
  }

  @Test
  void capitalsMayBeTakenAsSmallLetters() {
    Vocabulary vocabulary = Vocabulary.learn(Unit.parse("word").orElseThrow(), List.of("The CAT"), 10, true, List.of());
    assertEquals("the cat", vocabulary.decode(vocabulary.encode("THE Cat")));
  }

  /** Words of Sennrich et al.'s example, merged by hand: es and st 9 times, est 9, lo and ow 7, low 7, then several 6. */
  @Test
  void pairsAreMergedByFrequency() {
    String corpus = "low low low low low lower lower newest newest newest newest newest newest widest widest widest";
    Vocabulary vocabulary = learn("bpe(262)", corpus, List.of());
    List<String> made = vocabulary.symbols().subList(256, 262);
    assertEquals(List.of("es", "est", "lo", "low", " n", " low"), made);
  }

  @Test
  void learningStopsWhereNoPairOccursTwice() {
    assertEquals(256, learn("bpe(900)", "abcdefg", List.of()).size());
  }

  @Test
  void damagedVocabulariesAreRefused() {
    for (String json : List.of("", "{}", "{\"unit\":\"word\",\"lowercase\":false,\"marks\":[],\"symbols\":[\"a\",\"a\"]}",
        "{\"unit\":\"bpe(300)\",\"lowercase\":false,\"marks\":[],\"merges\":[[1,256]]}",
        "{\"unit\":\"bpe(300)\",\"lowercase\":false,\"marks\":[],\"merges\":[[1]]}")) {
      assertThrows(IllegalArgumentException.class, () -> Vocabulary.parse(json), json);
    }
  }

  @Test
  void wordsAreCutAndJoined() {
    assertEquals(List.of("A", "man'", "s", "T-shirt", ",", "1,000.5", "(", "l'", "homme", ")", "d\u2019", "\u00E9t\u00E9",
        "!", "\n", "U", ".", "S", ".", "-", "a"), Words.split("A man's T-shirt, 1,000.5 (l'homme) d\u2019\u00E9t\u00E9!\n"
        + "U.S. - a"));
    assertEquals("A man's T-shirt, 1,000.5 (l'homme)!\nEnd.", Words.join(Words.split("A man's T-shirt , 1,000.5 "
        + "( l'homme ) !\nEnd .")));
    assertTrue(Words.split(" \t\u00A0 ").isEmpty());
  }
}
