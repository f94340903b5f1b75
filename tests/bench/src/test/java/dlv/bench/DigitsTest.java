package dlv.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.data.DataSource;
import dlv.runtime.data.DataSources;
import dlv.runtime.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTest {
  @Test
  void dlvReadsWhatIsWritten(@TempDir Path folder) throws IOException {
    Digits digits = Digits.random(128, 3);
    digits.write(folder);
    try (DataSource source = DataSources.open(DataSources.kind("mnist").orElseThrow(), Map.of(), folder,
        Optional.of(folder))) {
      assertEquals(128, source.rows(Split.TRAIN));
      assertEquals(128, source.rows(Split.TEST));
    }
  }

  @Test
  void bothSidesSeeTheSamePixels() {
    Digits digits = Digits.random(4, 3);
    float[] images = Peer.values(digits::images);
    assertEquals(4 * 784, images.length);
    for (int i = 0; i < images.length; i++) {
      assertEquals((digits.pixels()[i] & 0xff) / 255f, images[i]);
    }
    assertArrayEquals(digits.labels(), Digits.random(4, 3).labels(), "equal seeds, equal digits");
  }

  @Test
  void suitesAreFoundByName() {
    assertEquals(List.of(Suite.LENET, Suite.MEMORY), Suite.named(List.of("memory", "lenet")));
    assertEquals(List.of(Suite.values()), Suite.named(List.of()));
    String message = assertThrows(IllegalArgumentException.class, () -> Suite.named(List.of("lnet"))).getMessage();
    assertTrue(message.contains("\"lnet\"") && message.contains("lenet, resnet, kernels, products"), message);
  }
}
