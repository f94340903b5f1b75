package dlv.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {
  private final List<String> turns = new ArrayList<>();

  private Race.Contender contender(String name, boolean peer, long micros) {
    return new Race.Contender(name, peer, () -> turns.add(name), () -> {
      long end = System.nanoTime() + micros * 1000;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    });
  }

  @Test
  void contendersTakeTurnsAndTheFastestPeerIsTheMeasure() {
    var standings = new Race(3, 2).run(
        List.of(contender("slow peer", true, 4000), contender("peer", true, 1000), contender("dlv", false, 100)));

    assertEquals(List.of("slow peer", "peer", "dlv", "slow peer", "peer", "dlv", "slow peer", "peer", "dlv",
        "slow peer", "peer", "dlv"), turns, "one warm-up and three rounds");
    assertEquals(1, standings.get(1).ratio(), "the peer with itself");
    assertTrue(standings.get(0).ratio() < 1, () -> "the slow peer: " + standings.get(0));
    assertTrue(standings.get(2).ratio() > 1, () -> "a tenth of the work: " + standings.get(2));
    assertTrue(standings.get(2).best() >= 100e-6, () -> "work cannot be faster than it is: " + standings.get(2));
  }

  @Test
  void withoutThePeerThereIsNothingToCompareWith() {
    assertThrows(IllegalArgumentException.class,
        () -> new Race(1, 1).run(List.of(contender("dlv", false, 10))));
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertEquals(2.5, Race.median(new double[] {4, 1, 3, 2}));
    assertEquals(3, Race.median(new double[] {9, 3, 1}));
  }
}
