package dlv.runtime.train;

/** A loss that is no number any more: training has diverged, and the last checkpoint is the last good state. */
public final class Diverged extends RuntimeException {
  private final long step;

  Diverged(String figure, double value, long from, long to) {
    super(figure + " is " + value + " between steps " + from + " and " + to
        + "; a lower rate, `clip`, or another initialisation may help");
    this.step = to;
  }

  /** The step by which it was seen. */
  public long step() {
    return step;
  }
}
