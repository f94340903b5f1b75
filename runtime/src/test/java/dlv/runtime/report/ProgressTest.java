package dlv.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.data.Split;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now;

  private Progress progress(boolean live, int width) {
    return new Progress(new PrintStream(bytes, false, StandardCharsets.US_ASCII), live, width, () -> now, 0, 1200, 100,
        128);
  }

  private String out() {
    return bytes.toString(StandardCharsets.US_ASCII);
  }

  private void seconds(double s) {
    now += (long) (s * 1e9);
  }

  @Test
  void aLiveLineIsWrittenOver() {
    Progress progress = progress(true, 100);
    progress.step(1, 2.3, Map.of("accuracy", 0.1));
    assertEquals("", out(), "not yet due");
    seconds(1);
    progress.step(50, 0.51234, Map.of("accuracy", 0.9));
    assertEquals("\repoch  1/12  [========        ]  loss 0.5123  accuracy 0.9000  6,400 examples/s  0:23 left\u001b[K",
        out());
    progress.close();
    assertTrue(out().endsWith("\n"));
  }

  @Test
  void aLiveLineFitsItsTerminal() {
    for (int width = 10; width < 120; width++) {
      bytes.reset();
      Progress progress = progress(true, width);
      seconds(1);
      progress.step(50, 0.51234, Map.of("accuracy", 0.9));
      int length = out().replace("\r", "").replace("\u001b[K", "").length();
      assertTrue(length < width, length + " columns on " + width);
      assertTrue(width < 45 || out().contains("accuracy 0.9000"), out());
    }
  }

  @Test
  void plainLinesComeWithReportsAndNowAndThen() {
    Progress progress = progress(false, 80);
    for (int step = 1; step <= 100; step++) {
      seconds(0.5);
      progress.step(step, 1.0, Map.of());
    }
    progress.report(new Report(1, 100, Split.TEST, 0.0312, Map.of("accuracy", 0.98765)));
    progress.say("saved runs/Digits-001");
    assertEquals("""
        epoch  1/12  loss 1.000  256 examples/s  9:30 left
        epoch  1/12  test loss 0.0312  accuracy 0.9877  256 examples/s  9:10 left
        saved runs/Digits-001
        """, out());
  }

  @Test
  void timeAsideDoesNotCount() {
    Progress progress = progress(false, 80);
    seconds(1);
    progress.pause(() -> seconds(100));
    progress.report(new Report(1, 100, Split.TRAIN, 1, Map.of()));
    assertTrue(out().contains("12,800 examples/s"), out());
  }

  @Test
  void numbersAndTimesAreShort() {
    assertEquals("0.0000", Progress.number(0));
    assertEquals("12.35", Progress.number(12.3456));
    assertEquals("1235", Progress.number(1234.56));
    assertEquals("1.235e-05", Progress.number(1.2346e-5));
    assertEquals("-0.5000", Progress.number(-0.5));
    assertEquals("NaN", Progress.number(Double.NaN));
    assertEquals("0:07", Progress.duration(7));
    assertEquals("59:59", Progress.duration(3599));
    assertEquals("1:00:00", Progress.duration(3600));
  }
}
