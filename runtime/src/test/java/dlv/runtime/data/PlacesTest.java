package dlv.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static long taken(int[] places, List<Integer> rooms) {
    return Arrays.stream(places).mapToLong(n -> rooms.stream().filter(room -> room >= n).findFirst().orElseThrow()).sum();
  }

  @Test
  void theLastRoomHoldsAll() {
    assertEquals(List.of(9), Places.rooms(new int[] {3, 9, 4}, 1));
    assertEquals(List.of(4, 9), Places.rooms(new int[] {3, 9, 4, 3, 4}, 2));
    assertEquals(List.of(5), Places.rooms(new int[] {5, 5}, 3), "no more rooms than lengths");
  }

  @Test
  void noOtherRoomsWasteFewerPlaces() {
    var random = new Random(1);
    for (int trial = 0; trial < 50; trial++) {
      int[] places = random.ints(30, 1, 13).toArray();
      long best = taken(places, Places.rooms(places, 3));
      int most = Arrays.stream(places).max().orElseThrow();
      for (int a = 1; a <= most; a++) {
        for (int b = a; b <= most; b++) {
          long other = taken(places, List.of(a, b, most));
          assertEquals(true, best <= other, a + ", " + b + ", " + most);
        }
      }
    }
  }
}
