package dlv.runtime.random;

/**
 * Philox 4x32 with ten rounds: 128 random bits for a key of 64 bits and a counter of 128.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
public final class Philox {
  private static final long FIRST_MULTIPLIER = 0xD2511F53L;
  private static final long SECOND_MULTIPLIER = 0xCD9E8D57L;
  private static final int FIRST_KEY_STEP = 0x9E3779B9;
  private static final int SECOND_KEY_STEP = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final float UNIFORM_STEP = 0x1p-24f;

  private Philox() {}

  /**
   * Replaces four words of counter by four words of random bits.
   *
   * @param key the key; its lower half is the first key word
   * @param words the counter before, the bits after
   */
  public static void block(long key, int[] words) {
    int c0 = words[0];
    int c1 = words[1];
    int c2 = words[2];
    int c3 = words[3];
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long first = FIRST_MULTIPLIER * (c0 & 0xFFFFFFFFL);
      long second = SECOND_MULTIPLIER * (c2 & 0xFFFFFFFFL);
      c0 = (int) (second >>> 32) ^ c1 ^ k0;
      c1 = (int) second;
      c2 = (int) (first >>> 32) ^ c3 ^ k1;
      c3 = (int) first;
      k0 += FIRST_KEY_STEP;
      k1 += SECOND_KEY_STEP;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
  }

  /** A number in [0, 1) from the upper 24 of 32 random bits. */
  public static float uniform(int bits) {
    return (bits >>> 8) * UNIFORM_STEP;
  }

  /**
   * A standard normal number from two words of random bits.
   * Source: Box, Muller, "A note on the generation of random normal deviates", 1958.
   */
  public static double normal(int first, int second) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(((first >>> 8) + 1.0) * UNIFORM_STEP));
    return radius * StrictMath.cos(2 * Math.PI * uniform(second));
  }
}
