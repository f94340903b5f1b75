package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  @TempDir
  Path folder;

  private Path images;
  private Path labels;

  /** A header and counting bytes. */
  private static byte[] idx(int magic, int bytes, int... shape) {
    ByteBuffer all = ByteBuffer.allocate(4 + 4 * shape.length + bytes).putInt(magic);
    for (int d : shape) {
      all.putInt(d);
    }
    while (all.hasRemaining()) {
      all.put((byte) (all.position() % 10));
    }
    return all.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @BeforeEach
  void writeASmallSet() throws IOException {
    images = folder.resolve("train-images-idx3-ubyte");
    labels = folder.resolve("train-labels-idx1-ubyte.gz");
    Files.write(images, idx(0x803, 6 * 12, 6, 3, 4));
    Files.write(labels, gzip(idx(0x801, 6, 6)));
  }

  private DataSource open() {
    return IdxFolder.open(folder, Optional.empty());
  }

  @Test
  void plainAndPackedFilesAreRead() {
    try (DataSource source = open()) {
      assertEquals("image: float[1, 3, 4], label: index(10)", source.type().toString());
      Map<String, ByteBuffer> rows = Opened.rows(source, Split.TRAIN, 0, 2, 3);
      assertEquals((16 + 24) % 10, rows.get("image").get(0));
      assertEquals(0, rows.get("label").getInt(0));
      assertEquals(1, rows.get("label").getInt(4));
      assertEquals(0, source.rows(Split.TEST));
    }
  }

  private DataException refused(Path file, byte[] bytes) throws IOException {
    byte[] before = Files.exists(file) ? Files.readAllBytes(file) : null;
    Files.write(file, bytes);
    DataException e = Opened.refused(() -> {
      try (DataSource source = open()) {
        Opened.rows(source, Split.TRAIN, 0, 0, source.rows(Split.TRAIN));
      }
    });
    if (before != null) {
      Files.write(file, before);
    }
    assertEquals(file.toString(), e.file());
    return e;
  }

  @Test
  void brokenHeaders() throws IOException {
    assertEquals("0x89504e47 is no IDX magic number", refused(images, idx(0x89504E47, 40)).problem());
    assertEquals("the data have 1 dimensions, not 3", refused(images, idx(0x801, 72, 72)).problem());
    assertEquals("elements of type 0x0d are not read here", refused(images, idx(0xD03, 72, 6, 3, 4)).problem());
    assertEquals("a dimension of 0", refused(images, idx(0x803, 72, 0, 3, 4)).problem());
    assertEquals("a dimension of 4294967295", refused(images, idx(0x803, 72, -1, 3, 4)).problem());
    assertTrue(refused(images, idx(0x803, 72, 1 << 30, 1 << 30, 1 << 30)).problem().contains("2^40"));
    for (int length : new int[] {0, 3, 4, 15}) {
      refused(images, Arrays.copyOf(idx(0x803, 72, 6, 3, 4), length));
    }
  }

  @Test
  void bodiesThatDoNotFitTheirHeader() throws IOException {
    assertEquals("byte 87", refused(images, idx(0x803, 71, 6, 3, 4)).place());
    assertEquals("1 bytes follow the last row", refused(images, idx(0x803, 73, 6, 3, 4)).problem());
    assertEquals("7 labels for the 6 images of train-images-idx3-ubyte",
        refused(labels, gzip(idx(0x801, 7, 7))).problem());
    refused(labels, gzip(idx(0x801, 5, 6)));
    refused(labels, gzip(idx(0x801, 7, 6)));
  }

  @Test
  void brokenGzip() throws IOException {
    byte[] good = gzip(idx(0x801, 6, 6));
    for (int length = 1; length < good.length; length++) {
      refused(labels, Arrays.copyOf(good, length));
    }
    for (int i = good.length - 8; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 1;
      refused(labels, flipped);
    }
    byte[] garbage = Arrays.copyOf(good, good.length + 3);
    assertTrue(refused(labels, garbage).problem().contains("no gzip data"));
    refused(labels, gzip(concat(idx(0x801, 6, 6), new byte[1 << 22])));
    refused(images, gzip(idx(0x803, 16, 6, 1 << 14, 1 << 14)));
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  @Test
  void severalGzipMembersAreOneFile() throws IOException {
    byte[] whole = idx(0x801, 6, 6);
    Files.write(labels, concat(gzip(Arrays.copyOf(whole, 9)), gzip(Arrays.copyOfRange(whole, 9, whole.length))));
    try (DataSource source = open()) {
      assertEquals(6, source.rows(Split.TRAIN));
    }
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.delete(labels);
    DataException e = Opened.refused(this::open);
    assertTrue(e.problem().contains("there is no train-labels-idx1-ubyte or train-labels-idx1-ubyte.gz"), e.problem());
    assertTrue(Opened.refused(() -> Opened.source("mnist", Map.of("folder", "nowhere"), folder)).problem()
        .contains("no such folder"));
  }

  @Test
  void aFileThatChangesIsNoticed() throws IOException {
    try (DataSource source = open()) {
      Opened.rows(source, Split.TRAIN, 0, 0, 6);
      Files.setLastModifiedTime(images, FileTime.fromMillis(1_000_000));
      assertEquals("the file has changed since it was opened",
          Opened.refused(() -> Opened.rows(source, Split.TRAIN, 1, 0, 6)).problem());
      Files.delete(images);
      assertEquals("there is no such file or folder",
          Opened.refused(() -> Opened.rows(source, Split.TRAIN, 1, 0, 6)).problem());
    }
  }

  @Test
  void oneClassOnlyIsWarnedOf() throws IOException {
    Files.write(labels, gzip(concat(idx(0x801, 0, 6), new byte[6])));
    try (DataSource source = open()) {
      assertEquals(1, source.warnings().size());
      assertTrue(source.warnings().get(0).endsWith("all 6 rows are of class 0"));
    }
  }

  @Test
  void anotherTypeCannotBeBound() {
    DataException e = Opened.refused(() -> Opened.bound("digits", Map.of(), folder));
    assertEquals("these data have another type than digits\n  here:  image: float[1, 3, 4], label: index(10)\n"
        + "  there: image: float[1, 28, 28], label: index(10)", e.problem());
  }

  @Test
  @NeedsData
  void mnistStandsInForDigits() {
    Path data = Path.of(System.getProperty("dlv.data"));
    try (DataSource source = Opened.bound("digits", Map.of(), data.resolve("mnist"))) {
      assertEquals(60_000, source.rows(Split.TRAIN));
      assertEquals(10_000, source.rows(Split.TEST));
      Map<String, ByteBuffer> rows = Opened.rows(source, Split.TRAIN, 0, 0, 60_000);
      int[] counts = new int[10];
      long sum = 0;
      for (int i = 0; i < 60_000; i++) {
        counts[rows.get("label").getInt(4 * i)]++;
      }
      for (byte b : rows.get("image").array()) {
        sum += b & 0xFF;
      }
      assertEquals("[5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]", Arrays.toString(counts));
      assertEquals(0.1307, sum / 255.0 / 784 / 60_000, 5e-5);
      assertEquals(source.fingerprint(), source.fingerprint());
    }
    try (DataSource fashion = Opened.bound("digits", Map.of(), data.resolve("fashion-mnist"))) {
      assertEquals(60_000, fashion.rows(Split.TRAIN));
    }
  }
}
