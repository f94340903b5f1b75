package dlv.runtime.data;

/** The order in which the rows of an epoch are taken: a permutation that depends on nothing but its key. */
public final class Order {
  private Order() {}

  /**
   * The shuffled row numbers 0 to {@code rows - 1} of one epoch (Fisher and Yates; Durstenfeld 1964).
   *
   * @param seed the seed of the training
   * @param line the number of the {@code data} line in its train block: separate lines are drawn independently
   * @param epoch from 0
   */
  public static int[] shuffled(long seed, int line, long epoch, int rows) {
    SplitMix random = SplitMix.of(0x6F72646572L, seed, line, epoch);
    int[] order = inTurn(rows);
    for (int i = rows - 1; i > 0; i--) {
      int j = random.below(i + 1);
      int t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
    return order;
  }

  /** The rows as they come, for evaluation. */
  public static int[] inTurn(int rows) {
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    return order;
  }
}
