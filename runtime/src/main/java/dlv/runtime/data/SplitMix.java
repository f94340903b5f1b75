package dlv.runtime.data;

/**
 * A small stream of random numbers, for shuffles and drawings on the host.
 *
 * <p>SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). Two streams with different
 * keys are independent for our purposes; equal keys give equal bits on every machine.
 */
public final class SplitMix {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private long state;

  private SplitMix(long state) {
    this.state = state;
  }

  /** The stream of a key made of several numbers, whose order matters. */
  public static SplitMix of(long... key) {
    long s = GOLDEN;
    for (long k : key) {
      s = mix(s ^ mix(k + GOLDEN));
    }
    return new SplitMix(s);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** 64 random bits. */
  public long bits() {
    state += GOLDEN;
    return mix(state);
  }

  /** A number uniform in [0, 1), a multiple of 2^-24. */
  public float uniform() {
    return (bits() >>> 40) * 0x1p-24f;
  }

  /** A number uniform in [low, high). */
  public float between(float low, float high) {
    return low + (high - low) * uniform();
  }

  /** A bell-shaped number of mean 0 and deviation 1, within ±3.5: the sum of four uniform ones. */
  public float bell() {
    long b = bits();
    float sum = (b & 0xFFFF) + (b >>> 16 & 0xFFFF) + (b >>> 32 & 0xFFFF) + (b >>> 48);
    return (sum * 0x1p-16f - 2f) * 1.7320508f;
  }

  /** An integer uniform in 0 to n - 1 (Lemire's multiply and reject, 2019). */
  public int below(int n) {
    if (n <= 0) {
      throw new IllegalArgumentException("no integer below " + n);
    }
    long product = (bits() >>> 32) * n;
    if ((product & 0xFFFFFFFFL) < n) {
      long threshold = (0x100000000L - n) % n;
      while ((product & 0xFFFFFFFFL) < threshold) {
        product = (bits() >>> 32) * n;
      }
    }
    return (int) (product >>> 32);
  }
}
