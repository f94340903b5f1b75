package dlv.runtime.random;

import java.nio.charset.StandardCharsets;

/** Random numbers of a named place: element {@code i} depends on the seed, the name and {@code i} alone. */
public final class Stream {
  private final long seed;
  private final long place;
  private final int[] words = new int[4];

  /** The stream of this name under this seed. */
  public Stream(long seed, String name) {
    this.seed = seed;
    this.place = hash(name);
  }

  /** The uniform number in [0, 1) of an element. */
  public float uniform(long element) {
    draw(element);
    return Philox.uniform(words[0]);
  }

  /** The standard normal number of an element. */
  public double normal(long element) {
    draw(element);
    return Philox.normal(words[0], words[1]);
  }

  private void draw(long element) {
    words[0] = (int) element;
    words[1] = (int) (element >>> 32);
    words[2] = (int) place;
    words[3] = (int) (place >>> 32);
    Philox.block(seed, words);
  }

  /** FNV-1a over the name's UTF-8 bytes, 64 bits wide: the same on every machine. */
  public static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
