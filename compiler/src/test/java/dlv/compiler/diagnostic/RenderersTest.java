package dlv.compiler.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.source.SourceFile;
import dlv.runtime.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderersTest {

  private static final SourceFile FILE = new SourceFile("a.dlv", "let x = 1\n\n\tlet 名前 = y // \u202e\u001b[2J\n");

  @Test
  void caretsStandUnderWideLettersAndAfterTabs() {
    var diagnostic = Diagnostic.error("name", FILE.span(21, 22), "nothing is called `y`").label("here")
        .note("`x` is declared here", FILE.span(4, 5))
        .note("names are looked up in the file")
        .help("did you mean `x`?", FILE.span(21, 22), "x");
    assertEquals("y", diagnostic.span().text());
    assertEquals("""
        error[name]: nothing is called `y`
          --> a.dlv:3:11
           |
         1 | let x = 1
           |     - `x` is declared here
         ...
         3 |     let 名前 = y // <U+202E><U+001B>[2J
           |                ^ here
        note: names are looked up in the file
        help: did you mean `x`?

        """, TextRenderer.render(List.of(diagnostic), false));
  }

  @Test
  void nothingFromTheFileReachesTheTerminalAsACommand() {
    var hostile = new SourceFile("a\u001b[31m.dlv", "\u001b[2J \u0007 \u009b \u202e \u2028");
    var diagnostic = Diagnostic.warning("c", hostile.span(0, 1), "\u001b[0m").label("\u0007").help("\u202e");
    String text = TextRenderer.render(List.of(diagnostic), false);
    assertFalse(text.codePoints().anyMatch(c -> c != '\n' && (c < ' ' || c == 0x9b || c == 0x202e || c == 0x2028)));
    assertTrue(TextRenderer.render(List.of(diagnostic), true).contains("\u001b[1;33mwarning[c]\u001b[0m"));
  }

  @Test
  void longLinesAreCutAroundThePlace() {
    var file = new SourceFile("a.dlv", "x".repeat(5_000) + "!" + "y".repeat(5_000_000));
    String text = TextRenderer.render(List.of(Diagnostic.error("c", file.span(5_000, 5_001), "m")), false);
    assertTrue(text.length() < 500, () -> "" + text.length());
    String[] lines = text.split("\n");
    assertEquals('!', lines[3].charAt(lines[4].indexOf('^')));
  }

  @Test
  void jsonHoldsEverything() {
    var diagnostic = Diagnostic.error("name", FILE.span(21, 22), "nothing \"is\"").label("here")
        .note("declared", FILE.span(4, 5)).help("write x", FILE.span(21, 22), "x");
    String json = JsonRenderer.render(List.of(diagnostic));
    assertEquals("{\"version\":1,\"diagnostics\":[{\"code\":\"name\",\"severity\":\"error\","
        + "\"message\":\"nothing \\\"is\\\"\",\"label\":\"here\","
        + "\"place\":{\"file\":\"a.dlv\",\"line\":3,\"column\":11,\"endLine\":3,\"endColumn\":12},"
        + "\"notes\":[{\"text\":\"declared\","
        + "\"place\":{\"file\":\"a.dlv\",\"line\":1,\"column\":5,\"endLine\":1,\"endColumn\":6}}],"
        + "\"helps\":[{\"text\":\"write x\",\"edit\":{\"place\":"
        + "{\"file\":\"a.dlv\",\"line\":3,\"column\":11,\"endLine\":3,\"endColumn\":12},"
        + "\"replacement\":\"x\"}}]}]}\n", json);
    Json.parse(json.strip());
  }

  @Test
  void everythingIsSaidOnceAndInOrder() {
    Diagnostics diagnostics = new Diagnostics();
    var later = Diagnostic.error("c", FILE.span(8, 9), "m");
    diagnostics.add(later);
    diagnostics.add(Diagnostic.warning("c", FILE.span(4, 5), "m"));
    diagnostics.add(later.help("again"));
    assertEquals(List.of(4, 8), diagnostics.list().stream().map(d -> d.span().start()).toList());
    assertTrue(diagnostics.hasErrors());
  }

  @Test
  void namesThatAreNearAreSuggested() {
    List<String> names = List.of("Conv2D", "Dense", "Dropout", "relu");
    assertEquals(List.of("Dense"), Suggest.near("dense", names));
    assertEquals(List.of("Conv2D"), Suggest.near("Cnov2d", names));
    assertEquals(List.of(), Suggest.near("Softmax", names));
    assertEquals(List.of("K"), Suggest.near("k", List.of("Ok", "K", "m")));
    assertEquals(List.of("cpu-batch"), Suggest.near("cpu", List.of("cpu-batch", "all")));
    assertEquals("did you mean `Dense`?", Suggest.question("Desne", names).orElseThrow());
    assertEquals(1, Suggest.distance("ab", "ba"));
    assertEquals(3, Suggest.distance("kitten", "sitting"));
  }
}
