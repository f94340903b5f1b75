package dlv.runtime.plan;

import java.util.List;

/**
 * A tensor inside an arena, row-major from its offset on.
 *
 * @param path the name by which files and messages know it, such as {@code net.dense2.W}
 * @param shape its dimensions, outermost first; empty for a scalar
 * @param offset the first element's place, in elements of the arena
 * @param init the contents at the start
 * @param doc what the source says about it; may be empty
 */
public record Placed(String path, List<Long> shape, long offset, Initialiser init, String doc) {
  /** Checks dimensions and offset. */
  public Placed {
    shape = List.copyOf(shape);
    if (offset < 0 || shape.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException(path + ": " + shape + " at " + offset + " is no place for a tensor");
    }
    init.fits(path, shape);
  }

  /** Elements of the tensor. */
  public long elements() {
    long n = 1;
    for (long d : shape) {
      n = Math.multiplyExact(n, d);
    }
    return n;
  }
}
