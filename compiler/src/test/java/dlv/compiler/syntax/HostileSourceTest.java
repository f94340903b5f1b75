package dlv.compiler.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.TextRenderer;
import dlv.compiler.source.Limits;
import dlv.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that want to break the parser get one clear answer, and soon. */
class HostileSourceTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "f(", "{", "if true {", "-", "- ", "not ", "2^", "2^-", "\n("})
  void depthIsLimited(String opener) {
    Diagnostic deep = only("let a = " + opener.repeat(1_000_000));
    assertEquals("limit", deep.code());
    assertTrue(deep.message().contains("256"), deep.message());
  }

  @Test
  void depthIsExact() {
    int most = Limits.DEPTH;
    parse("let a = " + "(".repeat(most) + "1" + ")".repeat(most));
    parse("let a = " + "-".repeat(most) + "1 - " + "-".repeat(most) + "1");
    parse("let a = " + "2 ^ ".repeat(most) + "1");
    assertEquals("limit", only("let a = " + "(".repeat(most + 1) + "1" + ")".repeat(most + 1)).code());
    assertEquals("limit", only("let a = " + "-".repeat(most + 1) + "1").code());
    assertEquals("limit", only("let a = " + "2 ^ ".repeat(most + 1) + "1").code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1", "@a", " -> f", ".a", "(1)", "[1]", " and x", "-1"})
  void chainsAreLimited(String link) {
    parse("let a = x" + link.repeat(Limits.CHAIN - 1));
    Diagnostic longer = only("let a = x" + link.repeat(Limits.CHAIN));
    assertEquals("limit", longer.code());
    assertEquals("limit", only("let a = x" + link.repeat(500_000)).code());
  }

  @Test
  void aLongListIsNoChain() {
    parse("let a = [" + "1 + 2, ".repeat(20_000) + "3]");
  }

  @Test
  void longElseChainsDoNotOverflow() {
    parse("let a = " + "if x { 1 } else ".repeat(200) + "{ 2 }");
    List<Diagnostic> errors = errors("let a = " + "if x { 1 } else ".repeat(100_000) + "{ 2 }");
    assertEquals(List.of("limit"), codes(errors));
  }

  @Test
  void namesAreLimited() {
    parse("let " + "a".repeat(Limits.NAME) + " = 1");
    assertEquals("limit", only("let " + "a".repeat(Limits.NAME + 1) + " = 1").code());
  }

  @Test
  void sizeIsLimited() throws IOException {
    byte[] bytes = "let a = 1\n".repeat(Limits.SOURCE_BYTES / 10 + 1).getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("large.dlv");
    Files.write(file, Arrays.copyOf(bytes, Limits.SOURCE_BYTES));
    assertEquals(Limits.SOURCE_BYTES, SourceReader.read(file).text().length());
    Files.write(file, Arrays.copyOf(bytes, Limits.SOURCE_BYTES + 1));
    assertEquals("limit", refused(file).code());
  }

  @Test
  void tenThousandErrorsAreCounted() {
    List<Diagnostic> errors = errors("let = 1\n".repeat(10_000));
    assertEquals(10_000, errors.size());
    String shown = TextRenderer.render(errors, false);
    assertTrue(shown.endsWith("and 9,980 more\n"), shown);
    assertEquals(20, shown.split("error\\[").length - 1);
  }

  @Test
  void unreadableFilesAreNamed() throws IOException {
    assertEquals("file", refused(folder).code());
    assertEquals("file", refused(folder.resolve("none.dlv")).code());
    assertEquals("file", refused(Path.of("/dev/zero")).code());
  }

  @Test
  void bytesThatAreNotTextAreRefusedOnce() throws IOException {
    Path file = folder.resolve("a.dlv");
    Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13});
    assertTrue(refused(file).message().endsWith("is not text: it is a PNG image"));
    Files.write(file, new byte[] {'l', 'e', 't', 0, 1, 2});
    assertTrue(refused(file).message().endsWith("is not text"));
    Files.write(file, "let a = 1".getBytes(StandardCharsets.UTF_16));
    assertTrue(refused(file).message().contains("UTF-16"));
    Files.write(file, new byte[] {'/', '/', ' ', (byte) 0xC3, (byte) 0xA9, ' ', (byte) 0xE9, '\n'});
    Diagnostic latin = refused(file);
    assertEquals("byte 0xE9 at offset 6 is not UTF-8", latin.message());
    assertEquals(6, latin.span().column());
  }

  @Test
  void aByteOrderMarkIsNoCharacter() {
    byte[] bytes = "\uFEFFlet a = 1".getBytes(StandardCharsets.UTF_8);
    SourceFile file = SourceReader.decode("a.dlv", bytes);
    assertEquals(1, Parser.parse(file).items().get(0).span().column());
  }

  @Test
  void lineEndsOfAllSystemsCount() {
    assertEquals("a.dlv:3:9", only("let a = 1\rlet b = 2\rlet c = $1").span().toString());
    assertEquals("a.dlv:3:9", only("let a = 1\r\nlet b = 2\r\nlet c = $1").span().toString());
    assertEquals("a.dlv:3:10", only("let a = 1\nlet b = 2\n\tlet c = $1").span().toString());
  }

  /** Words and signs cut out, doubled, swapped or replaced: errors, never anything else. */
  @Test
  void spoiltFilesGiveErrorsAndNothingElse() {
    String[] words = TOUR.split("(?<=\\W)|(?=\\W)");
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      List<String> spoilt = IntStream.range(0, words.length).mapToObj(i -> words[i])
          .collect(Collectors.toList());
      for (int k = 0; k < 1 + seed % 4; k++) {
        int at = random.nextInt(spoilt.size());
        switch (random.nextInt(4)) {
          case 0 -> spoilt.remove(at);
          case 1 -> spoilt.add(at, spoilt.get(random.nextInt(spoilt.size())));
          case 2 -> spoilt.set(at, spoilt.get(random.nextInt(spoilt.size())));
          default -> spoilt.set(at, Character.toString(random.nextInt(0x2100)));
        }
      }
      String text = String.join("", spoilt);
      List<Diagnostic> errors = errors(text);
      assertTrue(errors.size() <= 12, () -> "a cascade:\n" + text + TextRenderer.render(errors, false));
    }
  }

  private static final String TOUR = """
      /// LeNet-5.
      network LeNet5(image: float[1, 28, 28]) -> digit: float[10] {
        image
          -> Conv2D(6, kernel: 5, padding: same) -> tanh    // C1
          -> Flatten -> repeat i in 1 .. 3 { Dense(84 * i) -> tanh }
      }

      assert parameters(LeNet5) == 61_706

      cell Elman(x: float[m], n: int) -> float[n] {
        weight U: float[m, n] = glorot_uniform
        state  s: float[n] = zeros
        require m > n, "{m} is more than {n}"
        s' = if n > 3 { tanh(x @ U - s) } else { let y = [s, 1] y[0] }
        s'
      }

      train Digits {
        data digits = digits(train: 60_000)
        model net = LeNet5
        let (digit, other) = net(digits.image)
        minimize cross_entropy(digit, "text") of net with adam(rate: 1e-3) clip 1.0
        report accuracy(digit, digits.label), elbo = -(digit)
        batch 128
        stage one { epochs 12 }
      }
      """;

  private static void parse(String text) {
    assertTimeoutPreemptively(SOON, () -> Parser.parse(new SourceFile("a.dlv", text)));
  }

  private static List<Diagnostic> errors(String text) {
    return assertTimeoutPreemptively(SOON, () -> {
      try {
        Parser.parse(new SourceFile("a.dlv", text));
        return List.of();
      } catch (CompileException e) {
        return e.diagnostics();
      }
    });
  }

  private static Diagnostic only(String text) {
    List<Diagnostic> errors = errors(text);
    assertEquals(1, errors.size(), () -> TextRenderer.render(errors, false));
    return errors.get(0);
  }

  private static Diagnostic refused(Path file) {
    List<Diagnostic> errors =
        assertThrows(CompileException.class, () -> Parser.parse(SourceReader.read(file))).diagnostics();
    assertEquals(1, errors.size());
    return errors.get(0);
  }

  private static List<String> codes(List<Diagnostic> errors) {
    return errors.stream().map(Diagnostic::code).toList();
  }
}
