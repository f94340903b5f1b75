package dlv.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastChartTest {
  /** Errors by hand: the forecast is off by 0, 3 and 4; the value before by 1, 2 and 4. */
  @Test
  void theChartSaysHowFarOffTheForecastIs(@TempDir Path folder) throws IOException {
    assertEquals(Math.sqrt(25.0 / 3), ForecastChart.error(List.of(1.0, 3.0, 7.0), List.of(1.0, 6.0, 3.0)), 1e-12);
    ForecastChart.write(folder, "Net", 0, List.of(1.0, 3.0, 7.0), List.of(1.0, 6.0, 3.0));
    String svg = Files.readString(folder.resolve("forecast.svg"));
    assertTrue(svg.contains("Net: root mean squared error 2.887; of the value before 2.646"), svg);
    assertEquals(1800, ImageIO.read(folder.resolve("forecast.png").toFile()).getWidth());
  }
}
