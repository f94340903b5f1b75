package dlv.compiler.emit.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.type.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IndexTest {
  private static Index variable(String name, long high) {
    return Index.variable(name, 0, high);
  }

  @Test
  void rangesDecideDivisions() {
    Index p = variable("p", 13);
    Index i = variable("i", 1);
    assertEquals("p", p.times(2).plus(i).over(2).toString());
    assertEquals("i", p.times(2).plus(i).mod(2).toString());
    assertEquals("p / 2", p.over(2).toString());
  }

  @Test
  void whatStaysWithinAPartOfTheDivisorLeavesTheQuotient() {
    Index place = variable("c", 71).times(196).plus(variable("h", 13).times(14)).plus(variable("w", 13));
    assertEquals("c / 9", place.over(1764).toString());
  }

  @Test
  void quotientAndRemainderOfOneDivisionJoin() {
    Index f = variable("f", 399);
    assertEquals("f", f.over(25).times(25).plus(f.mod(25)).toString());
    Index nested = f.over(25).times(25).plus(f.over(5).mod(5).times(5)).plus(f.mod(5));
    assertEquals("f", nested.toString());
  }

  @Test
  void negativePartsRoundDown() {
    Index x = variable("x", 9).plus(-4);
    assertEquals("(x + 2) / 3 - 2", x.over(3).toString());
  }

  @Test
  void reshapesOfAnUntouchedAxisLeaveItAlone() {
    List<Index> at = List.of(variable("b", 127), variable("f", 399));
    List<Index> inner = Views.reshape(Shape.of(128, 16, 5, 5), Shape.of(128, 400), at);
    assertEquals("[b, f / 25, (f % 25) / 5, f % 5]", inner.toString().replace("f / 5 % 5", "(f % 25) / 5")
        .replace("(f / 5) % 5", "(f % 25) / 5"));
  }

  /** Random expressions keep their value and stay within their range. */
  @Test
  void simplifiedIsEqual() {
    var random = new Random(5);
    for (int turn = 0; turn < 2000; turn++) {
      var values = new HashMap<String, Index>();
      Map<String, Long> numbers = new HashMap<>();
      for (String name : List.of("a", "b", "c")) {
        long value = random.nextInt(12);
        numbers.put(name, value);
        values.put(name, Index.of(value));
      }
      Expression made = expression(random, numbers, 4);
      Index found = made.index().substitute(values);
      assertTrue(found.isConstant());
      assertEquals(made.value(), found.constant(), made.index().toString());
      assertTrue(made.index().low() <= made.value() && made.value() <= made.index().high(), made.index().toString());
    }
  }

  private record Expression(Index index, long value) {}

  private static Expression expression(Random random, Map<String, Long> numbers, int depth) {
    if (depth == 0) {
      String name = List.of("a", "b", "c").get(random.nextInt(3));
      return new Expression(variable(name, 11), numbers.get(name));
    }
    Expression x = expression(random, numbers, depth - 1);
    long k = 1 + random.nextInt(6);
    return switch (random.nextInt(4)) {
      case 0 -> new Expression(x.index().over(k), Math.floorDiv(x.value(), k));
      case 1 -> new Expression(x.index().mod(k), Math.floorMod(x.value(), k));
      case 2 -> new Expression(x.index().times(k).plus(k), x.value() * k + k);
      default -> {
        Expression y = expression(random, numbers, depth - 1);
        yield new Expression(x.index().minus(y.index()), x.value() - y.value());
      }
    };
  }
}
