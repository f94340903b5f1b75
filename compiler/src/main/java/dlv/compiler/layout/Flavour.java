package dlv.compiler.layout;

/** A kind of device that kernels are written for; chosen when a model is opened. */
public enum Flavour {
  /** A CPU: the batch rides in the lanes, sixteen examples a vector; one work-item a group. */
  CPU_BATCH("cpu-batch", 16),
  /** A GPU: everything row-major, one example a work-item. */
  GPU("gpu", 1);

  /** Rows of one slab of a sum over the batch; the capacity of every batch is a multiple of it. */
  public static final int SLAB_ROWS = 16;

  private final String text;
  private final int lanes;

  Flavour(String text, int lanes) {
    this.text = text;
    this.lanes = lanes;
  }

  /** How files and commands write it: {@code cpu-batch}. */
  public String text() {
    return text;
  }

  /** Examples that one vector holds. */
  public int lanes() {
    return lanes;
  }
}
