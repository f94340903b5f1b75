package dlv.compiler.layout;

/** Zeros that lie before and behind the elements of an axis, so that windows over its padding need no test. */
public record Margin(long low, long high) {
  public static final Margin NONE = new Margin(0, 0);

  public Margin {
    if (low < 0 || high < 0) {
      throw new IllegalArgumentException("a margin of " + low + " and " + high);
    }
  }

  /** The least margin that holds both. */
  public Margin max(Margin other) {
    return new Margin(Math.max(low, other.low), Math.max(high, other.high));
  }

  public long size() {
    return low + high;
  }
}
