package dlv.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocCurveTest {
  /** Of six pairs of a positive and a negative, four are in order, and one is equal. */
  @Test
  void equalScoresAreOneStepAndStraightLinesTwoPoints() {
    float[] scores = {0.9f, 0.8f, 0.5f, 0.5f, 0.1f};
    int[] labels = {1, 0, 1, 0, 0};
    List<Canvas.Point> curve = RocCurve.curve(scores, labels);
    assertEquals(List.of(new Canvas.Point(0, 0), new Canvas.Point(0, 0.5), new Canvas.Point(1 / 3.0, 0.5),
        new Canvas.Point(2 / 3.0, 1), new Canvas.Point(1, 1)), curve);
    assertEquals(4.5 / 6, RocCurve.area(curve), 1e-12);
    assertEquals(3, RocCurve.curve(new float[] {4, 3, 2, 1}, new int[] {1, 1, 0, 0}).size(), "two lines");
  }

  @Test
  void theTitleTellsTheArea(@TempDir Path folder) throws IOException {
    RocCurve.write(folder, "strange", new float[] {2, 1}, new int[] {1, 0});
    assertTrue(Files.readString(folder.resolve("strange.svg")).contains("strange: area 1.0000"));
    assertTrue(ImageIO.read(folder.resolve("strange.png").toFile()).getWidth() > 800);
    assertThrows(IllegalArgumentException.class, () -> RocCurve.curve(new float[2], new int[3]));
  }
}
