package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OrderTest {
  @Test
  void isAPermutationThatDependsOnItsKeyAlone() {
    int[] order = Order.shuffled(1, 0, 0, 1000);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    assertArrayEquals(Order.inTurn(1000), sorted);
    assertArrayEquals(order, Order.shuffled(1, 0, 0, 1000));
    assertFalse(Arrays.equals(order, Order.shuffled(2, 0, 0, 1000)));
    assertFalse(Arrays.equals(order, Order.shuffled(1, 1, 0, 1000)));
    assertFalse(Arrays.equals(order, Order.shuffled(1, 0, 1, 1000)));
    assertEquals(0, Order.shuffled(1, 0, 0, 0).length);
  }

  @Test
  void everyPlaceIsAsLikely() {
    int[][] counts = new int[8][8];
    for (int epoch = 0; epoch < 8000; epoch++) {
      int[] order = Order.shuffled(7, 0, epoch, 8);
      for (int i = 0; i < 8; i++) {
        counts[i][order[i]]++;
      }
    }
    for (int[] row : counts) {
      for (int count : row) {
        assertTrue(Math.abs(count - 1000) < 150, Arrays.deepToString(counts));
      }
    }
  }

  @Test
  void lanesGoOnWhereTheBatchBeforeEnded() {
    assertArrayEquals(new int[] {0, 3, 1, 4, 2, 5, 6}, Order.lanes(2, 3, 7));
  }
}
