package dlv.runtime.data;

import java.util.Arrays;
import java.util.Comparator;

/** The order in which the rows of an epoch are taken: a permutation that depends on nothing but its key. */
public final class Order {
  /** Batches whose rows are sorted together. */
  private static final int POOL = 64;

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

  /**
   * Shuffled rows, full batches of which are about equally long: within pools of some batches, rows are sorted by
   * length before they are dealt to batches, and the batches are shuffled again.
   *
   * @param lengths the length of each row
   * @param batch rows of a batch; what is left at the end fills none
   */
  public static int[] grouped(long seed, int line, long epoch, int[] lengths, int batch) {
    int[] order = shuffled(seed, line, epoch, lengths.length);
    int full = lengths.length / batch * batch;
    for (int from = 0; from < full; from += POOL * batch) {
      int until = Math.min(full, from + POOL * batch);
      int[] sorted = Arrays.stream(order, from, until).boxed().sorted(Comparator.comparingInt(row -> lengths[row]))
          .mapToInt(row -> row).toArray();
      System.arraycopy(sorted, 0, order, from, sorted.length);
    }
    int[] batches = shuffled(seed ^ POOL, line, epoch, full / batch);
    int[] dealt = order.clone();
    for (int b = 0; b < batches.length; b++) {
      System.arraycopy(order, batches[b] * batch, dealt, b * batch, batch);
    }
    return dealt;
  }

  /**
   * The rows in so many lanes that each batch goes on, row by row, where the batch before ended: lane l takes the rows
   * {@code l · steps, l · steps + 1, …}.
   */
  public static int[] lanes(int batch, int steps, int rows) {
    int[] order = inTurn(rows);
    for (int i = 0; i < batch * steps; i++) {
      order[i] = i % batch * steps + i / batch;
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
