package dlv.compiler.ir;

/**
 * The random draws of {@link Op.Random}, by Philox4x32-10 ({@link dlv.runtime.random.Philox}). Interpreter, run time
 * and kernels give the same bits by this recipe:
 *
 * <ul>
 *   <li>key = (seed, site), two 32-bit words;
 *   <li>counter = (element mod 2³², element div 2³², step, 0), where element is the row-major number of the logical
 *       element, whatever the layout;
 *   <li>of the four words that ten rounds give, the first counts: one call for each element;
 *   <li>the uniform draw is {@code ((word >>> 9) + 0.5) · 2⁻²³}. All of it is exact in 32-bit floats (one bit more
 *       would round up to 1), and it is never 0 and never 1.
 * </ul>
 */
public final class Philox {
  private Philox() {}

  /** The uniform draw in (0, 1) of one element; it is a {@code float} exactly. */
  public static double uniform(int seed, int site, int step, long element) {
    return ((word(seed, site, step, element) >>> 9) + 0.5) * 0x1p-23;
  }

  /** The random word of one element. */
  public static int word(int seed, int site, int step, long element) {
    var words = new int[] {(int) element, (int) (element >>> 32), step, 0};
    dlv.runtime.random.Philox.block((seed & 0xFFFFFFFFL) | (long) site << 32, words);
    return words[0];
  }
}
