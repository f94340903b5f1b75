package dlv.runtime.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "[1,-2.5e+3,\"a\\\"b\\n\\u0001\",true,false,null,{\"k\":[]}]", "\"ä\"", "0"})
  void writesWhatItRead(String text) {
    assertEquals(text, Json.parse(text).toLine());
    assertEquals(Json.parse(text), Json.parse(Json.parse(text).toText()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", ".5", "+1", "1e", "NaN",
      "'a'", "\"a", "\"\\x\"", "\"\\u12g4\"", "tru", "1 2", "{a:1}", "\"\t\"", "[1 2]", "-"})
  void refusesWhatIsNoJson(String text) {
    String message = assertThrows(JsonException.class, () -> Json.parse(text)).getMessage();
    assertTrue(message.startsWith("character "), message);
  }

  @Test
  void depthHasALimit() {
    Json.parse("[".repeat(65) + "]".repeat(65));
    assertThrows(JsonException.class, () -> Json.parse("[".repeat(66) + "]".repeat(66)));
    assertThrows(JsonException.class, () -> Json.parse("[".repeat(1_000_000)));
  }

  @Test
  void integersAreExact() {
    assertEquals(9007199254740993L, Json.parse("9007199254740993").view().integer());
    for (String none : new String[] {"-0", "1e3", "1.0", "9223372036854775808", "\"1\""}) {
      assertThrows(JsonException.class, () -> Json.parse(none).view().integer(), none);
    }
  }

  @Test
  void realNumbersComeBackWithTheirBits() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      double value = i == 0 ? -0.0 : i == 1 ? Double.POSITIVE_INFINITY : Double.longBitsToDouble(random.nextLong());
      double back = Json.parse(Json.of(value).toLine()).view().real();
      assertEquals(Double.doubleToLongBits(value), Double.doubleToLongBits(back), Json.of(value).toLine());
    }
    assertEquals("0.1", Json.of(0.1).toLine());
  }
}
