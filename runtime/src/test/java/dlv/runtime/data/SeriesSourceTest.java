package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsData;
import dlv.runtime.json.Json;
import dlv.runtime.json.JsonView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesSourceTest {
  @TempDir
  Path folder;

  private DataSource open(String text, Map<String, ?> more) throws IOException {
    Files.writeString(folder.resolve("series.csv"), text);
    Map<String, Object> arguments = new HashMap<>(more);
    arguments.put("file", "series.csv");
    return Opened.source("series", arguments, folder);
  }

  /** Ten values, eight for training: mean 4.5, variance 5.25; the last two are far away and count for nothing. */
  @Test
  void windowsAreScaledByTheTrainingPartAlone() throws IOException {
    DataSource source = open("t,x\n1,1\n2,2\n3,3\n4,4\n5,5\n6,6\n7,7\n8,8\n9,1000\n10,2000\n",
        Map.of("window", 3L, "ahead", 2L));
    assertEquals("history: float[3, 1], future: float[2]", source.type().toString());
    JsonView scaling = Json.parse(source.learned().get("scaling.future")).view();
    assertEquals(4.5, scaling.at("mean").real(), 1e-12);
    assertEquals(Math.sqrt(5.25), scaling.at("deviation").real(), 1e-12);
    assertEquals(4, source.rows(Split.TRAIN));
    assertEquals(0, source.rows(Split.VALIDATION));
    assertEquals(1, source.rows(Split.TEST));
    Map<String, ByteBuffer> rows = Opened.rows(source, Split.TRAIN, 0, 1, 3);
    assertEquals((2 - 4.5) / Math.sqrt(5.25), rows.get("history").getFloat(0), 1e-6);
    assertEquals((8 - 4.5) / Math.sqrt(5.25), rows.get("future").getFloat(4 * 5), 1e-6);
    Map<String, ByteBuffer> test = Opened.rows(source, Split.TEST, 0, 0, 1);
    assertEquals((8 - 4.5) / Math.sqrt(5.25), test.get("history").getFloat(8), 1e-6);
    assertEquals((1000 - 4.5) / Math.sqrt(5.25), test.get("future").getFloat(0), 1e-3);
  }

  /** The same month of the year before says more than the month before does. */
  @Test
  void madeFiguresHaveASeasonAndComeAgain() {
    DataSource source = Opened.source("seasons", Map.of("months", 240L), folder);
    assertEquals(192 - 24, source.rows(Split.TRAIN));
    assertEquals(48, source.rows(Split.TEST));
    ByteBuffer rows = Opened.rows(source, Split.TRAIN, 0, 0, 168).get("history");
    assertEquals(rows, Opened.rows(Opened.source("seasons", Map.of("months", 240L), folder), Split.TRAIN, 0, 0, 168)
        .get("history"));
    double month = 0;
    double year = 0;
    for (int t = 12; t < 168; t++) {
      month += Math.pow(rows.getFloat(96 * t) - rows.getFloat(96 * (t - 1)), 2);
      year += Math.pow(rows.getFloat(96 * t) - rows.getFloat(96 * (t - 12)), 2);
    }
    assertTrue(year < 0.8 * month, year + " and " + month);
    assertTrue(source.fingerprint().contains("seasons(months: 240"), source.fingerprint());
  }

  @Test
  void otherFiguresStandInForMadeOnes() throws IOException {
    Files.writeString(folder.resolve("other.csv"), "t,x\n" + "1,2\n3,5\n".repeat(20));
    DataSource source = Opened.bound("seasons", Map.of("window", 12L), folder.resolve("other.csv"));
    assertEquals(32 - 12, source.rows(Split.TRAIN));
  }

  @Test
  void aConstantSeriesIsWarnedOf() throws IOException {
    assertEquals(1, open("x\n" + "7\n".repeat(50), Map.of("window", 3L)).warnings().size());
  }

  @Test
  void hostileSeries() {
    assertEquals("4:3", Opened.refused(() -> open("t,x\n1,1\n2,2\n3,NaN\n", Map.of("window", 1L))).place());
    assertEquals("3:3", Opened.refused(() -> open("t,x\n1,1\n2,\n3,4\n", Map.of("window", 1L))).place());
    assertEquals("3:2", Opened.refused(() -> open("t,x\n1,1\n2\n", Map.of("window", 1L))).place());
    assertTrue(Opened.refused(() -> open("t,x\n1,1\n", Map.of("column", "y"))).help().contains("t, x"));
    Opened.refused(() -> open("", Map.of()));
    Opened.refused(() -> open("t,x\n1,1\n2,2\n", Map.of("window", 24L)));
    Opened.refused(() -> open("t,x\n1,1\n2,2\n", Map.of("window", 0L)));
    Opened.refused(() -> open("t,x\n1,1\n2,2\n", Map.of("window", 1L, "test", 0.6, "validation", 0.4)));
  }

  @ParameterizedTest
  @CsvSource({"airline-passengers, 91, 29", "monthly-sunspots, 2232, 564", "daily-min-temperatures, 2896, 730"})
  @NeedsData
  void theSeriesOfTheTestData(String name, int train, int test) {
    Path data = Path.of(System.getProperty("dlv.data", "")).toAbsolutePath();
    DataSource source = Opened.source("series", Map.of("file", "csv/" + name + ".csv"), data);
    assertEquals(train, source.rows(Split.TRAIN));
    assertEquals(test, source.rows(Split.TEST));
  }
}
