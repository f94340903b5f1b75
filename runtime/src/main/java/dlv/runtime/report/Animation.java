package dlv.runtime.report;

import dlv.runtime.Values;
import dlv.runtime.data.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * Rows of pictures as moving pictures: examples of {@code [n, c, h, w]} are n sheets of {@code [c, h, w]}, one after
 * the other, for ever; the last one is shown longer.
 */
public final class Animation {
  private static final int HUNDREDTHS = 8;
  private static final int LAST_HUNDREDTHS = 150;
  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  private Animation() {}

  /** Whether examples of this shape are rows of pictures. */
  public static boolean fits(int... shape) {
    return shape.length >= 4 && PictureSheet.fits(shape);
  }

  /**
   * Writes a GIF file.
   *
   * @return what was done to the values to show them; empty where all are between 0 and 1
   */
  public static List<String> write(Path file, Values pictures) {
    float[] range = PictureSheet.range(pictures.toArray());
    int frames = pictures.shape()[pictures.shape().length - 4];
    var bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames; i++) {
        BufferedImage image = PictureSheet.image(frame(pictures, i), range);
        int time = i == frames - 1 ? LAST_HUNDREDTHS : HUNDREDTHS;
        writer.writeToSequence(new IIOImage(image, null, timed(writer, image, time)), null);
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    AtomicFile.write(file, bytes.toByteArray());
    return PictureSheet.notes(range);
  }

  /** The pictures at a place of the axis before their channels, without this axis. */
  static Values frame(Values pictures, int place) {
    int[] shape = pictures.shape();
    int axes = shape.length;
    int size = shape[axes - 3] * shape[axes - 2] * shape[axes - 1];
    float[] all = pictures.toArray();
    int rows = all.length / (size * shape[axes - 4]);
    var values = new float[rows * size];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(all, (row * shape[axes - 4] + place) * size, values, row * size, size);
    }
    return new Values(values, rows, Arrays.copyOfRange(shape, axes - 3, axes));
  }

  private static IIOMetadata timed(ImageWriter writer, BufferedImage image, int hundredths) throws IOException {
    IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    var root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    var control = (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("delayTime", Integer.toString(hundredths));
    var extensions = new IIOMetadataNode("ApplicationExtensions");
    var repeat = new IIOMetadataNode("ApplicationExtension");
    repeat.setAttribute("applicationID", "NETSCAPE");
    repeat.setAttribute("authenticationCode", "2.0");
    repeat.setUserObject(new byte[] {1, 0, 0});
    extensions.appendChild(repeat);
    root.appendChild(extensions);
    metadata.setFromTree(FORMAT, root);
    return metadata;
  }
}
