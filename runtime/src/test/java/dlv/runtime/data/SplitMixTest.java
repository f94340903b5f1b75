package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SplitMixTest {
  @Test
  void keysMakeStreams() {
    assertEquals(SplitMix.of(1, 2).bits(), SplitMix.of(1, 2).bits());
    assertNotEquals(SplitMix.of(1, 2).bits(), SplitMix.of(2, 1).bits());
    assertNotEquals(SplitMix.of(1).bits(), SplitMix.of(1, 0).bits());
  }

  @Test
  void numbersHaveTheirMeansAndRanges() {
    SplitMix random = SplitMix.of(3);
    double uniform = 0;
    double square = 0;
    int n = 200_000;
    int[] below = new int[7];
    for (int i = 0; i < n; i++) {
      float u = random.uniform();
      assertTrue(u >= 0 && u < 1);
      uniform += u;
      float b = random.bell();
      square += b * b;
      below[random.below(7)]++;
    }
    assertEquals(0.5, uniform / n, 0.003);
    assertEquals(1, square / n, 0.02);
    for (int count : below) {
      assertEquals(n / 7.0, count, 600);
    }
    assertThrows(IllegalArgumentException.class, () -> random.below(0));
  }
}
