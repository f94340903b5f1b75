package dlv.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.plan.Initialiser;
import dlv.runtime.plan.Placed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialisationTest {
  private static Initialisation of(Initialiser init, Long... shape) {
    return new Initialisation(new Placed("net.W", List.of(shape), 0, init, ""), 3);
  }

  @Test
  void eachKindKeepsItsPromise() {
    assertTrue(of(new Initialiser.Constant(0), 4L).isZero());
    assertFalse(of(new Initialiser.Uniform(0, 0), 4L).isZero());
    assertEquals(2.5, of(new Initialiser.Constant(2.5), 4L).at(3));
    assertEquals(7, of(new Initialiser.Values(List.of(5.0, 7.0)), 2L).at(1));
    Initialisation uniform = of(new Initialiser.Uniform(-0.25, 0.5), 1000L);
    Initialisation normal = of(new Initialiser.Normal(10, 0.1), 1000L);
    for (int i = 0; i < 1000; i++) {
      assertTrue(uniform.at(i) >= -0.25 && uniform.at(i) < 0.5);
      assertEquals(10, normal.at(i), 0.6);
    }
  }

  @ParameterizedTest
  @CsvSource({"5,5", "3,7", "9,4", "1,6", "6,1"})
  void orthogonalMatricesAreOrthogonal(int rows, int columns) {
    Initialisation init = of(new Initialiser.Orthogonal(2), (long) rows, (long) columns);
    boolean wide = columns > rows;
    int count = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < count; b++) {
        double dot = 0;
        for (int k = 0; k < length; k++) {
          dot += wide ? init.at(a * columns + k) * init.at(b * columns + k)
              : init.at(k * columns + a) * init.at(k * columns + b);
        }
        assertEquals(a == b ? 4 : 0, dot, 1e-12);
      }
    }
  }
}
