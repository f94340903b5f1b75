package dlv.compiler.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DimTest {
  @Test
  void roundedTwiceIsRoundedOnce() {
    Dim twice = Dim.name("h").floorDiv(2).floorDiv(3);
    assertEquals("floor(h / 6)", twice.text());
    Dim more = Dim.name("h").minus(1).floorDiv(2).plus(7).floorDiv(3);
    for (long h = -13; h < 40; h++) {
      assertEquals(Math.floorDiv(h, 6), twice.substitute(Map.of("h", Dim.of(h))).value());
      assertEquals(Math.floorDiv(Math.floorDiv(h - 1, 2) + 7, 3), more.substitute(Map.of("h", Dim.of(h))).value());
    }
  }

  @Test
  void aQuotientHasNoMoreBracketsThanItNeeds() {
    assertEquals("floor((h - 1) / s)", Dim.name("h").minus(1).floorDiv(Dim.name("s")).text());
    assertEquals("floor(h / (r·s))", Dim.name("h").floorDiv(Dim.name("r").times(Dim.name("s"))).text());
  }
}
