package dlv.runtime.report;

import dlv.runtime.data.Picture;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/** A sheet of pictures with what the network says of them; what is wrong is marked red and told right. */
public final class SampleSheet {
  private static final int GAP = 14;
  private static final int CAPTION = 24;
  private static final int LEAST_SIDE = 64;
  private static final int RIGHT = 0x2E8B57;
  private static final int WRONG = 0xD03A3A;

  /**
   * A picture with its answers.
   *
   * @param picture the picture
   * @param predicted the class that the network gives
   * @param truth the right class; empty where it is not known
   */
  public record Sample(Picture picture, String predicted, String truth) {
    boolean isWrong() {
      return !truth.isEmpty() && !truth.equals(predicted);
    }
  }

  private SampleSheet() {}

  /** Draws a PNG file with {@code columns} pictures in a row. */
  public static void write(Path file, String title, List<Sample> samples, int columns) {
    if (samples.isEmpty()) {
      return;
    }
    Picture first = samples.get(0).picture();
    int zoom = Math.max(1, (LEAST_SIDE + first.width() - 1) / first.width());
    int cell = first.width() * zoom + GAP;
    int row = first.height() * zoom + CAPTION + GAP / 2;
    int rows = (samples.size() + columns - 1) / columns;
    int top = 40;
    PixelCanvas canvas = new PixelCanvas(columns * cell + GAP, top + rows * row + GAP / 2, 2);
    canvas.text(title, GAP, 25, 10, Canvas.Anchor.START, Chart.TEXT);
    for (int i = 0; i < samples.size(); i++) {
      draw(canvas, samples.get(i), GAP + i % columns * cell, top + i / columns * row, zoom);
    }
    canvas.write(file);
  }

  private static void draw(PixelCanvas canvas, Sample sample, int x, int y, int zoom) {
    int width = sample.picture().width() * zoom;
    int height = sample.picture().height() * zoom;
    if (sample.isWrong()) {
      canvas.box(x - 3, y - 3, width + 6, height + 6, WRONG);
    }
    canvas.picture(image(sample.picture()), x, y, width, height);
    String caption = sample.isWrong() ? sample.predicted() + ", is " + sample.truth() : sample.predicted();
    double size = Math.min(8.5, 8.5 * width / Math.max(StrokeFont.width(caption, 8.5), 1));
    canvas.text(caption, x + width / 2.0, y + height + 15, size, Canvas.Anchor.MIDDLE,
        sample.isWrong() ? WRONG : sample.truth().isEmpty() ? Chart.TEXT : RIGHT);
  }

  private static BufferedImage image(Picture picture) {
    BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    int green = picture.channels() == 3 ? 1 : 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        image.setRGB(x, y, picture.at(0, y, x) << 16 | picture.at(green, y, x) << 8 | picture.at(2 * green, y, x));
      }
    }
    return image;
  }
}
