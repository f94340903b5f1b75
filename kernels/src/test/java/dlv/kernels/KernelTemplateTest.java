package dlv.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelTemplateTest {
  @Test
  void linesRepeatAndSeamsFill() {
    var template = KernelTemplate.of("t", "//@ a note\n//@ for W in 8 16\nx${W} = ${a};\n//@ end\nend");
    assertEquals("x8 = 1;\nx16 = 1;\nend\n", template.fill(Map.of("a", "1")));
  }

  @Test
  void seamsAndTextsMatch() {
    var template = KernelTemplate.of("t", "${a}");
    assertThrows(IllegalArgumentException.class, () -> template.fill(Map.of()));
    assertThrows(IllegalArgumentException.class, () -> template.fill(Map.of("a", "", "b", "")));
    assertThrows(IllegalArgumentException.class, () -> KernelTemplate.of("t", "//@ for W in 8").fill(Map.of()));
  }

  @Test
  void thePreludeIsWhole() {
    String text = KernelTemplate.named("prelude").fill(Map.of());
    assertTrue(text.contains("float16 exp_16(") && !text.contains("${") && !text.contains("//@"));
  }
}
