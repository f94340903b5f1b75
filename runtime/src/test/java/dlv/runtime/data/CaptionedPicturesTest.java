package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsData;
import dlv.runtime.text.Vocabulary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionedPicturesTest {
  @TempDir
  Path folder;

  private static String text(DataSource source, Map<String, ByteBuffer> rows, int row) {
    Vocabulary words = Vocabulary.parse(source.learned().get("vocabulary.caption"));
    int room = source.type().field("caption.outputs").orElseThrow().elements();
    int[] numbers = new int[room];
    rows.get("caption.outputs").asIntBuffer().get(room * row, numbers);
    return words.decode(numbers);
  }

  private void picture(String name, int red, int green, int blue) throws IOException {
    byte[] ppm = Arrays.copyOf("P6 4 4 255\n".getBytes(StandardCharsets.US_ASCII), 11 + 48);
    for (int i = 0; i < 48; i += 3) {
      ppm[11 + i] = (byte) red;
      ppm[12 + i] = (byte) green;
      ppm[13 + i] = (byte) blue;
    }
    Files.createDirectories(folder.resolve("images"));
    Files.write(folder.resolve("images").resolve(name), ppm);
  }

  private DataSource open(String captions, Map<String, ?> more) throws IOException {
    Files.writeString(folder.resolve("captions.csv"), captions);
    picture("a.ppm", 200, 10, 30);
    picture("b.ppm", 1, 2, 3);
    Map<String, Object> arguments = new HashMap<>(more);
    arguments.putIfAbsent("pictures", "images");
    arguments.put("captions", "captions.csv");
    arguments.put("height", 2L);
    arguments.put("width", 2L);
    return Opened.source("captions", arguments, folder);
  }

  @Test
  void aRowForEachCaptionOfEachPicture() throws IOException {
    Files.writeString(folder.resolve("test.txt"), "b.ppm\n");
    DataSource source = open("image,caption\na.ppm,red all over\nb.ppm,\"dark, all over\"\na.ppm,a red thing\n",
        Map.of("test", "test.txt"));
    assertEquals("image: float[3, 2, 2], caption.inputs: index(9)[21], caption.outputs: index(9)[21], lengths.caption:"
        + " int", source.type().toString());
    Map<String, ByteBuffer> rows = Opened.rows(source, Split.TRAIN, 0, 0, 2);
    assertEquals("red all over", text(source, rows, 0));
    assertEquals("a red thing", text(source, rows, 1));
    assertEquals((byte) 200, rows.get("image").get(0));
    assertEquals((byte) 30, rows.get("image").get(12 + 11));
    Map<String, ByteBuffer> tests = Opened.rows(source, Split.TEST, 0, 0, 1);
    assertEquals("<unk> <unk> all over", text(source, tests, 0));
    assertEquals(5, tests.get("lengths.caption").getInt(0));
  }

  @Test
  void hostileCaptions() throws IOException {
    Opened.refused(() -> open("image,caption\n", Map.of()));
    Opened.refused(() -> open("image,caption\na.ppm\n", Map.of()));
    Opened.refused(() -> open("image,caption\na.ppm,\n", Map.of()));
    assertEquals("3:7", Opened.refused(() -> open("image,caption\na.ppm,one\na.ppm,two,three\n", Map.of())).place());
    assertTrue(Opened.refused(() -> open("image,caption\nnone.ppm,one\n", Map.of())).file().endsWith("none.ppm"));
    Opened.refused(() -> open("image,caption\n../captions.csv,one\n", Map.of()));
    Files.writeString(folder.resolve("test.txt"), "a.ppm\nc.ppm\n");
    assertEquals("2:1", Opened.refused(() -> open("image,caption\na.ppm,one\nb.ppm,two\n",
        Map.of("test", "test.txt"))).place());
    Opened.refused(() -> open("image,caption\na.ppm,one\n", Map.of("pictures", "captions.csv")));
  }

  @Test
  void scenesAreWhatTheirCaptionsSay() throws IOException {
    DataSource scenes = Opened.source("scenes", Map.of("train", 200L, "test", 40L), folder);
    Map<String, ByteBuffer> rows = Opened.rows(scenes, Split.TRAIN, 2, 0, 200);
    byte[] first = new byte[3 * 32 * 32];
    rows.get("image").get(0, first);
    byte[] again = new byte[3 * 32 * 32];
    Opened.rows(scenes, Split.TRAIN, 2, 0, 1).get("image").get(0, again);
    assertArrayEquals(first, again);
    int looked = 0;
    for (int i = 0; i < 200; i++) {
      String caption = text(scenes, rows, i);
      if (caption.matches("a red \\w+ (above|below) a (green|blue) \\w+")) {
        double red = height(rows.get("image"), i, 0);
        double other = height(rows.get("image"), i, caption.contains("green") ? 1 : 2);
        assertEquals(caption.contains("above"), red < other, caption);
        looked++;
      }
    }
    assertTrue(looked > 3, looked + " scenes of that kind");
  }

  /** The mean row of what is bright in a channel. */
  private static double height(ByteBuffer images, int image, int channel) {
    double sum = 0;
    double weight = 0;
    for (int at = 0; at < 1024; at++) {
      int value = images.get(image * 3072 + channel * 1024 + at) & 0xFF;
      double bright = Math.max(0, value - 120);
      sum += bright * (at / 32);
      weight += bright;
    }
    return sum / weight;
  }

  @Test
  @NeedsData
  void theFlickrSample() {
    Path data = Path.of(System.getProperty("dlv.data", "")).resolve("flickr8k-sample").toAbsolutePath();
    DataSource source = Opened.source("captions", Map.of("pictures", "images64-rgb-idx4-ubyte.gz", "captions",
        "captions.txt", "train", "train.txt", "validation", "dev.txt", "test", "test.txt", "lowercase", true), data);
    assertEquals(5 * 507, source.rows(Split.TRAIN));
    assertEquals(5 * 78, source.rows(Split.VALIDATION));
    assertEquals(5 * 88, source.rows(Split.TEST));
    Map<String, ByteBuffer> rows = Opened.rows(source, Split.TRAIN, 0, 0, 3);
    assertTrue(text(source, rows, 0).startsWith("a "), text(source, rows, 0));
  }

  /** Otherwise a scene could be told in two ways, and no answer could be right. */
  @Test
  void theLargerOfTwoThingsIsNamedFirst() {
    Scene scene = new Scene(new Scene.Thing(0, 1), "above", new Scene.Thing(2, 1));
    assertEquals("a red square above a blue square", scene.caption());
    for (int seed = 0; seed < 20; seed++) {
      byte[] planes = scene.draw(SplitMix.of(seed));
      int[] red = bright(planes, 0);
      int[] blue = bright(planes, 2);
      assertTrue(red[0] > 1.3 * blue[0], red[0] + " and " + blue[0] + " pixels");
      assertTrue(red[1] / red[0] < blue[1] / blue[0], "above");
    }
  }

  /** How many pixels of a plane are bright, and the sum of their lines. */
  private static int[] bright(byte[] planes, int plane) {
    int[] found = new int[2];
    for (int i = 0; i < Scene.SIDE * Scene.SIDE; i++) {
      if ((planes[plane * Scene.SIDE * Scene.SIDE + i] & 0xFF) > 150) {
        found[0]++;
        found[1] += i / Scene.SIDE;
      }
    }
    return found;
  }
}
