package dlv.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.ir.Array;
import java.util.Arrays;
import java.util.Map;

/** Arrays compared element by element, against the largest element of the expected one. */
public final class Near {
  private Near() {}

  /** Each element differs by at most {@code tolerance · largest expected}. */
  public static void check(Array expected, Array found, double tolerance, String what) {
    assertEquals(Arrays.toString(expected.shape()), Arrays.toString(found.shape()), what);
    assertEquals(expected.element(), found.element(), what);
    double scale = Arrays.stream(expected.data()).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    for (int i = 0; i < expected.size(); i++) {
      double e = expected.data()[i];
      double f = found.data()[i];
      boolean near = Double.compare(e, f) == 0 || Math.abs(e - f) <= tolerance * scale;
      assertTrue(near, what + "[" + i + "]: expected " + e + ", found " + f + ", scale " + scale);
    }
  }

  /** Arrays by name. */
  public static void check(Map<String, Array> expected, Map<String, Array> found, double tolerance) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, array) -> check(array, found.get(name), tolerance, name));
  }
}
