package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsData;
import dlv.runtime.text.Vocabulary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTextsTest {
  @TempDir
  Path folder;

  private DataSource open(String source, String target, Map<String, ?> more) throws IOException {
    Files.writeString(folder.resolve("a.txt"), source);
    Files.writeString(folder.resolve("b.txt"), target);
    Map<String, Object> arguments = new HashMap<>(more);
    arguments.put("source", "a.txt");
    arguments.put("target", "b.txt");
    return Opened.source("parallel", arguments, folder);
  }

  private static int[] ints(ByteBuffer bytes) {
    int[] values = new int[bytes.remaining() / 4];
    bytes.asIntBuffer().get(values);
    return values;
  }

  private static Vocabulary vocabulary(DataSource source, String side) {
    return Vocabulary.parse(source.learned().get("vocabulary." + side));
  }

  @Test
  void aPairIsReadAndWritten() throws IOException {
    DataSource pairs = open("Two cats\na cat sat\n", "zwei Katzen\neine Katze\n", Map.of("longest", 3L, "lowercase", true));
    assertEquals("source: index(9)[3], target.inputs: index(8)[4], target.outputs: index(8)[4], lengths.source: int,"
        + " lengths.target: int", pairs.type().toString());
    assertEquals(Map.of(0, "lengths.target"), pairs.type().field("target.outputs").orElseThrow().lengths());
    Map<String, ByteBuffer> rows = Opened.rows(pairs, Split.TRAIN, 0, 0, 2);
    Vocabulary source = vocabulary(pairs, "source");
    Vocabulary target = vocabulary(pairs, "target");
    assertArrayEquals(new int[] {source.number("two"), source.number("cats"), 0, source.number("a"),
        source.number("cat"), source.number("sat")}, ints(rows.get("source")));
    assertArrayEquals(new int[] {1, target.number("zwei"), target.number("katzen"), 0},
        Arrays.copyOf(ints(rows.get("target.inputs")), 4));
    assertArrayEquals(new int[] {target.number("zwei"), target.number("katzen"), 2, 0},
        Arrays.copyOf(ints(rows.get("target.outputs")), 4));
    assertArrayEquals(new int[] {2, 3}, ints(rows.get("lengths.source")));
    assertArrayEquals(new int[] {3, 3}, ints(rows.get("lengths.target")));
  }

  @Test
  void longPairsAreLeftOutOfTrainingAndCutWhereHeldBack() throws IOException {
    Files.writeString(folder.resolve("c.txt"), "a b c d\n");
    Files.writeString(folder.resolve("d.txt"), "x stranger\n");
    DataSource pairs = open("a b\na b c\nc\n", "x y\nz\nz y\n", Map.of("longest", 2L, "tests", List.of("c.txt", "d.txt")));
    assertEquals(2, pairs.rows(Split.TRAIN));
    assertEquals(1, pairs.rows(Split.TEST));
    assertEquals(2, pairs.warnings().size(), pairs.warnings().toString());
    assertTrue(pairs.warnings().stream().anyMatch(w -> w.endsWith("1 of 3 pairs are longer than 2 symbols, and are left"
        + " out")), pairs.warnings().toString());
    assertEquals(List.of("a b c d"), pairs.texts(Split.TEST, "source"), "what it was before it was cut");
    assertEquals(List.of("x stranger"), pairs.texts(Split.TEST, "target"));
    Files.writeString(folder.resolve("c.txt"), "a b c d\nb\n");
    Files.writeString(folder.resolve("d.txt"), "x stranger\ny\n");
    DataSource few = open("a b\n", "x y\n", Map.of("longest", 2L, "tests", List.of("c.txt", "d.txt"), "held", 1L));
    assertEquals(List.of("a b c d"), few.texts(Split.TEST, "source"), "of the rows that are used, whole");
    Map<String, ByteBuffer> rows = Opened.rows(pairs, Split.TEST, 0, 0, 1);
    assertEquals("a b", vocabulary(pairs, "source").decode(ints(rows.get("source"))));
    assertEquals("x <unk>", vocabulary(pairs, "target").decode(ints(rows.get("target.outputs"))));
  }

  @Test
  void hostilePairs() {
    DataException uneven = Opened.refused(() -> open("a\nb\nc\n", "x\ny\n", Map.of()));
    assertTrue(uneven.getMessage().endsWith("b.txt: 2 lines, and a.txt has 3"), uneven.getMessage());
    assertEquals("2:1", Opened.refused(() -> open("a\n \nc\n", "x\ny\nz\n", Map.of())).place());
    assertEquals("2:1", Opened.refused(() -> open("a\nb", "x\n\n", Map.of())).place());
    Opened.refused(() -> open("", "x\n", Map.of()));
    Opened.refused(() -> open("a b c d\n", "x\n", Map.of("longest", 2L)));
    Opened.refused(() -> open("a\n", "x\n", Map.of("tests", List.of("one.txt"))));
    Opened.refused(() -> open("a\nb\n", "x\ny\n", Map.of("tests", List.of("a.txt", "b.txt"), "test", 0.5)));
    DataException unknown = Opened.refused(() -> open("abc\nxyz\n", "abc\nabd\n", Map.of("unit", "character", "tests",
        List.of("b.txt", "a.txt"))));
    assertEquals("2:3", unknown.place());
    assertTrue(unknown.problem().contains("\"d\" is not in the vocabulary"), unknown.problem());
    Opened.refused(() -> Opened.bound("parallel", Map.of("source", "a", "target", "b"), folder));
  }

  @Test
  void datesAreWrittenInBothManners() {
    DataSource dates = Opened.source("dates", Map.of("train", 3000L, "test", 500L), folder);
    Vocabulary source = vocabulary(dates, "source");
    Vocabulary target = vocabulary(dates, "target");
    Set<String> trained = new HashSet<>();
    for (Split split : List.of(Split.TRAIN, Split.TEST)) {
      Map<String, ByteBuffer> rows = Opened.rows(dates, split, 0, 0, dates.rows(split));
      int[] read = ints(rows.get("source"));
      int[] written = ints(rows.get("target.outputs"));
      for (int i = 0; i < dates.rows(split); i++) {
        LocalDate date = LocalDate.parse(target.decode(Arrays.copyOfRange(written, 11 * i, 11 * i + 11)));
        String words = source.decode(Arrays.copyOfRange(read, 28 * i, 28 * i + 28));
        assertTrue(words.contains(Integer.toString(date.getDayOfMonth())), words + " against " + date);
        assertTrue(words.contains(Integer.toString(date.getYear())), words + " against " + date);
        assertTrue(split == Split.TRAIN ? trained.add(date.toString()) || !trained.isEmpty() : !trained.contains(date.toString()));
        assertEquals(words.length(), rows.get("lengths.source").getInt(4 * i));
      }
    }
  }

  private static DataSource multi30k(String unit) {
    Path data = Path.of(System.getProperty("dlv.data", "")).resolve("multi30k").toAbsolutePath();
    return Opened.source("parallel", Map.of("source", "train.en.gz", "target", "train.fr.gz", "unit", unit, "lowercase",
        true, "validations", List.of("val.en.gz", "val.fr.gz"), "tests",
        List.of("test_2016_flickr.en.gz", "test_2016_flickr.fr.gz")), data);
  }

  /** The share of places of all batches of an epoch that hold nothing, each in the smallest room for its longest row. */
  private static double waste(DataSource pairs, int[] order, int batch, List<Integer> rooms) {
    Map<String, ByteBuffer> all = Opened.rows(pairs, Split.TRAIN, 0, 0, pairs.rows(Split.TRAIN));
    int[] places = Places.of(pairs.type(), all);
    int[] source = ints(all.get("lengths.source"));
    int[] target = ints(all.get("lengths.target"));
    long taken = 0;
    long real = 0;
    for (int from = 0; from + batch <= order.length; from += batch) {
      int[] rows = Arrays.copyOfRange(order, from, from + batch);
      int most = Arrays.stream(rows).map(row -> places[row]).max().orElseThrow();
      taken += 2L * batch * rooms.stream().filter(room -> room >= most).findFirst().orElseThrow();
      real += Arrays.stream(rows).map(row -> source[row] + target[row]).sum();
    }
    return 1 - (double) real / taken;
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128})
  @NeedsData
  void batchesOfLikeLengthInRoomsOfTheirOwnWasteLittleOnPadding(int batch) {
    DataSource pairs = multi30k("word");
    int[] places = Places.ofTraining(pairs);
    int[] grouped = Order.grouped(1, 0, 3, places, batch);
    int[] sorted = grouped.clone();
    Arrays.sort(sorted);
    assertArrayEquals(Order.inTurn(pairs.rows(Split.TRAIN)), sorted);
    List<Integer> rooms = Places.rooms(places, 8);
    assertEquals(8, rooms.size());
    double waste = waste(pairs, grouped, batch, rooms);
    assertTrue(waste < 0.15, rooms + ": " + waste);
    int[] shuffled = Order.shuffled(1, 0, 3, grouped.length);
    assertTrue(waste(pairs, shuffled, batch, Places.rooms(places, 1)) > 0.5, "all in one room waste more than half");
  }

  @Test
  @NeedsData
  void bytePairsOfMulti30kDecodeExactly() {
    DataSource pairs = multi30k("bpe(8000)");
    assertEquals(8000, vocabulary(pairs, "source").size());
    Vocabulary target = vocabulary(pairs, "target");
    assertEquals(8000, target.size());
    int rows = pairs.rows(Split.TEST);
    int[] written = ints(Opened.rows(pairs, Split.TEST, 0, 0, rows).get("target.outputs"));
    int[] lengths = ints(Opened.rows(pairs, Split.TEST, 0, 0, rows).get("lengths.target"));
    List<String> lines = TextFile.read(Path.of(System.getProperty("dlv.data", "")).resolve(
        "multi30k/test_2016_flickr.fr.gz")).lines();
    for (int i = 0; i < rows; i++) {
      String decoded = target.decode(Arrays.copyOfRange(written, 31 * i, 31 * i + 31));
      String line = lines.get(i).strip().toLowerCase();
      assertTrue(lengths[i] == 31 ? line.startsWith(decoded.replace("\uFFFD", "")) : line.equals(decoded), decoded);
    }
  }
}
