package dlv.runtime.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnimationTest {
  @TempDir
  Path folder;

  /** Two examples of three grey pictures of one pixel: 0, 0.5 and 1, and the other way round. */
  @Test
  void eachPictureOfARowIsAFrame() throws IOException {
    Path file = folder.resolve("three.gif");
    assertEquals(List.of(), Animation.write(file, new Values(new float[] {0, 0.5f, 1, 1, 0.5f, 0}, 2, 3, 1, 1, 1)));
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      assertEquals(3, reader.getNumImages(true));
      int[][] shades = {{0, 255}, {128, 128}, {255, 0}};
      for (int frame = 0; frame < 3; frame++) {
        var image = reader.read(frame);
        for (int example = 0; example < 2; example++) {
          int x = image.getWidth() * (1 + 2 * example) / 4;
          assertEquals(shades[frame][example], image.getRGB(x, image.getHeight() / 2) & 0xFF);
        }
      }
    } finally {
      reader.dispose();
    }
  }

  @Test
  void onlyRowsOfPicturesMove() {
    assertTrue(Animation.fits(10, 3, 28, 28));
    assertTrue(Animation.fits(4, 10, 1, 28, 28));
    assertFalse(Animation.fits(1, 28, 28));
    assertFalse(Animation.fits(10, 2));
  }
}
