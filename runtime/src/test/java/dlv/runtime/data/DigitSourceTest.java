package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class DigitSourceTest {
  private static DataSource digits(Map<String, ?> arguments) {
    return Opened.source("digits", arguments, Path.of("."));
  }

  private static byte[] image(DataSource source, Split split, long epoch, int i) {
    return Opened.rows(source, split, epoch, i, 1).get("image").array();
  }

  @Test
  void hasTheTypeOfMnist() {
    DataSource source = digits(Map.of());
    assertEquals("image: float[1, 28, 28], label: index(10)", source.type().toString());
    assertEquals(60_000, source.rows(Split.TRAIN));
    assertEquals(0, source.rows(Split.VALIDATION));
    assertEquals(10_000, source.rows(Split.TEST));
    assertEquals(300, digits(Map.of("train", 300)).rows(Split.TRAIN));
    assertTrue(DataSources.kind("mnist").orElseThrow().type().orElseThrow().sameAs(source.type()));
  }

  @Test
  void aRowDependsOnSeedEpochAndIndexAlone() {
    DataSource source = digits(Map.of("train", 100L, "test", 50));
    Map<String, ByteBuffer> all = Opened.rows(source, Split.TRAIN, 3, 0, 100);
    for (int i : new int[] {0, 17, 99}) {
      assertArrayEquals(Arrays.copyOfRange(all.get("image").array(), i * 784, (i + 1) * 784),
          image(source, Split.TRAIN, 3, i));
      assertArrayEquals(image(source, Split.TRAIN, 3, i), image(digits(Map.of()), Split.TRAIN, 3, i));
    }
    assertFalse(Arrays.equals(image(source, Split.TRAIN, 3, 0), image(source, Split.TRAIN, 4, 0)));
    assertFalse(Arrays.equals(image(source, Split.TRAIN, 0, 0), image(source, Split.TEST, 0, 0)));
    assertFalse(Arrays.equals(image(source, Split.TRAIN, 0, 0), image(digits(Map.of("seed", 2)), Split.TRAIN, 0, 0)));
    assertArrayEquals(image(source, Split.TEST, 0, 7), image(source, Split.TEST, 5, 7));
    assertTrue(source.changesByEpoch(Split.TRAIN));
    assertFalse(source.changesByEpoch(Split.TEST));
  }

  @Test
  void aFewRowsAreTheSameInEveryEpoch() {
    DataSource few = digits(Map.of("take", 30, "held", 20));
    DataSource all = digits(Map.of());
    assertEquals(30, few.rows(Split.TRAIN));
    assertEquals(20, few.rows(Split.TEST));
    assertEquals(0, few.rows(Split.VALIDATION));
    assertFalse(few.changesByEpoch(Split.TRAIN));
    assertArrayEquals(image(all, Split.TRAIN, 0, 29), image(few, Split.TRAIN, 5, 29));
    assertArrayEquals(image(all, Split.TEST, 0, 19), image(few, Split.TEST, 0, 19));
    assertThrows(IndexOutOfBoundsException.class, () -> image(few, Split.TRAIN, 0, 30));
    assertTrue(digits(Map.of("held", 20)).changesByEpoch(Split.TRAIN));
    assertNotEquals(all.fingerprint(), few.fingerprint());
    assertEquals(60_000, digits(Map.of("take", 70_000)).rows(Split.TRAIN));
    DataSource later = digits(Map.of("take", 30, "skip", 59_980));
    assertEquals(20, later.rows(Split.TRAIN));
    assertEquals(10_000, later.rows(Split.TEST));
    assertArrayEquals(image(all, Split.TRAIN, 0, 59_999), image(later, Split.TRAIN, 5, 19));
    assertNotEquals(few.fingerprint(), later.fingerprint());
    assertEquals(0, digits(Map.of("skip", 70_000)).rows(Split.TRAIN));
    Opened.refused(() -> digits(Map.of("take", -1)));
  }

  @Test
  void theBytesAreTheSameOnEveryMachine() {
    CRC32 crc = new CRC32();
    Map<String, ByteBuffer> rows = Opened.rows(digits(Map.of()), Split.TRAIN, 0, 0, 1000);
    crc.update(rows.get("image").array());
    assertEquals(DRAWN_BY_VERSION_1, crc.getValue(), "the drawing has changed: raise DigitPen.VERSION");
  }

  private static final long DRAWN_BY_VERSION_1 = 2092945568L;

  @Test
  void digitsAreOftenAndLookLikeInk() {
    Map<String, ByteBuffer> rows = Opened.rows(digits(Map.of()), Split.TEST, 0, 0, 5000);
    int[] counts = new int[10];
    for (int i = 0; i < 5000; i++) {
      counts[rows.get("label").getInt(4 * i)]++;
      int ink = 0;
      int border = 0;
      for (int p = 0; p < 784; p++) {
        int value = rows.get("image").get(784 * i + p) & 0xFF;
        ink += value > 100 ? 1 : 0;
        border += value > 100 && (p < 28 || p >= 756 || p % 28 == 0 || p % 28 == 27) ? 1 : 0;
      }
      assertTrue(ink >= 10 && ink < 330, "digit " + i + " has " + ink + " dark pixels");
      assertTrue(border <= 12, "digit " + i + " touches the border with " + border + " pixels");
    }
    for (int count : counts) {
      assertTrue(count > 420 && count < 580, Arrays.toString(counts));
    }
  }

  @Test
  void fieldsThatAreNotWantedAreNotDrawn() {
    ByteBuffer labels = ByteBuffer.allocate(44);
    labels.position(4);
    digits(Map.of()).fill(Split.TRAIN, 0, 5, 10, Map.of("label", labels));
    assertEquals(44, labels.position());
    assertThrows(IndexOutOfBoundsException.class,
        () -> digits(Map.of()).fill(Split.VALIDATION, 0, 0, 1, Map.of("label", labels)));
  }

  @Test
  void argumentsAreChecked() {
    assertEquals("digits has no parameter trian", Opened.refused(() -> digits(Map.of("trian", 1))).problem());
    assertEquals("digits(train: 0) is out of range", Opened.refused(() -> digits(Map.of("train", 0))).problem());
    assertEquals("digits(train: …) takes int, not 1.5", Opened.refused(() -> digits(Map.of("train", 1.5))).problem());
  }

  @Test
  void fingerprintsTellWhatIsDrawn() {
    assertEquals(digits(Map.of()).fingerprint(), digits(Map.of("seed", 1)).fingerprint());
    assertNotEquals(digits(Map.of()).fingerprint(), digits(Map.of("seed", 2)).fingerprint());
  }
}
