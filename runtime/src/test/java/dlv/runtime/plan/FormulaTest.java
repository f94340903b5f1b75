package dlv.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaTest {
  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "64*batch+128; 6528", "(batch+15)//16*16; 112", "(h-5)//2+1; 12", "-7//2; -4", "7//-2; -4", "2-3-4; -5",
      "min(batch, h)*2; 56", "max(batch,h); 100", "--3; 3", "digits.train; 60000",
      "9223372036854775807; 9223372036854775807"
  })
  void evaluatesExactly(String text, long expected) {
    Map<String, Long> values = Map.of("batch", 100L, "h", 28L, "digits.train", 60_000L);
    assertEquals(expected, Formula.of(text).evaluate(values));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1+", "(1", "1 2", "a b", "min(1)", "1/2", "9223372036854775808", "*3", "0x10", "ä("})
  void refusesWhatIsNoFormula(String text) {
    String message = assertThrows(IllegalArgumentException.class, () -> Formula.of(text)).getMessage();
    assertTrue(message.contains("character"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807+1", "4611686018427387904*2", "1//0", "-9223372036854775807-2"})
  void overflowIsAnError(String text) {
    assertThrows(ArithmeticException.class, () -> Formula.of(text).value());
  }

  @Test
  void knowsItsNames() {
    assertEquals(Set.of("batch", "n"), Formula.of("batch*min(n, 3)").names());
    assertThrows(IllegalArgumentException.class, () -> Formula.of("batch").value());
  }

  @Test
  void deepNestingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Formula.of("(".repeat(100_000)));
    assertThrows(IllegalArgumentException.class, () -> Formula.of("-".repeat(100_000)));
  }
}
