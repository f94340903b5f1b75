package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.needs.NeedsData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarFolderTest {
  @TempDir
  Path folder;

  @Test
  void recordsAreCutApart() throws IOException {
    byte[] three = new byte[3 * 3073];
    for (int i = 0; i < 3; i++) {
      three[i * 3073] = (byte) (i + 4);
      Arrays.fill(three, i * 3073 + 1, (i + 1) * 3073, (byte) (i + 100));
    }
    Files.write(folder.resolve("data_batch_1.bin"), Arrays.copyOf(three, 3073));
    Files.write(folder.resolve("data_batch_2.bin"), Arrays.copyOfRange(three, 3073, three.length));
    try (DataSource source = Opened.bound("cifar10", Map.of(), folder)) {
      Map<String, ByteBuffer> rows = Opened.rows(source, Split.TRAIN, 0, 0, 3);
      assertEquals(5, rows.get("label").getInt(4));
      assertEquals(102, rows.get("image").get(2 * 3072));
      assertEquals(0, source.rows(Split.TEST));
    }
  }

  @Test
  void brokenFiles() throws IOException {
    Path file = folder.resolve("data_batch_1.bin");
    Files.write(file, new byte[3072]);
    assertEquals("3072 bytes are no whole number of records of 3073",
        Opened.refused(() -> Opened.source("cifar10", Map.of("folder", "."), folder)).problem());
    byte[] record = new byte[6146];
    record[3073] = 10;
    Files.write(file, record);
    try (DataSource source = Opened.source("cifar10", Map.of("folder", "."), folder)) {
      DataException e = Opened.refused(() -> Opened.rows(source, Split.TRAIN, 0, 0, 2));
      assertEquals("label 10 in record 1", e.problem());
      assertEquals("byte 3073", e.place());
    }
  }

  @Test
  @NeedsData
  void theRealOnes() {
    Path data = Path.of(System.getProperty("dlv.data"), "cifar10-subset");
    try (DataSource source = Opened.bound("cifar10", Map.of(), data)) {
      assertEquals(10_000, source.rows(Split.TRAIN));
      Map<String, ByteBuffer> rows = Opened.rows(source, Split.TEST, 0, 0, 1000);
      int[] counts = new int[10];
      for (int i = 0; i < 1000; i++) {
        counts[rows.get("label").getInt(4 * i)]++;
      }
      assertEquals("[103, 89, 100, 103, 90, 86, 112, 102, 106, 109]", Arrays.toString(counts));
      assertEquals((byte) 158, rows.get("image").get(0));
      assertTrue(source.type().toString().startsWith("image: float[3, 32, 32], label: index(10)"));
    }
  }
}
