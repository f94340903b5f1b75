package dlv.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dlv.runtime.data.DataException;
import dlv.runtime.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir
  Path folder;

  private static final Report FIRST = new Report(1, 468, Split.TRAIN, 0.5, Map.of("accuracy", 0.875));
  private static final Report SECOND = new Report(1, 468, Split.TEST, 0.25, Map.of("accuracy", 0.9375));
  private static final Report THIRD = new Report(2, 936, Split.TEST, Double.NaN, Map.of());

  private void writeAll() {
    try (Metrics metrics = Metrics.open(folder, List.of("accuracy"), 0, false)) {
      List.of(FIRST, SECOND, THIRD).forEach(metrics::add);
    }
  }

  @Test
  void linesOfBothFiles() throws IOException {
    writeAll();
    assertEquals("""
        {"epoch":1,"step":468,"split":"train","loss":0.5,"accuracy":0.875}
        {"epoch":1,"step":468,"split":"test","loss":0.25,"accuracy":0.9375}
        {"epoch":2,"step":936,"split":"test","loss":"NaN"}
        """, Files.readString(folder.resolve("metrics.jsonl")));
    assertEquals("""
        epoch,step,split,loss,accuracy
        1,468,train,0.5,0.875
        1,468,test,0.25,0.9375
        2,936,test,NaN,
        """, Files.readString(folder.resolve("metrics.csv")));
    assertEquals(List.of(FIRST, SECOND, THIRD), Metrics.read(folder));
  }

  @Test
  void whatCameAfterTheCheckpointIsDropped() throws IOException {
    writeAll();
    try (Metrics metrics = Metrics.open(folder, List.of("accuracy"), 500, false)) {
      assertEquals(List.of(FIRST, SECOND), metrics.reports());
      metrics.add(THIRD);
    }
    assertEquals(List.of(FIRST, SECOND, THIRD), Metrics.read(folder));
    assertEquals(4, Files.readAllLines(folder.resolve("metrics.csv")).size());
    Metrics.open(folder, List.of("accuracy"), 0, false).close();
    assertEquals(List.of(), Metrics.read(folder));
  }

  @Test
  void aLineThatACrashHasCutIsMended() throws IOException {
    writeAll();
    Path file = folder.resolve("metrics.jsonl");
    String whole = Files.readString(file);
    for (int cut = 1; cut < 50; cut++) {
      Files.writeString(file, whole.substring(0, whole.length() - cut));
      try (Metrics metrics = Metrics.open(folder, List.of("accuracy"), 936, false)) {
        assertEquals(cut == 1 ? 3 : 2, metrics.reports().size());
      }
    }
    Files.writeString(file, "not json\n" + whole);
    DataException e = assertThrows(DataException.class, () -> Metrics.read(folder));
    assertEquals("1:1", e.place());
  }
}
