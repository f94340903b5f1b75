package dlv.runtime.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.data.DataException;
import dlv.runtime.data.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
  @TempDir
  Path folder;

  private Path small() {
    Path file = folder.resolve("small.safetensors");
    ByteBuffer counter = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 42);
    WeightsFile.write(file, Map.of("network", "Tiny é \"quoted\""), List.of(
        Tensor.floats("net.dense1.W", List.of(2L, 3L), 1, 2, 3, 4, 5, 6),
        Tensor.floats("net.dense1.b", List.of(3L), -1, 0, 1),
        Tensor.of("flags", Dtype.U8, List.of(3L), ByteBuffer.wrap(new byte[] {1, 0, 1})),
        Tensor.of("step", Dtype.I64, List.of(), counter)));
    return file;
  }

  @Test
  void whatIsWrittenIsRead() {
    try (WeightsFile file = WeightsFile.open(small())) {
      assertEquals("Tiny é \"quoted\"", file.metadata().get("network"));
      assertEquals(List.of("step", "net.dense1.W", "net.dense1.b", "flags"), file.names());
      assertEquals(List.of(2L, 3L), file.shape("net.dense1.W").orElseThrow());
      assertEquals(Dtype.U8, file.dtype("flags").orElseThrow());
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, file.read("net.dense1.W").toFloats());
      ByteBuffer one = ByteBuffer.allocateDirect(4).order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer two = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
      file.read("net.dense1.b", List.of(one, two));
      assertEquals(1f, two.getFloat(4));
      file.expectFinite();
    }
  }

  @Test
  void equalContentsAreEqualBytes() throws IOException {
    byte[] first = Files.readAllBytes(small());
    assertArrayEquals(first, Files.readAllBytes(small()));
    try (var list = Files.list(folder)) {
      assertEquals(1, list.count(), "nothing else is left in the folder");
    }
  }

  @Test
  void everyFlippedBitIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(small());
    Path broken = folder.resolve("broken.safetensors");
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] copy = bytes.clone();
        copy[i] ^= (byte) (1 << bit);
        Files.write(broken, copy);
        int at = i * 8 + bit;
        assertThrows(DataException.class, () -> WeightsFile.open(broken).close(), () -> "bit " + at);
      }
    }
  }

  @Test
  void everyTruncationAndEveryAdditionIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(small());
    Path broken = folder.resolve("broken.safetensors");
    for (int length = 0; length < bytes.length; length++) {
      Files.write(broken, Arrays.copyOf(bytes, length));
      int cut = length;
      assertThrows(DataException.class, () -> WeightsFile.open(broken).close(), () -> "cut at " + cut);
    }
    Files.write(broken, Arrays.copyOf(bytes, bytes.length + 1));
    assertThrows(DataException.class, () -> WeightsFile.open(broken).close());
  }

  private DataException refused(String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(text.length).put(text);
    return refused(all.array());
  }

  private DataException refused(byte[] bytes) throws IOException {
    Path file = folder.resolve("hostile.safetensors");
    Files.write(file, bytes);
    DataException e = assertThrows(DataException.class, () -> WeightsFile.open(file).close());
    assertTrue(e.getMessage().contains("hostile.safetensors"), e.getMessage());
    assertTrue(!e.help().isEmpty());
    return e;
  }

  @Test
  void headerLengthsThatCannotBe() throws IOException {
    for (long length : new long[] {0, 1, 3, 64, Limits.WEIGHTS_HEADER + 1, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      ByteBuffer bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      assertEquals("byte 0", refused(bytes.array()).place());
    }
  }

  @Test
  void headersThatAreNotWhatSafetensorsSays() throws IOException {
    String good = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    Path file = folder.resolve("foreign.safetensors");
    byte[] text = good.getBytes(StandardCharsets.US_ASCII);
    Files.write(file, ByteBuffer.allocate(8 + text.length + 4).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length)
        .put(text).array());
    WeightsFile.open(file).close();

    List<String> bad = new ArrayList<>(List.of(
        " " + good, "[]", "{", good + "x", good.replace("[0,4]", "[0,4.0]"), good.replace("[0,4]", "[-0,4]"),
        good.replace("[0,4]", "[0,4e0]"), good.replace("[0,4]", "[4,0]"), good.replace("[0,4]", "[4,8]"),
        good.replace("[0,4]", "[0,8]"), good.replace("[0,4]", "[0,4,4]"), good.replace("[0,4]", "[0,9007199254740993]"),
        good.replace("[1]", "[2]"), good.replace("[1]", "[-1]"), good.replace("[1]", "[\"1\"]"),
        good.replace("[1]", "[4294967296,4294967296,4294967296]"), good.replace("[1]", "[1.0]"),
        good.replace("F32", "F33"), good.replace("F32", "F64"), good.replace("\"shape\":[1],", ""),
        good.replace("\"shape\"", "\"more\":1,\"shape\""), good.replace("{\"a\"", "{\"__metadata__\":{\"k\":1},\"a\""),
        good.replace("{\"a\"", "{\"__metadata__\":[],\"a\""), "[".repeat(100_000), "{\"a\":".repeat(100_000),
        good.replace("\"a\"", "\"" + "n".repeat(513) + "\""),
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}"));
    for (String header : bad) {
      refused(header, 4);
    }
    refused(good, 3);
    refused(good, 5);
    refused("{\"\u0001\":1}", 0);
  }

  @Test
  void asManyTensorsAsAllowedAndNoMore() throws IOException {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{}");
    for (int i = 0; i < Limits.TENSORS; i++) {
      header.append(",\"").append(i).append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
    }
    Path file = folder.resolve("many.safetensors");
    byte[] text = (header + "}").getBytes(StandardCharsets.US_ASCII);
    Files.write(file, ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length)
        .put(text).array());
    WeightsFile.open(file).close();
    header.append(",\"more\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
    assertEquals("100001 tensors are more than 100000", refused(header.append('}').toString(), 0).problem());
  }

  @Test
  void namesAndHeadersUpToTheirLimits() throws IOException {
    for (int length : new int[] {Limits.TENSOR_NAME - 1, Limits.TENSOR_NAME}) {
      Path file = folder.resolve("long.safetensors");
      WeightsFile.write(file, Map.of(), List.of(Tensor.floats("n".repeat(length), List.of(), 1)));
      WeightsFile.open(file).close();
    }
    assertThrows(IllegalArgumentException.class, () -> WeightsFile.write(folder.resolve("x"), Map.of(),
        List.of(Tensor.floats("n".repeat(Limits.TENSOR_NAME + 1), List.of(), 1))));
    for (int length : new int[] {Limits.WEIGHTS_HEADER - 1, Limits.WEIGHTS_HEADER}) {
      byte[] header = new byte[8 + length];
      Arrays.fill(header, (byte) ' ');
      ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put((byte) '{').put((byte) '}');
      Path file = folder.resolve("padded.safetensors");
      Files.write(file, header);
      WeightsFile.open(file).close();
    }
    assertTrue(refused("{}" + " ".repeat(Limits.WEIGHTS_HEADER - 1), 0).problem().contains("longer than"));
  }

  @Test
  void aNewerFormatIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(small());
    String text = new String(bytes, StandardCharsets.ISO_8859_1)
        .replace("\"dlv.format\":\"1\"", "\"dlv.format\":\"2\"").replace("\"0.1.0\"", "\"0.9.0\"");
    DataException e = refused(text.getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(e.problem().startsWith("written by dlv 0.9.0 in format 2; this is dlv 0.1.0"), e.problem());
  }

  @Test
  void theWrongNetworkIsDescribed() {
    Map<String, List<Long>> wanted = new LinkedHashMap<>();
    wanted.put("net.dense1.W", List.of(3L, 2L));
    wanted.put("net.dense1.b", List.of(3L));
    for (int i = 2; i < 14; i++) {
      wanted.put("net.dense" + i + ".W", List.of(3L, 3L));
    }
    try (WeightsFile file = WeightsFile.open(small())) {
      DataException e = assertThrows(DataException.class, () -> file.expect(wanted));
      assertEquals("these are weights of another network: 12 missing, 2 extra, 1 of another shape or type",
          e.problem());
      assertTrue(e.help().contains("differs: net.dense1.W float[3, 2] is float[2, 3] in the file"), e.help());
      assertTrue(e.help().contains("missing: net.dense10.W float[3, 3]"), e.help());
      assertTrue(e.help().endsWith("and 5 more"), e.help());
    }
  }

  @Test
  void aNumberThatIsNotFiniteIsPlaced() {
    Path file = folder.resolve("diverged.safetensors");
    WeightsFile.write(file, Map.of(), List.of(Tensor.floats("a", List.of(3L), 1, 2, 3),
        Tensor.floats("b", List.of(2L), 1, Float.NEGATIVE_INFINITY)));
    try (WeightsFile in = WeightsFile.open(file)) {
      DataException e = assertThrows(DataException.class, in::expectFinite);
      assertTrue(e.problem().startsWith("element 1 of b float[2]"), e.problem());
    }
  }

  @Test
  void allTypesOfFloatsAreLookedAt() {
    Map<Dtype, Integer> infinity = Map.of(Dtype.F16, 0x7C00, Dtype.BF16, 0xFF80);
    infinity.forEach((dtype, bits) -> {
      ByteBuffer two = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putShort(2, (short) (int) bits);
      assertEquals(1, Format.firstNonFinite(dtype, two));
      assertEquals(-1, Format.firstNonFinite(dtype, ByteBuffer.allocate(4)));
    });
  }
}
