package dlv.compiler.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dlv.compiler.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parser understands, shown by the printer, which puts parentheses around everything. */
class ParserTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "a + b * c ^ d           | a + (b * (c ^ d))",
      "a - b - c               | (a - b) - c",
      "a ^ b ^ c               | a ^ (b ^ c)",
      "-a ^ 2                  | -(a ^ 2)",
      "2 ^ -a * b              | (2 ^ (-a)) * b",
      "a @ b / c               | (a @ b) / c",
      "a or b and c == d + 1   | a or (b and (c == (d + 1)))",
      "not a == b              | (not a) == b",
      "0 .. n - 1              | 0 .. (n - 1)",
      "f(x)(y).z[0]            | f(x)(y).z[0]",
      "Dense(120, bias: false) | Dense(120, bias: false)",
      "x -> f(1) -> g          | x -> f(1) -> g",
      "dec(context, _)         | dec(context, _)",
      "x[..., 0 .. 3]          | x[..., 0 .. 3]",
      "t.data.of               | t.data.of",
      "f(from: 1, 2,)          | f(from: 1, 2)",
      "h' * C                  | h' * C",
      "[[1, 2], [3, 4],] / 9   | [[1, 2], [3, 4]] / 9",
      "(a, b)                  | (a, b)",
      "((a))                   | a",
      "60_000 + 1e-3 + 1_0.5   | (60000 + 1e-3) + 1_0.5",
      "if a { 1 } else if b { 2 } else { 3 } | if a { 1 } else { if b { 2 } else { 3 } }",
      "x -> repeat i in 1 .. n { f(i) -> g } -> h | x -> repeat i in 1 .. n { f(i) -> g } -> h",
      "1..3                    | 1 .. 3",
      "π * δx_1                | π * δx_1",
  })
  void expressions(String written, String understood) {
    var constant = assertInstanceOf(Item.Constant.class, parse("let a = " + written).items().get(0));
    assertEquals(understood, SourcePrinter.print(constant.value()));
  }

  @Test
  void aBracketThatIsFirstOnItsLineBeginsTheAnswer() {
    assertEquals("""
        network A(x: float) {
          let y = f
          (x, y)
        }
        """, print("""
        network A(x: float) {
          let y = f
          (x, y)
        }
        """));
    assertEquals("""
        network A(x: float) {
          let y = f
          [x, y]
        }
        """, print("network A(x: float) {\r\n  let y = f\r\n  // why not\r\n  [x, y]\r\n}"));
  }

  @Test
  void aPrimedNameBeginsAStatementOnlyBeforeAnEqualsSign() {
    assertEquals("""
        cell A(x: float[m]) {
          state h: float[n] = zeros
          h' = x
          h'
        }
        """, print("cell A(x: float[m]) { state h: float[n] = zeros h' = x h' }"));
    assertEquals("cell A(x: float[m]) { h' + 1 }\n", print("cell A(x: float[m]) { h' + 1 }"));
  }

  @Test
  void everyKindOfItemAndLine() {
    String canonical = """
        import "blocks.dlv" as b

        let chain = ddpm(steps: 1000)

        assert parameters(A) == 3

        /// What it is,
        /// in two lines.
        network A(x: float[..., m], f: network, k: same | valid = valid, i: index(V)[T]) -> (y: float, z: text) {
          /// The kernel.
          weight W: float[m, n] = he(fan_in: m)
          state s: float
          require m > 3, "{m} is {{small}}"
          let (p, q) = f(x)
          s' = p
          if m == 1 {
            let t = p
            t
          } else { q }
        }

        optimizer sgd(w: float[...], g: float[...], rate: schedule = 1e-3) {
          w' = w - (rate * g)
        }

        process VP(top: real = 20) {
          time = 0 .. 1
          drift(x, t) = (-0.5) * x
        }

        train T {
          data d = digits()
          model m = A from "runs/a"
          let y = m(d.image)
          minimize f(y) of m, n with adam(1e-3) clip 1.0 times 5
          report accuracy(y), loss = -y
          stage one {
            epochs 5
          }
          batch 128
        }

        generate G() -> image: float[1, 28] {
          model eps = T.m
          (-eps)
        }
        """;
    assertEquals(canonical, print(canonical));
  }

  @Test
  void placesCountCodePointsAndSurviveTabsAndLetterPairs() {
    SourceFile file = new SourceFile("a.dlv", "\tlet 𝛼𝛽 = 1 // 😀\r\n\tlet b = 𝛼𝛽 + c\r\n");
    var items = Parser.parse(file).items();
    var constant = (Item.Constant) items.get(1);
    var sum = (Expression.Binary) constant.value();
    assertEquals("c", sum.right().span().text());
    assertEquals("a.dlv:2:15", sum.right().span().toString());
    assertEquals("𝛼𝛽 + c", sum.span().text());
  }

  @Test
  void namesThatLookTheSameAreTheSame() {
    var unit = parse("let caf\u00e9 = 1\nlet b = cafe\u0301");
    assertEquals(((Item.Constant) unit.items().get(0)).name().text(),
        SourcePrinter.print(((Item.Constant) unit.items().get(1)).value()));
  }

  @Test
  void descriptionsBelongToWhatFollows() {
    var network = (Item.NetworkSyntax) parse("""
        /// About the file.

        /// About A:
        ///   indented
        network A(
          /// the image
          x: float,
          y: float) {
          // no description
          weight W: float = zeros
          x
        }
        """).items().get(0);
    assertEquals("About A:\n  indented", network.doc());
    assertEquals(List.of("the image", ""), network.parameters().stream().map(ParameterSyntax::doc).toList());
    assertEquals("", ((Statement.Weight) network.body().statements().get(0)).doc());
  }

  @Test
  void messagesHaveHoles() {
    var network = (Item.NetworkSyntax) parse("""
        network A(x: float[n]) {
          require n > 1, "{n} of {x.h + 1}\\t{{n}} 😀{n}"
          x
        }
        """).items().get(0);
    Message message = ((Statement.Require) network.body().statements().get(0)).message().orElseThrow();
    assertEquals(List.of("", " of ", "\t{n} 😀", ""), message.texts());
    assertEquals(List.of("n", "x.h + 1", "n"), message.holes().stream().map(SourcePrinter::print).toList());
    assertEquals("n", message.holes().get(2).span().text());
  }

  private static SourceUnit parse(String text) {
    return Parser.parse(new SourceFile("test.dlv", text));
  }

  private static String print(String text) {
    return SourcePrinter.print(parse(text));
  }
}
