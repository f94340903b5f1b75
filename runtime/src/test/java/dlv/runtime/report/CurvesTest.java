package dlv.runtime.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.data.Picture;
import dlv.runtime.data.PictureFile;
import dlv.runtime.data.Split;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class CurvesTest {
  @TempDir
  Path folder;

  private static List<Report> reports(int epochs) {
    List<Report> reports = new ArrayList<>();
    for (int e = 1; e <= epochs; e++) {
      reports.add(new Report(e, 100L * e, Split.TRAIN, 1.0 / e, Map.of("accuracy", 1 - 0.1 / e)));
      reports.add(new Report(e, 100L * e, Split.TEST, 1.2 / e, Map.of("accuracy", 1 - 0.2 / e)));
    }
    return reports;
  }

  private boolean has(Picture picture, int red, int green, int blue) {
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if (picture.at(0, y, x) == red && picture.at(1, y, x) == green && picture.at(2, y, x) == blue) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void bothFilesShowBothSplits() throws Exception {
    Curves.write(folder, "Digits <1> & more", reports(12), 100);
    String svg = Files.readString(folder.resolve("curves.svg"));
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    assertTrue(svg.contains("Digits &lt;1&gt; &amp; more"));
    assertTrue(svg.contains(">accuracy<") && svg.contains(">loss<") && svg.contains("test 0.1000"));
    Picture png = PictureFile.read(folder.resolve("curves.png"));
    assertEquals(2 * (2 * 420 + 20), png.width());
    assertTrue(has(png, 0x4C, 0x78, 0xC8) && has(png, 0xE0, 0x7B, 0x39));
    byte[] first = Files.readAllBytes(folder.resolve("curves.png"));
    Curves.write(folder, "Digits <1> & more", reports(12), 100);
    assertArrayEquals(first, Files.readAllBytes(folder.resolve("curves.png")));
  }

  @Test
  void fewAndStrangeFiguresAreDrawnToo() {
    Curves.write(folder, "nothing", List.of(), 100);
    assertFalse(Files.exists(folder.resolve("curves.svg")));
    Curves.write(folder, "one", reports(1).subList(0, 1), 100);
    Curves.write(folder, "flat", List.of(new Report(1, 1, Split.TRAIN, 0, Map.of()),
        new Report(1, 2, Split.TRAIN, 0, Map.of())), 0);
    Curves.write(folder, "wild", List.of(new Report(1, 1, Split.TRAIN, Double.NaN, Map.of("x", 1e300)),
        new Report(1, 2, Split.TRAIN, Double.POSITIVE_INFINITY, Map.of("x", -1e300))), 1);
    assertTrue(Files.exists(folder.resolve("curves.png")));
  }

  @Test
  void ticksAreRound() {
    Axis axis = Axis.covering(0.03, 0.97, 5, 0, 100);
    assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), axis.ticks().stream().map(axis::label).toList());
    assertEquals(50, axis.place(0.5), 1e-9);
    Axis epochs = Axis.counting(0, 12, 8, 0, 120);
    assertEquals(List.of("0", "2", "4", "6", "8", "10", "12"), epochs.ticks().stream().map(epochs::label).toList());
    assertEquals(120, epochs.place(12), 1e-9);
  }

  @Test
  void wrongSamplesAreMarked() throws IOException {
    Picture digit = new Picture(1, 28, 28, new byte[784], List.of());
    Path file = folder.resolve("samples.png");
    SampleSheet.write(file, "samples", List.of(new SampleSheet.Sample(digit, "7", "7")), 4);
    assertFalse(has(PictureFile.read(file), 0xD0, 0x3A, 0x3A));
    SampleSheet.write(file, "samples", List.of(new SampleSheet.Sample(digit, "7", "7"),
        new SampleSheet.Sample(digit, "ape", "a very long name of a class"),
        new SampleSheet.Sample(digit, "?", "")), 2);
    assertTrue(has(PictureFile.read(file), 0xD0, 0x3A, 0x3A));
  }

  @Test
  void everyAsciiLetterHasAShape() {
    for (char c = '!'; c < 127; c++) {
      assertFalse(StrokeFont.outline(String.valueOf(c), 0, 0, 10).getBounds2D()
          .equals(StrokeFont.outline("\u2603", 0, 0, 10).getBounds2D()), "letter " + c);
    }
    assertEquals(StrokeFont.width("ab", 10) * 2, StrokeFont.width("ab", 20), 1e-9);
    assertEquals(0, StrokeFont.width("", 10));
  }
}
