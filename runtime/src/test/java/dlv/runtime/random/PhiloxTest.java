package dlv.runtime.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PhiloxTest {
  /** The known answers that the authors publish with Random123 for philox4x32-10. */
  @Test
  void givesThePublishedAnswers() {
    int[] words = {0, 0, 0, 0};
    Philox.block(0, words);
    assertArrayEquals(new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, words);
    words = new int[] {-1, -1, -1, -1};
    Philox.block(-1, words);
    assertArrayEquals(new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, words);
    words = new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};
    Philox.block(0x299f31d0_a4093822L, words);
    assertArrayEquals(new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}, words);
  }

  @Test
  void uniformNumbersStayBelowOne() {
    assertEquals(0f, Philox.uniform(0xff));
    assertEquals(1f - 0x1p-24f, Philox.uniform(-1));
    assertTrue(Double.isFinite(Philox.normal(0, 0)));
  }

  @Test
  void momentsOfAStream() {
    Stream stream = new Stream(7, "net.dense1.W");
    int n = 100_000;
    double mean = 0;
    double square = 0;
    double uniform = 0;
    for (int i = 0; i < n; i++) {
      double z = stream.normal(i);
      mean += z / n;
      square += z * z / n;
      uniform += stream.uniform(i) / n;
    }
    // Four standard errors of each estimate.
    assertEquals(0, mean, 4 / Math.sqrt(n));
    assertEquals(1, square, 4 * Math.sqrt(2.0 / n));
    assertEquals(0.5, uniform, 4 * Math.sqrt(1.0 / 12 / n));
  }

  @Test
  void namesAndSeedsGiveDifferentStreams() {
    assertNotEquals(new Stream(7, "a").uniform(0), new Stream(7, "b").uniform(0));
    assertNotEquals(new Stream(7, "a").uniform(0), new Stream(8, "a").uniform(0));
    assertEquals(new Stream(7, "a").uniform(1L << 40), new Stream(7, "a").uniform(1L << 40));
  }
}
