package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsData;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
  @TempDir
  Path folder;

  private Path write(String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()));
    return file;
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    return file;
  }

  private static BufferedImage image(int width, int height, int type, int rgb) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb);
    }
    return image;
  }

  @Test
  void greyKeepsItsBytes() throws IOException {
    BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSamples(0, 0, 3, 2, 0, new int[] {0, 1, 50, 128, 200, 255});
    Picture picture = PictureFile.read(write("grey.png", grey));
    assertEquals(1, picture.channels());
    assertArrayEquals(new byte[] {0, 1, 50, (byte) 128, (byte) 200, (byte) 255}, picture.planes());
    assertEquals(List.of(), picture.conversions());
  }

  @Test
  void formsAreConvertedAndTold() throws IOException {
    Picture rgba = PictureFile.read(write("alpha.png", image(2, 2, BufferedImage.TYPE_INT_ARGB, 0x80FF0000)));
    assertEquals(List.of("transparency laid over white"), rgba.conversions());
    assertEquals(127, rgba.at(1, 0, 0), 1);
    Picture bits = PictureFile.read(write("bits.png", image(9, 2, BufferedImage.TYPE_BYTE_BINARY, -1)));
    assertEquals(1, bits.channels());
    assertEquals(255, bits.at(0, 1, 8));
    BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(1, 0, 0, 0x8123);
    Picture sixteen = PictureFile.read(write("deep.png", deep));
    assertEquals(0x81, sixteen.at(0, 0, 1));
    assertEquals(List.of("16 bits a pixel reduced to 8"), sixteen.conversions());
    assertEquals(3, PictureFile.read(write("photo.jpg", image(8, 8, BufferedImage.TYPE_INT_RGB, 0x336699))).channels());
  }

  /** Four inks, as printers want them, with Adobe's marker as programs write it and without. */
  @Test
  void inksAreRefusedWithTheCure() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream to = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(to);
      writer.write(new IIOImage(Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null), null, null));
    }
    writer.dispose();
    byte[] plain = bytes.toByteArray();
    byte[] marker = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
    byte[] marked = Arrays.copyOf(plain, plain.length + marker.length);
    System.arraycopy(marker, 0, marked, 2, marker.length);
    System.arraycopy(plain, 2, marked, 2 + marker.length, plain.length - 2);
    for (byte[] jpeg : List.of(plain, marked)) {
      Path file = write("inks.jpg", jpeg);
      DataException e = Opened.refused(() -> PictureFile.read(file));
      assertEquals("save it in RGB or grey: CMYK is not decoded here", e.help(), e.problem());
    }
  }

  @Test
  void theFirstOfSeveralPicturesIsTaken() throws IOException {
    Path file = folder.resolve("moving.gif");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int rgb : new int[] {0xFF0000, 0x00FF00}) {
        writer.writeToSequence(new IIOImage(image(4, 4, BufferedImage.TYPE_INT_RGB, rgb), null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    Picture picture = PictureFile.read(file);
    assertEquals(255, picture.at(0, 0, 0));
    assertEquals(List.of("the first of 2 pictures was taken"), picture.conversions());
  }

  @Test
  void textAndBytesOfNetpbm() throws IOException {
    String plain = "P2 # comment\n2 2\n15\n0 15 5 10";
    Picture text = PictureFile.read(write("a.pgm", plain.getBytes(StandardCharsets.US_ASCII)));
    assertArrayEquals(new byte[] {0, (byte) 255, 85, (byte) 170}, text.planes());
    Picture colour = PictureFile.read(write("a.ppm", "P6 1 2 255\nabcdef".getBytes(StandardCharsets.US_ASCII)));
    assertArrayEquals("adbecf".getBytes(StandardCharsets.US_ASCII), colour.planes());
    for (String broken : List.of("P5 2 2 255\nabc", "P5 2", "P5 0 2 255\n", "P5 99999 99999 255\n", "P5 2 2 0\nabcd",
        "P5 2 2 70000\nabcd", "P2 1 1 9 x", "P2 1 1 9 10", "P5 -1 2 255\n")) {
      Opened.refused(() -> PictureFile.read(write("b.pgm", broken.getBytes(StandardCharsets.US_ASCII))));
    }
  }

  @Test
  void brokenPictures() throws IOException {
    byte[] png = Files.readAllBytes(write("a.png", image(20, 20, BufferedImage.TYPE_INT_RGB, 0x123456)));
    for (int length = 0; length < png.length - 12; length += 7) {
      Path cut = write("cut.png", Arrays.copyOf(png, length));
      Opened.refused(() -> PictureFile.read(cut));
    }
    byte[] jpeg = Files.readAllBytes(write("a.jpg", image(64, 64, BufferedImage.TYPE_INT_RGB, 0x123456)));
    Opened.refused(() -> PictureFile.read(write("cut.jpg", Arrays.copyOf(jpeg, jpeg.length * 2 / 3))));
    Opened.refused(() -> PictureFile.read(write("text.png", "no picture".getBytes(StandardCharsets.US_ASCII))));
    Opened.refused(() -> PictureFile.read(folder));
    Opened.refused(() -> PictureFile.read(folder.resolve("none.png")));
    // any damage is either refused or decoded; nothing else comes out
    for (int i = 8; i < png.length; i++) {
      byte[] damaged = png.clone();
      damaged[i] ^= 0x55;
      Path file = write("damaged.png", damaged);
      try {
        PictureFile.read(file);
      } catch (DataException e) {
        assertEquals(file.toString(), e.file());
      }
    }
  }

  @Test
  void aHeaderOfManyPixelsIsNotBelieved() throws IOException {
    byte[] png = Files.readAllBytes(write("a.png", image(2, 2, BufferedImage.TYPE_BYTE_GRAY, 0)));
    ByteBuffer bytes = ByteBuffer.wrap(png).putInt(16, 50_000).putInt(20, 50_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    bytes.putInt(29, (int) crc.getValue());
    assertEquals("a picture of 50000x50000 pixels",
        Opened.refused(() -> PictureFile.read(write("bomb.png", png))).problem());
  }

  @Test
  void pixelsUpToTheLimit() {
    Path file = folder.resolve("large.png");
    assertEquals(new PictureFile.Size(10_000, 10_000), PictureFile.checked(file, 10_000, 10_000));
    assertEquals(new PictureFile.Size(99_999_999, 1), PictureFile.checked(file, 99_999_999, 1));
    Opened.refused(() -> PictureFile.checked(file, 100_000_001, 1));
    Opened.refused(() -> PictureFile.checked(file, 0, 1));
  }

  @Test
  void scalingKeepsMeans() {
    byte[] bytes = new byte[64];
    for (int i = 0; i < 64; i++) {
      bytes[i] = (byte) (i * 3);
    }
    Picture picture = new Picture(1, 8, 8, bytes, List.of());
    Picture half = picture.scaledTo(4, 4);
    assertEquals((0 + 1 + 8 + 9) * 3 / 4.0, half.at(0, 0, 0), 1);
    Picture flat = new Picture(1, 5, 7, new byte[35], List.of()).scaledTo(13, 3);
    assertArrayEquals(new byte[39], flat.planes());
    byte[] white = new byte[35];
    Arrays.fill(white, (byte) 255);
    for (int size = 1; size < 20; size++) {
      for (byte b : new Picture(1, 5, 7, white, List.of()).scaledTo(size, 20 - size).planes()) {
        assertEquals((byte) 255, b);
      }
    }
    assertEquals(List.of("8x8 scaled to 4x4"), half.conversions());
  }

  @Test
  void foldersOfClasses() throws IOException {
    for (String name : List.of("b/1.png", "b/2.png", "a/1.png", "a/2.jpg", "a/3.png")) {
      write("set/" + name, image(4, 3, BufferedImage.TYPE_INT_RGB, name.startsWith("a") ? 0xFF0000 : 0x0000FF));
    }
    Files.writeString(folder.resolve("set/a/readme.txt"), "no picture");
    try (DataSource source = Opened.source("images", Map.of("folder", "set", "test", 0.4), folder)) {
      assertEquals("image: float[3, 3, 4], label: index(2)", source.type().toString());
      assertEquals(3, source.rows(Split.TRAIN));
      assertEquals(2, source.rows(Split.TEST));
      Map<String, ByteBuffer> rows = Opened.rows(source, Split.TEST, 0, 0, 2);
      int blue = rows.get("image").get(24) & 0xFF;
      assertEquals(rows.get("label").getInt(0) == 1 ? 255 : 0, blue, 3);
    }
    write("set/b/3.png", image(5, 3, BufferedImage.TYPE_INT_RGB, 0));
    try (DataSource source = Opened.source("images", Map.of("folder", "set", "test", 0), folder)) {
      DataException e = Opened.refused(() -> Opened.rows(source, Split.TRAIN, 0, 0, 6));
      assertEquals("a picture of 3x5, where the first is 3x4", e.problem());
    }
    try (DataSource source = Opened.source("images",
        Map.of("folder", "set", "test", 0, "height", 8, "width", 8, "grey", true), folder)) {
      assertEquals("image: float[1, 8, 8], label: index(2)", source.type().toString());
      Opened.rows(source, Split.TRAIN, 0, 0, 6);
    }
    Opened.refused(() -> Opened.source("images", Map.of("folder", "set/a"), folder));
    Opened.refused(() -> Opened.source("images", Map.of("folder", "nowhere"), folder));
  }

  @Test
  void splitsOfFolders() throws IOException {
    for (String name : List.of("train/x/1.png", "train/y/1.png", "val/x/1.png", "test/y/1.png")) {
      write("set/" + name, image(2, 2, BufferedImage.TYPE_BYTE_GRAY, 0));
    }
    try (DataSource source = Opened.source("images", Map.of("folder", "set", "grey", true), folder)) {
      assertEquals(2, source.rows(Split.TRAIN));
      assertEquals(1, source.rows(Split.VALIDATION));
      assertEquals(1, Opened.rows(source, Split.TEST, 0, 0, 1).get("label").getInt(0));
    }
    write("set/test/z/1.png", image(2, 2, BufferedImage.TYPE_BYTE_GRAY, 0));
    assertEquals("class z does not occur in training",
        Opened.refused(() -> Opened.source("images", Map.of("folder", "set"), folder)).problem());
  }

  @Test
  void inputsAreFittedAndTold() throws IOException {
    Path file = write("in.png", image(56, 56, BufferedImage.TYPE_INT_RGB, 0xFFFFFF));
    InputFile.Input input = InputFile.read(file, List.of(1, 28, 28));
    assertEquals(List.of("colour to grey", "56x56 scaled to 28x28"), input.conversions());
    assertEquals(1f, input.values()[783]);
    assertEquals(List.of(3, 56, 56), InputFile.read(file, List.of(3, 0, 0)).shape());
    assertEquals(List.of(1, 56, 56), InputFile.read(file, List.of(1, 0, 0)).shape());
    Opened.refused(() -> InputFile.read(file, List.of(784)));
    Opened.refused(() -> InputFile.read(folder, List.of(1, 28, 28)));
  }

  @Test
  void outputsAreShownAsPictures() throws IOException {
    Path file = folder.resolve("out.png");
    assertEquals(List.of(), OutputFile.write(file, List.of(3, 1, 2), new float[] {0, 1, 0, 1, 0, 1}, true));
    Picture colour = PictureFile.read(file);
    assertEquals(255, colour.at(2, 0, 1));
    assertEquals(List.of("plane 2 from -2.000 to 1.000 shown as black to white"),
        OutputFile.write(file, List.of(2, 1, 2), new float[] {0, 1, -2, Float.NaN}, true));
    assertEquals(6, PictureFile.read(file).width());
    Opened.refused(() -> OutputFile.write(folder.resolve("out.gif"), List.of(1, 1), new float[1], false));
    Opened.refused(() -> OutputFile.write(file, List.of(1), new float[1], false));
  }

  @Test
  @NeedsData
  void theRealOnes() {
    Path images = Path.of(System.getProperty("dlv.data"), "images");
    for (String name : List.of("camera", "coins", "text", "chelsea")) {
      Picture png = PictureFile.read(images.resolve(name + ".png"));
      Picture plain = PictureFile.read(images.resolve(name + (name.equals("chelsea") ? ".ppm" : ".pgm")));
      assertArrayEquals(plain.planes(), png.planes(), name);
    }
    assertEquals(new PictureFile.Size(660, 550), PictureFile.size(images.resolve("cell.png")));
  }
}
