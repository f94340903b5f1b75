package dlv.runtime.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  @TempDir
  Path folder;

  @Test
  void theEnvironmentDecides() {
    assertEquals(Path.of("/a"), CacheFolder.wanted(Map.of("DLV_CACHE", "/a", "XDG_CACHE_HOME", "/b"), "/home/u"));
    assertEquals(Path.of("/b/dlv"), CacheFolder.wanted(Map.of("XDG_CACHE_HOME", "/b"), "/home/u"));
    assertEquals(Path.of("/home/u/.cache/dlv"), CacheFolder.wanted(Map.of("XDG_CACHE_HOME", "b"), "/home/u"));
    assertNull(CacheFolder.wanted(Map.of(), "/"));
    assertNull(CacheFolder.wanted(Map.of(), "?"));
    assertNull(CacheFolder.wanted(Map.of(), null));
  }

  @Test
  void plantedOrTruncatedFilesAreReplaced() throws IOException {
    byte[] contents = {1, 2, 3, 4};
    Files.write(folder.resolve("lib.so"), new byte[] {1, 2, 3});
    assertArrayEquals(contents, Files.readAllBytes(CacheFolder.keep(folder, "lib.so", contents)));
    Files.write(folder.resolve("lib.so"), new byte[] {1, 2, 3, 5});
    assertArrayEquals(contents, Files.readAllBytes(CacheFolder.keep(folder, "lib.so", contents)));
  }
}
