package dlv.compiler.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DimTest {
  private final Dim n = Dim.name("n");
  private final Dim h = Dim.name("h");

  @Test
  void roundedTwiceIsRoundedOnce() {
    Dim twice = h.floorDiv(2).floorDiv(3);
    assertEquals("floor(h / 6)", twice.text());
    Dim more = h.minus(1).floorDiv(2).plus(7).floorDiv(3);
    for (long i = -13; i < 40; i++) {
      assertEquals(Math.floorDiv(i, 6), twice.substitute(Map.of("h", Dim.of(i))).value());
      assertEquals(Math.floorDiv(Math.floorDiv(i - 1, 2) + 7, 3), more.substitute(Map.of("h", Dim.of(i))).value());
    }
  }

  @Test
  void aQuotientHasNoMoreBracketsThanItNeeds() {
    assertEquals("floor((h - 1) / s)", h.minus(1).floorDiv(Dim.name("s")).text());
    assertEquals("floor(h / (r·s))", h.floorDiv(Dim.name("r").times(Dim.name("s"))).text());
    assertEquals("(h - 1) / s", h.minus(1).wholeDiv(Dim.name("s")).text());
    assertEquals("(n / 2)·h", h.times(half()).text());
  }

  private Dim half() {
    return n.wholeDiv(Dim.of(2));
  }

  @Test
  void whatIsKnownToBeWholeCancels() {
    assertEquals(n, half().times(2));
    assertEquals(n, half().plus(half()));
    assertEquals(half(), n.minus(half()));
    assertEquals(n.plus(half()), half().times(3));
    assertEquals(n.times(h), half().times(h).times(2));
    assertEquals(n.times(n), half().times(half()).times(4));
    assertEquals(half(), n.times(3).wholeDiv(Dim.of(12)).plus(n.wholeDiv(Dim.of(4))));
    assertEquals(n.wholeDiv(Dim.of(6)), half().wholeDiv(Dim.of(3)));
    assertEquals(n, n.wholeDiv(Dim.of(-2)).times(-2));
    assertEquals(half(), n.minus(2).wholeDiv(Dim.of(2)).plus(1));
    assertEquals(half().times(3), n.times(3).wholeDiv(Dim.of(2)));
    assertEquals(n.times(h), n.wholeDiv(Dim.name("g")).times(h).times(Dim.name("g")));
    assertEquals(Dim.of(7), half().plus(1).substitute(Map.of("n", Dim.of(12))));
    assertEquals(h, half().substitute(Map.of("n", h.times(2))));
  }

  @Test
  void whatIsRoundedDoesNot() {
    assertNotEquals(n, n.floorDiv(2).times(2));
    assertNotEquals(n.floorDiv(2), half());
  }
}
