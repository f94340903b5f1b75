package dlv.runtime.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads picture files: PNG, JPEG, GIF and BMP as the JDK decodes them, and PGM and PPM. */
public final class PictureFile {
  private static final String KNOWN = "give a PNG, JPEG, GIF, BMP, PGM or PPM file";

  private PictureFile() {}

  /** Height and width of a picture. */
  public record Size(int height, int width) {}

  /** The size that a file's header states. */
  public static Size size(Path file) {
    if (Netpbm.isOne(file)) {
      return Netpbm.size(file);
    }
    return withReader(file, reader -> {
      try {
        return checked(file, reader.getHeight(0), reader.getWidth(0));
      } catch (IOException e) {
        throw damaged(file, e);
      }
    });
  }

  /**
   * Decodes a file. Transparency is laid over white, 16 bits become 8, of several pictures the first is taken; each
   * such step is told in {@link Picture#conversions}.
   *
   * @throws DataException where the file is damaged, of another format, or larger than {@link Limits#PIXELS}
   */
  public static Picture read(Path file) {
    return Netpbm.isOne(file) ? Netpbm.read(file) : withReader(file, reader -> decode(file, reader));
  }

  static Size checked(Path file, int height, int width) {
    if (height < 1 || width < 1 || (long) height * width > Limits.PIXELS) {
      throw DataException.of(file, "a picture of " + height + "x" + width + " pixels", "at most " + Limits.PIXELS
          + " pixels are decoded: scale it down first");
    }
    return new Size(height, width);
  }

  private static <T> T withReader(Path file, Function<ImageReader, T> use) {
    Magic magic = Magic.of(file);
    if (!magic.isPicture()) {
      throw DataException.of(file, magic.isEmpty() ? "the file is empty" : "this is no picture", KNOWN);
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw DataException.of(file, "this is no picture that can be decoded", KNOWN);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return use.apply(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw damaged(file, e);
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException e) {
      // the JDK's decoders let many exceptions out when a file is damaged
      throw damaged(file, e);
    }
  }

  private static DataException damaged(Path file, Exception cause) {
    String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    DataException e = reason.contains("Unsupported Image Type") ? inks(file)
        : DataException.of(file, "the picture cannot be decoded (" + reason.lines().findFirst().orElse("") + ")",
            "the file is damaged: take another copy");
    e.initCause(cause);
    return e;
  }

  private static DataException inks(Path file) {
    return DataException.of(file, "the picture is of inks, not of light", "save it in RGB or grey: CMYK is not decoded"
        + " here");
  }

  private static Picture decode(Path file, ImageReader reader) {
    List<String> notes = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> complaints.add(warning));
    try {
      Size size = checked(file, reader.getHeight(0), reader.getWidth(0));
      BufferedImage image = reader.read(0);
      if (complaints.stream().anyMatch(w -> w.contains("Premature end") || w.contains("premature end"))) {
        throw DataException.of(file, "the picture ends in the middle", "the file is truncated: take another copy");
      }
      // Four planes of a JPEG are inks; without Adobe's marker the decoder takes the fourth for transparency.
      if (reader.getFormatName().equalsIgnoreCase("jpeg") && image.getRaster().getNumBands() > 3) {
        throw inks(file);
      }
      complaints.forEach(w -> notes.add("the decoder says: " + w));
      if (reader.getFormatName().equalsIgnoreCase("gif") && reader.getNumImages(true) > 1) {
        notes.add("the first of " + reader.getNumImages(true) + " pictures was taken");
      }
      return pixels(image, size, notes);
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  private static Picture pixels(BufferedImage image, Size size, List<String> notes) {
    ColorModel colours = image.getColorModel();
    int bits = colours.getComponentSize(0);
    if (bits > 8) {
      notes.add(bits + " bits a pixel reduced to 8");
    }
    if (colours.hasAlpha()) {
      notes.add("transparency laid over white");
    }
    boolean grey = !(colours instanceof IndexColorModel) && colours.getNumColorComponents() == 1;
    return grey ? grey(image.getRaster(), size, bits, colours.hasAlpha(), notes) : colour(image, size, notes);
  }

  /** Grey samples as they are stored; asking the image for RGB would bend them by a gamma. */
  private static Picture grey(Raster raster, Size size, int bits, boolean alpha, List<String> notes) {
    byte[] plane = new byte[size.height() * size.width()];
    int[] row = new int[size.width()];
    int[] opacity = new int[size.width()];
    int most = (1 << bits) - 1;
    for (int y = 0; y < size.height(); y++) {
      raster.getSamples(0, y, size.width(), 1, 0, row);
      if (alpha) {
        raster.getSamples(0, y, size.width(), 1, 1, opacity);
      }
      for (int x = 0; x < row.length; x++) {
        int value = bits > 8 ? row[x] >>> (bits - 8) : row[x] * 255 / most;
        plane[y * row.length + x] = (byte) (alpha ? overWhite(value, bits > 8 ? opacity[x] >>> (bits - 8)
            : opacity[x] * 255 / most) : value);
      }
    }
    return new Picture(1, size.height(), size.width(), plane, notes);
  }

  private static Picture colour(BufferedImage image, Size size, List<String> notes) {
    int area = size.height() * size.width();
    byte[] planes = new byte[Math.multiplyExact(3, area)];
    int[] row = new int[size.width()];
    boolean coloured = false;
    for (int y = 0; y < size.height(); y++) {
      image.getRGB(0, y, size.width(), 1, row, 0, size.width());
      for (int x = 0; x < row.length; x++) {
        int opacity = row[x] >>> 24;
        int at = y * row.length + x;
        for (int c = 0; c < 3; c++) {
          planes[c * area + at] = (byte) overWhite(row[x] >>> (16 - 8 * c) & 0xFF, opacity);
        }
        coloured |= planes[at] != planes[area + at] || planes[at] != planes[2 * area + at];
      }
    }
    boolean palette = image.getColorModel() instanceof IndexColorModel;
    if (palette && !coloured) {
      return new Picture(1, size.height(), size.width(), Arrays.copyOf(planes, area), notes);
    }
    return new Picture(3, size.height(), size.width(), planes, notes);
  }

  private static int overWhite(int value, int opacity) {
    return opacity == 255 ? value : (value * opacity + 255 * (255 - opacity) + 127) / 255;
  }
}
