package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyFileTest {
  @TempDir
  Path folder;

  /** An NPY file with a header that ends as NumPy ends it. */
  static byte[] npy(String header, byte[] data) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(10 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0)
        .putShort((short) text.length).put(text).put(data).array();
  }

  static String header(String descr, String shape) {
    return "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape + "), }";
  }

  private DataSource open(byte[] bytes) throws IOException {
    Path file = folder.resolve("data.npy");
    Files.write(file, bytes);
    return Opened.source("numpy", Map.of("file", "data.npy", "test", 0), folder);
  }

  @Test
  void numbersOfAllKindsAreRead() throws IOException {
    ByteBuffer big = ByteBuffer.allocate(24).putDouble(1.5).putDouble(-2).putDouble(3);
    Map<String, ByteBuffer> rows = Opened.rows(open(npy(header(">f8", "3, 1"), big.array())), Split.TRAIN, 0, 0, 3);
    assertEquals(-2f, rows.get("x").getFloat(4));
    ByteBuffer small = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putShort((short) -7).putShort((short) 9)
        .putShort((short) 0).putShort((short) 1);
    DataSource shorts = open(npy(header("<i2", "2, 2"), small.array()));
    assertEquals("x: float[2]", shorts.type().toString());
    assertEquals(-7f, Opened.rows(shorts, Split.TRAIN, 0, 0, 2).get("x").getFloat(0));
    DataSource labels = open(npy(header("|u1", "4,"), new byte[] {0, 3, 1, 2}));
    assertEquals("x: index(4)", labels.type().toString());
    assertEquals(3, Opened.rows(labels, Split.TRAIN, 0, 1, 1).get("x").getInt(0));
    DataSource bytes = open(npy(header("|u1", "2, 2, 3"), new byte[12]));
    assertEquals("x: float[2, 3]", bytes.type().toString());
    assertEquals(Element.U8, bytes.type().fields().get(0).element());
    DataSource bools = open(npy(header("|b1", "2, 2"), new byte[] {1, 0, 1, 1}));
    assertEquals(1f, Opened.rows(bools, Split.TRAIN, 0, 0, 2).get("x").getFloat(8));
  }

  @Test
  void brokenArrays() throws IOException {
    byte[] data = new byte[16];
    for (String header : List.of(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), 'x': __import__('os').system('true'), }",
        "__import__('os')", "", "{}", header("<f4", "2, -2"), header("<f4", "0, 2"), header("|O", "2, 2"),
        header("<f2", "4, 2"), header("<c8", "2, 1"), header("<f4", "99999999999999999999, 2"),
        header("<f4", "2147483647, 2147483647, 2147483647"), header("<f4", "3, 2"), header("<f4", "1, 2"),
        header("<f4", ""))) {
      Opened.refused(() -> open(npy(header, data)).close());
    }
    DataException e = Opened.refused(() -> open(npy(header("<f4", "2, 2").replace("False", "True"), data)));
    assertTrue(e.help().contains("ascontiguousarray"), e.help());
    byte[] good = npy(header("<f4", "2, 2"), data);
    for (int length = 0; length < good.length; length++) {
      int cut = length;
      Opened.refused(() -> open(Arrays.copyOf(good, cut)).close());
    }
    good[6] = 9;
    assertEquals("NPY format 9 is not known", Opened.refused(() -> open(good)).problem());
  }

  private Path zip(String name, Map<String, byte[]> entries) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> e : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(e.getKey()));
        zip.write(e.getValue());
      }
    }
    return file;
  }

  @Test
  void theArraysOfKerasStandInForDigits() throws IOException {
    Path file = zip("mnist.npz", Map.of("x_train.npy", npy(header("|u1", "3, 28, 28"), new byte[3 * 784]),
        "y_train.npy", npy(header("|u1", "3,"), new byte[] {1, 2, 9}),
        "x_test.npy", npy(header("|u1", "2, 28, 28"), new byte[2 * 784]),
        "y_test.npy", npy(header("<i8", "2,"), new byte[16])));
    try (DataSource source = Opened.bound("digits", Map.of(), file)) {
      assertEquals(3, source.rows(Split.TRAIN));
      assertEquals(2, source.rows(Split.TEST));
      assertEquals(9, Opened.rows(source, Split.TRAIN, 0, 2, 1).get("label").getInt(0));
    }
    Path wrong = zip("wrong.npz", Map.of("x.npy", npy(header("|u1", "3, 28, 27"), new byte[3 * 28 * 27]),
        "y.npy", npy(header("|u1", "3,"), new byte[] {1, 2, 10})));
    DataException e = Opened.refused(() -> Opened.bound("digits", Map.of(), wrong));
    assertTrue(e.problem().contains("image: float[28, 27], label: index(11)"), e.problem());
  }

  @Test
  void hostileZips() throws IOException {
    byte[] array = npy(header("<f4", "2, 2"), new byte[16]);
    for (String name : List.of("../x.npy", "/x.npy", "a/b.npy", "x.txt", "x\u0007.npy")) {
      Path file = zip("hostile.npz", Map.of(name, array));
      Opened.refused(() -> Opened.source("numpy", Map.of("file", file.toString()), folder));
    }
    Path longer = zip("longer.npz", Map.of("x.npy", Arrays.copyOf(array, array.length + 1)));
    Opened.refused(() -> Opened.source("numpy", Map.of("file", longer.toString()), folder));
    byte[] huge = npy(header("<f4", "2, 200000000"), new byte[16]);
    Path bomb = zip("bomb.npz", Map.of("x.npy", huge));
    Opened.refused(() -> Opened.source("numpy", Map.of("file", bomb.toString()), folder));
    Path uneven = zip("uneven.npz", Map.of("x.npy", array, "y.npy", npy(header("<f4", "3, 1"), new byte[12])));
    Opened.refused(() -> Opened.source("numpy", Map.of("file", uneven.toString()), folder));
    Path half = zip("half.npz", Map.of("x_train.npy", array, "y.npy", array));
    Opened.refused(() -> Opened.source("numpy", Map.of("file", half.toString()), folder));
    Path twice = zip("twice.npz", Map.of("x.npy", array, "y.npy", array));
    Files.write(twice, new String(Files.readAllBytes(twice), StandardCharsets.ISO_8859_1).replace("y.npy", "x.npy")
        .getBytes(StandardCharsets.ISO_8859_1));
    Opened.refused(() -> Opened.source("numpy", Map.of("file", twice.toString()), folder));
    byte[] whole = Files.readAllBytes(zip("good.npz", Map.of("x.npy", array)));
    for (int length = 0; length < whole.length; length += 3) {
      Path cut = folder.resolve("cut.npz");
      Files.write(cut, Arrays.copyOf(whole, length));
      Opened.refused(() -> {
        try (DataSource s = Opened.source("numpy", Map.of("file", cut.toString(), "test", 0), folder)) {
          Opened.rows(s, Split.TRAIN, 0, 0, 2);
        }
      });
    }
  }

  @Test
  void entriesUpToTheLimit() throws IOException {
    byte[] array = npy(header("<f4", "1,"), new byte[4]);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int i = 0; i < Limits.ZIP_ENTRIES; i++) {
      entries.put("a" + i + ".npy", array);
    }
    Path file = zip("many.npz", entries);
    Opened.source("numpy", Map.of("file", file.toString(), "test", 0), folder).close();
    entries.put("more.npy", array);
    Path more = zip("more.npz", entries);
    assertEquals("10001 entries are more than 10000",
        Opened.refused(() -> Opened.source("numpy", Map.of("file", more.toString()), folder)).problem());
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve("answer.npy");
    OutputFile.write(file, List.of(2, 1, 3), new float[] {1, 2, 3, 4, 5, 6}, false);
    assertEquals(0, Files.size(file) % 4);
    InputFile.Input input = InputFile.read(file, List.of(2, 3));
    assertEquals(List.of("shape [2, 1, 3] taken as [2, 3]"), input.conversions());
    assertEquals(6f, input.values()[5]);
    assertEquals(List.of(2, 1, 3), InputFile.read(file, List.of(0, 0, 0)).shape());
    assertEquals("an array of shape [2, 1, 3] does not fit the input, which is float[3, 2]",
        Opened.refused(() -> InputFile.read(file, List.of(3, 2))).problem());
    OutputFile.write(file, List.of(3), new float[3], false);
    assertEquals(List.of(3), InputFile.read(file, List.of(3)).shape());
  }
}
