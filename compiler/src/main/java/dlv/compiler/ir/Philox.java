package dlv.compiler.ir;

/**
 * Counter-based random bits: Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011). Interpreter, run time and kernels give the same bits by this recipe:
 *
 * <ul>
 *   <li>key = (seed, site), both as unsigned 32-bit words;
 *   <li>counter = (element mod 2³², element div 2³², step, 0), where element is the row-major number of the logical
 *       element, whatever the layout;
 *   <li>of the four words that ten rounds give, the first counts: one call for each element;
 *   <li>the uniform draw is {@code ((word >>> 9) + 0.5) · 2⁻²³}: exact in 32-bit floats, never 0, never 1.
 * </ul>
 */
public final class Philox {
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private Philox() {}

  /** The uniform draw in (0, 1) of one element; it is a {@code float} exactly. */
  public static double uniform(int seed, int site, int step, long element) {
    return ((word(seed, site, step, element) >>> 9) + 0.5) * 0x1p-23;
  }

  /** The random word of one element. */
  public static int word(int seed, int site, int step, long element) {
    return block((int) element, (int) (element >>> 32), step, 0, seed, site)[0];
  }

  /** Ten rounds over a counter of four words under a key of two. */
  static int[] block(int c0, int c1, int c2, int c3, int k0, int k1) {
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = M0 * (c0 & 0xFFFFFFFFL);
      long p1 = M1 * (c2 & 0xFFFFFFFFL);
      int next0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int next2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = next0;
      c2 = next2;
      k0 += W0;
      k1 += W1;
    }
    return new int[] {c0, c1, c2, c3};
  }
}
