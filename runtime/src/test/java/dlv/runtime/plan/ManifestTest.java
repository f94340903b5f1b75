package dlv.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.runtime.data.Element;
import dlv.runtime.json.JsonException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static Manifest sample() {
    Arena weights = new Arena("net.weights", Arena.Role.WEIGHT, Element.F32, 24, List.of(
        new Placed("net.W", List.of(3L, 4L), 0, new Initialiser.Uniform(-0.5, 0.1), "The matrix, \"quoted\"."),
        new Placed("net.b", List.of(4L), 16, new Initialiser.Constant(0), ""),
        new Placed("net.v", List.of(2L, 2L), 20, new Initialiser.Values(List.of(1.0, 0.1, 1e-300, -0.0)), "")));
    Launch launch = new Launch("dense", "net.cl",
        List.of(Argument.buffer("x"), Argument.buffer("net.weights"), Argument.buffer("slot0"),
            Argument.integer(Formula.of("batch*3")), Argument.real(0.1f)),
        List.of(Formula.of("(batch+15)//16")), List.of(1), "net.dlv:3:1 net", "C[bi,io->bo]");
    Entry run = new Entry("run",
        List.of(new Input("x", Element.F32, List.of(Formula.of("batch"), Formula.of(3)), "x", false)),
        List.of(new Output("y", Element.F32, List.of(Formula.of("batch"), Formula.of(4)), "slot0", Formula.of(0))),
        List.of(launch));
    return Manifest.of("Net", "cpu-batch", List.of(new Dimension("batch", 128, "examples at once")),
        List.of(weights),
        List.of(new Buffer("x", Buffer.Kind.INPUT, Formula.of("12*batch")),
            new Buffer("slot0", Buffer.Kind.POOL, Formula.of("16*batch"))),
        List.of(run));
  }

  @Test
  void readingWhatWasWrittenGivesAnEqualValue() {
    String json = sample().toJson();
    assertEquals(sample(), Manifest.parse(json));
    assertEquals(json, Manifest.parse(json).toJson());
  }

  @Test
  void plannedBytesAreTheSumOfTheBuffers() {
    assertEquals(24 * 4 + 12 * 128 + 16 * 128, sample().plannedBytes(Map.of()));
    assertEquals(24 * 4 + 12 + 16, sample().plannedBytes(Map.of("batch", 1L)));
    assertThrows(IllegalArgumentException.class, () -> sample().plannedBytes(Map.of("bath", 1L)));
    assertThrows(IllegalArgumentException.class, () -> sample().plannedBytes(Map.of("batch", 0L)));
    assertThrows(ArithmeticException.class, () -> sample().plannedBytes(Map.of("batch", 1L << 60)));
  }

  @Test
  void everyEditOfOneCharacterIsReadOrRefusedWithAPlace() {
    String json = sample().toJson();
    for (int i = 0; i < json.length(); i++) {
      for (char c : new char[] {'0', '"', '}', 'x', ' '}) {
        String edited = json.substring(0, i) + c + json.substring(i + 1);
        try {
          Manifest.parse(edited);
        } catch (IllegalArgumentException | ArithmeticException e) {
          assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), edited);
        }
      }
    }
  }

  @Test
  void unknownNamesAreRefused() {
    String json = sample().toJson();
    assertMessage("there is no buffer slot1", json.replace("buffer slot0", "buffer slot1"));
    assertMessage("unknown dimension bach", json.replace("16*batch", "16*bach"));
    assertMessage("version 2", json.replace("\"version\": 1", "\"version\": 2"));
    assertMessage("overlaps", json.replace("\"offset\": 16", "\"offset\": 11"));
    assertMessage("behind its length", json.replace("\"length\": 24", "\"length\": 23"));
    assertMessage("unknown key \"usuall\"", json.replace("\"usual\"", "\"usuall\""));
    assertMessage("twice", json.replace("\"flavour\"", "\"name\""));
  }

  private static void assertMessage(String part, String json) {
    String message = assertThrows(IllegalArgumentException.class, () -> Manifest.parse(json)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void brokenJsonIsAJsonException() {
    assertThrows(JsonException.class, () -> Manifest.parse("{"));
    assertThrows(JsonException.class, () -> Manifest.parse("[]"));
  }
}
