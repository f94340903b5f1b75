package dlv.runtime.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
  @TempDir
  Path folder;

  @Test
  void aDamagedBinaryIsNotUsed() throws IOException {
    DeviceInfo info = new DeviceInfo(0, "n", "v", "p", DeviceInfo.Kind.GPU, 1, 1, 1, 1, 1, 1, "1", "1.2");
    BinaryCache cache = BinaryCache.in(folder, info, "source");
    assertEquals(Optional.empty(), cache.find());
    cache.keep(() -> new byte[] {9, 8, 7});
    assertArrayEquals(new byte[] {9, 8, 7}, cache.find().orElseThrow());
    assertEquals(Optional.empty(), BinaryCache.in(folder, info, "other source").find());
    Path file = Files.list(folder).findFirst().orElseThrow();
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 4;
      Files.write(file, flipped);
      assertEquals(Optional.empty(), cache.find(), "byte " + i);
    }
    Files.write(file, new byte[] {1});
    assertEquals(Optional.empty(), cache.find());
  }
}
