package dlv.compiler.emit.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static String written(String... texts) {
    var code = new Code();
    Turns.write(List.of(texts), code);
    return code.text();
  }

  @Test
  void textsThatDifferInNumbersAloneAreTurnsOfALoop() {
    assertEquals("""
          __constant int table0[3][2] = {{16, 4}, {32, 4}, {48, 8}};
          for (int turn0 = 0; turn0 < 3; turn0++) {
            const int n0 = table0[turn0][0];
            const int n1 = table0[turn0][1];
            y0[n0] = x1[n0] * 0.9f + x16[n1 * 7] * 1.0E-8f;
          }
        """, written("  y0[16] = x1[16] * 0.9f + x16[4 * 7] * 1.0E-8f;\n",
        "  y0[32] = x1[32] * 0.9f + x16[4 * 7] * 1.0E-8f;\n", "  y0[48] = x1[48] * 0.9f + x16[8 * 7] * 1.0E-8f;\n"));
  }

  @Test
  void fewTextsAndThoseOfOtherFormsStayAsTheyAre() {
    String one = "  y0[0] = x1[0] * 0.9f;\n";
    String two = "  y0[5] = x1[5] * 0.9f;\n";
    String other = "  y0[9] = x1[9] * 0.8f;\n";
    assertEquals(one + two + other, written(one, two, other));
  }

  @Test
  void numbersThatAgreeInOneTextAloneAreColumnsOfTheirOwn() {
    String text = written("  y0[1] = x0[1];\n", "  y0[2] = x0[1];\n", "  y0[3] = x0[5];\n");
    assertEquals("    y0[n0] = x0[n1];", text.lines().filter(line -> line.contains("y0")).findFirst().orElseThrow());
  }
}
