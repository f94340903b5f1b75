package dlv.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScatterTest {
  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  /** Two of category 0, one of category 3, each category once more in the key; what is no number is left out. */
  @Test
  void pointsHaveTheColourOfTheirCategory(@TempDir Path folder) throws IOException {
    Scatter.write(folder, "codes", new float[] {0, 0, 1, 2, -1, 1, Float.NaN, 1}, new int[] {0, 3, 0, 0});
    String svg = Files.readString(folder.resolve("codes.svg")).toLowerCase();
    assertEquals(3, count(svg, "#4e79a7"), svg);
    assertEquals(2, count(svg, "#76b7b2"), svg);
    assertThrows(IllegalArgumentException.class, () -> Scatter.write(folder, "codes", new float[3], new int[2]));
  }

  @Test
  void manyPointsAreTheFirstOfThem(@TempDir Path folder) throws IOException {
    Scatter.write(folder, "many", new float[12_000], new int[6000]);
    String svg = Files.readString(folder.resolve("many.svg"));
    assertTrue(svg.contains("many, the first 5000 of 6000 points"));
    assertEquals(5001, count(svg, "<circle"));
  }
}
