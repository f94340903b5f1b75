package dlv.runtime.data;

/** A source of which one split alone is held back. */
public final class OneSplit extends SomeRows {
  private final Split held;

  /**
   * The source with that split alone.
   *
   * @param held {@code validation} or {@code test}
   * @throws DataException where the source does not have this split
   */
  public OneSplit(DataSource source, Split held) {
    super(source);
    this.held = held;
    if (held == Split.TRAIN || source.rows(held) == 0) {
      throw new DataException("", "", "the data hold no rows back for " + held, "leave --split away");
    }
  }

  @Override
  public int rows(Split split) {
    return split == Split.TRAIN || split == held ? super.rows(split) : 0;
  }
}
