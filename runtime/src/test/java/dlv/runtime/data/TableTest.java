package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
  @TempDir
  Path folder;

  private Path write(byte[] bytes) throws IOException {
    Path file = folder.resolve("table.csv");
    Files.write(file, bytes);
    return file;
  }

  private DataSource open(String text, Map<String, ?> more) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
    Map<String, Object> arguments = new HashMap<>(more);
    arguments.put("file", "table.csv");
    arguments.putIfAbsent("test", 0.0);
    return Opened.source("table", arguments, folder);
  }

  @Test
  void columnsBecomeFields() throws IOException {
    DataSource source = open("\uFEFFa,\"b \"\"x\"\"\",kind,price\r\n1,-2.5,dog,7\r\n3e1,.5,\"cat, old\",8\r\n"
        + "\r\n5,6,dog,9", Map.of("label", "kind", "target", "price"));
    assertEquals("features: float[2], label: index(2), target: float", source.type().toString());
    assertEquals(List.of("cat, old", "dog"), source.type().field("label").orElseThrow().classes());
    Map<String, ByteBuffer> rows = Opened.rows(source, Split.TRAIN, 0, 0, 3);
    assertEquals(30f, rows.get("features").getFloat(8));
    assertEquals(0.5f, rows.get("features").getFloat(12));
    assertEquals(0, rows.get("label").getInt(4));
    assertEquals(9f, rows.get("target").getFloat(8));
  }

  @Test
  void rowsAreHeldBackBySeed() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 100; i++) {
      text.append(i).append(',').append(i % 3).append('\n');
    }
    DataSource source = open(text.toString(), Map.of("label", "y", "test", 0.2, "validation", 0.1));
    assertEquals(70, source.rows(Split.TRAIN));
    assertEquals(10, source.rows(Split.VALIDATION));
    assertEquals(20, source.rows(Split.TEST));
    boolean[] seen = new boolean[100];
    for (Split split : Split.values()) {
      Map<String, ByteBuffer> rows = Opened.rows(source, split, 0, 0, source.rows(split));
      for (int i = 0; i < source.rows(split); i++) {
        int x = (int) rows.get("features").getFloat(4 * i);
        assertEquals(x % 3, rows.get("label").getInt(4 * i));
        assertTrue(!seen[x]);
        seen[x] = true;
      }
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      a,b~1,2~3          | 3:2  | 1 cells, where the first line has 2
      a,b~1,2~3,4,5      | 3:5  | 3 cells, where the first line has 2
      a,b~1,two          | 2:3  | "two" in column b is no number
      a,b~1,NaN          | 2:3  | "NaN" in column b is no number
      a,b~1,0x1p3        | 2:3  | "0x1p3" in column b is no number
      a,b~1,1f           | 2:3  | "1f" in column b is no number
      a,b~1,1e99         | 2:3  | 1e99 is too large for a float
      a,b~1,             | 2:3  | column b is empty here
      a;b~1,5;2          | 2:1  | "1,5" in column a is no number
      a,b~1,"2~3,4       | 2:1  | a quote is opened in this record and never closed
      a,b~1,"2"3         | 2:6  | text behind a closed quote
      a,a~1,2            | 1:3  | two columns are named a
      a,~1,2             | 1:3  | a column has no name
      """)
  void brokenTables(String text, String place, String problem) {
    DataException e = Opened.refused(() -> open(text.replace("~", "\n"), Map.of()));
    assertEquals(problem, e.problem());
    assertEquals(place, e.place());
  }

  @Test
  void moreBrokenTables() throws IOException {
    assertEquals("the file has no rows", Opened.refused(() -> open("", Map.of())).problem());
    assertEquals("the file has no rows", Opened.refused(() -> open("a,b\n", Map.of())).problem());
    assertEquals("label names a column kind that is not there",
        Opened.refused(() -> open("a,b\n1,2\n", Map.of("label", "kind"))).problem());
    assertTrue(Opened.refused(() -> open("a,b\n1,2\u0000\n", Map.of())).problem().contains("zero byte"));
    assertTrue(Opened.refused(() -> open("a\n" + "1".repeat((1 << 20) + 1), Map.of())).problem()
        .contains("longer than 1048576"));
    open("a\n" + "1".repeat(30) + " ".repeat((1 << 20) - 30), Map.of()).close();
    open("a\n" + "1".repeat(30) + " ".repeat((1 << 20) - 31), Map.of()).close();
    assertTrue(Opened.refused(() -> open(",".repeat(100_000), Map.of())).problem()
        .contains("more than 100000 columns"));
    for (int columns : new int[] {99_999, 100_000}) {
      assertEquals("features: float[" + columns + "]",
          open("1" + ",1".repeat(columns - 1), Map.of("header", false)).type().toString());
    }
    Path file = write(new byte[] {'a', '\n', (byte) 0xFF, '\n'});
    assertEquals("2:1", Opened.refused(() -> Opened.source("table", Map.of("file", file.toString()), folder)).place());
    assertTrue(Opened.refused(() -> Opened.source("table", Map.of("file", "no.csv"), folder)).problem()
        .contains("no such file"));
    Opened.refused(() -> Opened.source("table", Map.of("file", "."), folder));
    assertEquals("table needs file", Opened.refused(() -> Opened.source("table", Map.of(), folder)).problem());
  }

  @Test
  void rowsWithEmptyCellsCanBeDropped() throws IOException {
    assertEquals(2, open("a,b\n1,2\n,3\n4,5\n", Map.of("missing", "drop")).rows(Split.TRAIN));
    assertEquals("the file has no rows",
        Opened.refused(() -> open("a,b\n1,\n", Map.of("missing", "drop"))).problem());
  }

  @Test
  void aClassThatTrainingLacksIsPlaced() throws IOException {
    Files.writeString(folder.resolve("tests.csv"), "a,y\n1,dog\n2,cow\n");
    DataException e = Opened.refused(() -> open("a,y\n1,dog\n2,cat\n", Map.of("label", "y", "tests", "tests.csv")));
    assertEquals("class cow does not occur in training", e.problem());
    assertEquals("3:3", e.place());
  }

  @Test
  void whatIsProbablyUnintendedIsWarnedOf() throws IOException {
    assertEquals(List.of("table.csv: all 2 rows are of class dog", "table.csv: column b is 7.0 in every row"),
        open("a,b,y\n1,7,dog\n2,7,dog\n", Map.of("label", "y")).warnings().stream()
            .map(w -> w.substring(w.indexOf("table.csv"))).toList());
  }

  @Test
  @NeedsData
  void theRealOnes() {
    Path csv = Path.of(System.getProperty("dlv.data"), "csv");
    DataSource iris = Opened.source("table", Map.of("file", "iris.csv", "header", false, "label", "5"), csv);
    assertEquals("features: float[4], label: index(3)", iris.type().toString());
    assertEquals(150, iris.rows(Split.TRAIN) + iris.rows(Split.TEST));
    assertEquals("column total_bedrooms is empty here", Opened.refused(() -> Opened.source("table",
        Map.of("file", "california-housing.csv", "label", "ocean_proximity", "target", "median_house_value"), csv))
        .problem());
    DataSource housing = Opened.source("table", Map.of("file", "california-housing.csv", "label", "ocean_proximity",
        "target", "median_house_value", "missing", "drop"), csv);
    assertEquals(20640 - 207, housing.rows(Split.TRAIN) + housing.rows(Split.TEST));
    assertEquals("features: float[8], label: index(5), target: float", housing.type().toString());
    Path optdigits = csv.resolveSibling("optdigits");
    DataSource digits = Opened.source("table", Map.of("file", "optdigits.tra", "tests", "optdigits.tes",
        "header", false, "label", "65"), optdigits);
    assertEquals(3823, digits.rows(Split.TRAIN));
    assertEquals(1797, digits.rows(Split.TEST));
  }
}
