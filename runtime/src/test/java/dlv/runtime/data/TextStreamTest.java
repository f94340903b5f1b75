package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsData;
import dlv.runtime.text.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextStreamTest {
  @TempDir
  Path folder;

  private DataSource open(byte[] bytes, Map<String, ?> more) throws IOException {
    Files.write(folder.resolve("story.txt"), bytes);
    Map<String, Object> arguments = new HashMap<>(more);
    arguments.put("file", "story.txt");
    return Opened.source("text", arguments, folder);
  }

  private DataSource open(String text, Map<String, ?> more) throws IOException {
    return open(text.getBytes(StandardCharsets.UTF_8), more);
  }

  private DataException refused(String text, Map<String, ?> more) {
    return Opened.refused(() -> open(text, more));
  }

  private static int[] ints(ByteBuffer bytes) {
    int[] values = new int[bytes.remaining() / 4];
    bytes.asIntBuffer().get(values);
    return values;
  }

  private static Vocabulary vocabulary(DataSource source) {
    return Vocabulary.parse(source.learned().get("vocabulary.text"));
  }

  @Test
  void windowsAreCutByPlaceAndTargetsComeOneLater() throws IOException {
    DataSource source = open("abcdefghij".repeat(10), Map.of("length", 4L));
    assertEquals("inputs: index(10)[4], targets: index(10)[4]", source.type().toString());
    assertEquals((90 - 1 - 3) / 4, source.rows(Split.TRAIN));
    assertEquals(2, source.rows(Split.VALIDATION));
    assertEquals(0, source.rows(Split.TEST));
    Map<String, ByteBuffer> rows = Opened.rows(source, Split.VALIDATION, 0, 0, 2);
    assertEquals("abcdefgh", vocabulary(source).decode(ints(rows.get("inputs"))));
    assertEquals("bcdefghi", vocabulary(source).decode(ints(rows.get("targets"))));
  }

  @Test
  void trainingWindowsBeginElsewhereEachEpoch() throws IOException {
    DataSource source = open("abcdefghijklmnopqrstuvwxyz".repeat(20), Map.of("length", 16L));
    int[] first = ints(Opened.rows(source, Split.TRAIN, 0, 0, source.rows(Split.TRAIN)).get("inputs"));
    int[] again = ints(Opened.rows(source, Split.TRAIN, 0, 0, source.rows(Split.TRAIN)).get("inputs"));
    int[] later = ints(Opened.rows(source, Split.TRAIN, 3, 0, source.rows(Split.TRAIN)).get("inputs"));
    assertArrayEquals(first, again);
    assertFalse(Arrays.equals(first, later));
    int[] one = ints(Opened.rows(source, Split.TRAIN, 0, 5, 1).get("inputs"));
    assertArrayEquals(Arrays.copyOfRange(first, 80, 96), one);
  }

  @Test
  void theVocabularyIsThatOfTheTrainingText() throws IOException {
    DataSource words = open("b a c a b\n".repeat(20) + "a stranger a b\n".repeat(4), Map.of("unit", "word", "length", 3L,
        "validation", 0.25));
    assertEquals(List.of("<unk>", "a", "b", "c", "\n"), vocabulary(words).symbols());
    assertTrue(Arrays.stream(ints(Opened.rows(words, Split.VALIDATION, 0, 0, 2).get("inputs"))).anyMatch(i -> i == 0));
    DataException e = refused("ab\n".repeat(90) + "ab\nab\nabxab\n" + "ab\n".repeat(7), Map.of("length", 2L));
    assertTrue(e.getMessage().endsWith("story.txt:93:3: \"x\" is not in the vocabulary, which the training text makes"),
        e.getMessage());
  }

  @Test
  void bytesAndPairsAndAMarkAndLineEnds() throws IOException {
    String text = "na\u00EFve \u2014 text\n".repeat(30);
    for (String unit : List.of("bytes", "bpe(300)", "character")) {
      DataSource source = open("\uFEFF" + text.replace("\n", "\r\n"), Map.of("unit", unit, "length", 5L));
      Vocabulary vocabulary = vocabulary(source);
      assertEquals(text, vocabulary.decode(vocabulary.encode(text)));
      assertEquals("index(" + vocabulary.size() + ")[5]", source.type().fields().get(0).typeText());
    }
  }

  @Test
  void gzipIsUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("hello there ".repeat(50).getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(7, vocabulary(open(packed.toByteArray(), Map.of("length", 8L))).size());
    byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() - 9);
    Opened.refused(() -> open(cut, Map.of("length", 8L)));
    byte[] bent = packed.toByteArray();
    bent[bent.length - 7] ^= 1;
    assertTrue(Opened.refused(() -> open(bent, Map.of("length", 8L))).problem().contains("checksum"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC3, 0xFF, 0x80, 0xED})
  void whatIsNotUtf8IsRefusedWithLineAndColumn(int bad) {
    byte[] bytes = "line one\n\u00E9\u00E9x line two".getBytes(StandardCharsets.UTF_8);
    bytes[13] = (byte) bad;
    DataException e = Opened.refused(() -> open(bytes, Map.of()));
    assertEquals("2:3", e.place());
    assertTrue(e.problem().contains(String.format("0x%02x", bad)), e.problem());
  }

  @Test
  void hostileFiles() throws IOException {
    assertEquals("1:3", refused("ab\0c", Map.of()).place());
    refused("", Map.of());
    refused("\uFEFF", Map.of());
    assertTrue(refused("too short", Map.of()).problem().contains("two windows"));
    refused("ab".repeat(100), Map.of("validation", 0.6, "test", 0.5));
    refused("ab".repeat(100), Map.of("unit", "bpe(100)"));
    refused("ab".repeat(100), Map.of("unit", "bpe(99999999)"));
    refused("ab".repeat(100), Map.of("unit", "syllable"));
    refused("ab".repeat(100), Map.of("length", 0L));
    Opened.refused(() -> Opened.source("text", Map.of("file", "none.txt"), folder));
    Opened.refused(() -> Opened.source("text", Map.of("file", "."), folder));
  }

  @Test
  void theProgramsOwnSentences() {
    for (String unit : List.of("character", "word")) {
      DataSource source = Opened.source("prose", Map.of("unit", unit, "length", 60L, "train", 500L), folder);
      Map<String, ByteBuffer> rows = Opened.rows(source, Split.TRAIN, 1, 0, 500);
      int[] inputs = ints(rows.get("inputs"));
      assertArrayEquals(Arrays.copyOfRange(inputs, 1, 60), Arrays.copyOf(ints(rows.get("targets")), 59));
      assertArrayEquals(Arrays.copyOfRange(inputs, 600, 660),
          ints(Opened.rows(source, Split.TRAIN, 1, 10, 1).get("inputs")));
      assertFalse(Arrays.equals(inputs, ints(Opened.rows(source, Split.TRAIN, 2, 0, 500).get("inputs"))));
    }
    assertEquals("The islands hear", Prose.write(SplitMix.of(5), 1).substring(0, 16));
  }

  @Test
  void otherTextsStandIn() throws IOException {
    Files.writeString(folder.resolve("other.txt"), "xyzzy ".repeat(100));
    DataSource bound = Opened.bound("prose", Map.of("length", 12L), folder.resolve("other.txt"));
    assertEquals("inputs: index(4)[12], targets: index(4)[12]", bound.type().toString());
  }

  @Test
  @NeedsData
  void tinyShakespeareHasSixtyFiveCharacters() {
    Path file = Path.of(System.getProperty("dlv.data", "")).resolve("tinyshakespeare/input.txt");
    DataSource source = Opened.source("text", Map.of("file", file.toString()), folder);
    assertEquals("inputs: index(65)[64], targets: index(65)[64]", source.type().toString());
    assertEquals(15_684, source.rows(Split.TRAIN));
    assertEquals(1_742, source.rows(Split.VALIDATION));
  }
}
