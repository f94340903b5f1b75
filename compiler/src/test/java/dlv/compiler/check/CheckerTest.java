package dlv.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.source.SourceFile;
import dlv.compiler.syntax.Parser;
import dlv.compiler.syntax.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the language, each on the smallest file that shows it. */
class CheckerTest {
  private static final Path LENET = Path.of("../examples/lenet5/lenet5.dlv");
  private static final Path ODD = Path.of("../tests/cases/models/odd.dlv");

  static Program check(String text) {
    return check(text, Map.of());
  }

  static Program check(String text, Map<String, String> set) {
    var unit = Parser.parse(new SourceFile("test.dlv", text));
    return Checker.check(unit, new Checker.Options(set, Map.of()), new DrawnDigits());
  }

  static String errors(String text) {
    try {
      check(text);
      return "";
    } catch (CompileException e) {
      return e.diagnostics().stream().map(Diagnostic::message).collect(Collectors.joining("\n"));
    }
  }

  private static NetworkProgram last(String text) {
    var networks = check(text).networks();
    return networks.get(networks.size() - 1);
  }

  private static String result(String text) {
    return last(text).results().stream().map(port -> port.type().text()).collect(Collectors.joining(", "));
  }

  private static List<String> paths(String text) {
    return last(text).states().stream().map(StateInfo::path).toList();
  }

  private static long count(Node root, Class<? extends Op> kind) {
    return Graph.topological(List.of(root)).stream().filter(node -> node.is(kind)).count();
  }

  @Test
  void leNetHasItsParameters() throws IOException {
    Program program = check(Files.readString(LENET));
    assertEquals("61706", program.networks().get(0).parameters().text());
    assertEquals(List.of("net.conv2d1.K", "net.conv2d1.b", "net.conv2d2.K", "net.conv2d2.b", "net.dense1.W",
        "net.dense1.b", "net.dense2.W", "net.dense2.b", "net.dense3.W", "net.dense3.b"),
        program.trains().get(0).states().stream().map(StateInfo::path).toList());
    assertEquals(List.of(), program.warnings());
  }

  @Test
  void anOddNetworkOfOnesOwnIsAsGood() throws IOException {
    Program program = check(Files.readString(ODD));
    assertEquals("2586", program.network("Odd").orElseThrow().parameters().text());
    TrainProgram train = program.trains().get(0);
    assertEquals(4, train.minimize().get(0).updates().size());
    assertEquals(List.of("accuracy", "top3"), train.reports().stream().map(Report::name).toList());
    assertEquals(List.of(), program.warnings());
  }

  @Test
  void threeWaysToCallMeanTheSame() {
    String expected = "float[5]";
    assertEquals(expected, result("network A(x: float[3]) { x -> Dense(5) }"));
    assertEquals(expected, result("network A(x: float[3]) { Dense(x, 5) }"));
    assertEquals(expected, result("network A(x: float[3]) { let d = Dense(5)  d(x) }"));
    assertEquals(expected, result("network B(x: float[3], y: float[2], n: int = 5) -> float[n] {"
        + " Dense(x, n) + Dense(y, n) }\n network A(x: float[3], y: float[2]) { let b = B(_, y)  b(x) }"));
  }

  @Test
  void anInstanceAppliedTwiceSharesItsWeights() {
    assertEquals(List.of("d.W", "d.b"), paths("network A(x: float[3]) { let d = Dense(3)  d(d(x)) }"));
    assertEquals(List.of("dense1.W", "dense1.b", "dense2.W", "dense2.b"),
        paths("network A(x: float[3]) { x -> Dense(3) -> Dense(3) }"));
  }

  @Test
  void eachTurnOfRepeatHasItsOwnInstances() {
    assertEquals(List.of("dense1.W", "dense2.W", "dense3.W"),
        paths("network A(x: float[3]) { x -> repeat 3 { Dense(3, bias: false) } }"));
    assertEquals(List.of("d.W"),
        paths("network A(x: float[3]) { let d = Dense(3, bias: false)  x -> repeat 3 { d } }"));
    assertEquals("float[4]", result("network A(x: float[1]) { x -> repeat i in 2 .. 4 { Dense(i) } }"));
    assertEquals("float[1]", result("network A(x: float[1]) { x -> repeat 0 { Dense(9) } }"));
  }

  @Test
  void dimensionsAreSolvedFromFormulas() {
    assertEquals("float[3]", result("network H(x: float[2 * n]) -> float[n] { x[0 .. n - 1] }\n"
        + "network A(x: float[6]) { H(x) }"));
    assertEquals("float[7]", result("network H(x: float[m, n], y: float[m + n + k]) -> float[k] {\n"
        + " weight b: float[k] = zeros\n b + sum(x) + sum(y) }\n"
        + "network A(x: float[2, 3], y: float[12]) { H(x, y) }"));
    assertTrue(errors("network H(x: float[2 * n]) { x }\nnetwork A(x: float[7]) { H(x) }").contains("2 * n = 7"));
    assertEquals("float[256]", result("network E(x: float[m]) -> float[n] { x -> Dense(n) }\n"
        + "network A(x: float[3]) { E(x, n: 256) }"));
  }

  @Test
  void parametersAreFormulasOfOpenDimensions() {
    NetworkProgram network = last("network A(x: float[m], n: int, k: int) { x -> Dense(n) -> Dense(k, bias: false) }");
    assertEquals("k·n + m·n + n", network.parameters().text());
    NetworkProgram known = check("network A(x: float[m], n: int) { x -> Dense(n) }", Map.of("m", "100", "n", "64"))
        .networks().get(0);
    assertEquals("6464", known.parameters().text());
  }

  @Test
  void whatNothingTakesCannotBeSet() {
    try {
      check("network A(x: float[m]) { x }", Map.of("k", "3"));
    } catch (CompileException e) {
      assertTrue(e.diagnostics().get(0).message().contains("`k`"));
      return;
    }
    throw new AssertionError("an unknown name was accepted");
  }

  @Test
  void shapesAreLinedUpAsDeclared() {
    String channels = "network A(x: float[c, h, w]) -> float[c, h, w] { weight b: float[c] = zeros  x + b }\n";
    assertEquals("float[6, 6, 6]", result(channels + "network B(x: float[6, 6, 6]) { A(x) }"));
    assertTrue(errors("network B(x: float[6, 6, 6]) { weight b: float[6] = zeros  x + b }").contains("more than one"));
    assertEquals("float[4, 5]", result("network B(x: float[4, 1], y: float[1, 5]) { x * y }"));
    assertTrue(errors("network A(x: float[a, b], y: float[c, b]) { x + y }\n"
        + "network B(x: float[1, 5], y: float[3, 5]) { A(x, y) }").contains("line up"), "a size is not literally 1");
  }

  @Test
  void dotsStandForTheSameAxes() {
    assertEquals("float[2, 3, 5]", result("network A(x: float[2, 3, 4]) { x -> Dense(5) }"));
    assertEquals("float[7]", result("network A(x: float[7, 4, 4]) { x -> GlobalAvgPool }"));
    assertTrue(errors("network A(x: float[...], y: float[...]) { x + y }\n"
        + "network B(x: float[3], y: float[4]) { A(x, y) }").contains("..."));
  }

  @Test
  void staticConditionsChooseAGraph() {
    String text = "network A(x: float[n], deep: bool = true) {\n"
        + " if deep and n > 2 { x -> Dense(3) } else if n == 1 { x } else { -x } }\n";
    assertEquals("float[3]", result(text + "network B(x: float[4]) { A(x) }"));
    assertEquals("float[4]", result(text + "network B(x: float[4]) { A(x, deep: false) }"));
    assertEquals("float[1]", result(text + "network B(x: float[1]) { A(x) }"));
  }

  @Test
  void trainingIsStaticAndStatisticsAreThreaded() {
    TrainProgram train = check("train T {\n data d = points()\n model net = BatchNorm\n"
        + " let y = net(d.at) + net(2 * d.at)\n minimize sum(y ^ 2) with sgd\n report m = sum(y)\n epochs 1\n}")
        .trains().get(0);
    Minimize line = train.minimize().get(0);
    assertEquals(List.of(0, 0, 1, 1), line.updates().stream().map(update -> update.state().turn()).toList());
    assertTrue(count(line.loss(), Op.Rows.class) > 0);
    assertEquals(0, count(train.reports().get(0).evaluated(), Op.Rows.class));
    assertEquals(0, count(line.evaluated(), Op.Rows.class));
  }

  @Test
  void linesShareWhatALetBinds() {
    TrainProgram train = check("network G(z: float[4]) -> float[2] { z -> Dense(2) }\n"
        + "network D(x: float[2]) -> float[1] { x -> BatchNorm -> Dense(1) }\n"
        + "train T {\n data d = points()\n model G1 = G\n model D1 = D\n let fake = G1(normal([4]))\n"
        + " minimize mean(bce(D1(d.at), 1) + bce(D1(fake), 0)) of D1 with adam times 2\n"
        + " minimize mean(bce(D1(fake), 1)) of G1 with adam(2e-4) clip 1\n steps 10\n}").trains().get(0);
    Minimize first = train.minimize().get(0);
    Minimize second = train.minimize().get(1);
    assertEquals(2, first.times());
    assertEquals(List.of(), second.updates(), "the other model's statistics do not move");
    assertEquals(4, first.updates().size());
    var ofFirst = Graph.topological(List.of(first.loss()));
    Node draw = Graph.topological(List.of(second.loss())).stream().filter(n -> n.is(Op.Random.class)).findFirst()
        .orElseThrow();
    assertTrue(ofFirst.stream().anyMatch(node -> node == draw), "both lines see the same draw");
  }

  @Test
  void aDrawWrittenTwiceIsTwo() {
    NetworkProgram network = last("network A(x: float[3]) { uniform([3]) + uniform([3]) + x }");
    var sites = new TreeSet<Integer>();
    Graph.topological(List.of(network.results().get(0).node())).forEach(node -> {
      if (node.op() instanceof Op.Random random) {
        sites.add(random.site());
      }
    });
    assertEquals(2, sites.size());
  }

  @Test
  void gradientsAreExpressions() {
    NetworkProgram network = last("network A(x: float[3]) -> float { (norm(gradient(sum(x ^ 3), x)) - 1) ^ 2 }");
    assertEquals(1, count(network.results().get(0).node(), Op.Derivative.class));
  }

  @Test
  void schedulesCountTheStepsOfAnEpoch() {
    TrainProgram train = check("train T {\n data d = points(train: 100)\n model net = Dense(1)\n"
        + " minimize mean(net(d.at)) with sgd(ramp(1, 0.5, epochs: 2))\n batch 10\n epochs 4\n}").trains().get(0);
    Node weight = train.minimize().get(0).optimiser().of(1).weight();
    boolean twenty = Graph.topological(List.of(weight)).stream().anyMatch(node -> node.isConstant(1 / 20.0));
    assertTrue(twenty, "two epochs of ten steps");
  }

  @Test
  void severalResultsHaveNames() {
    assertEquals("float[3], float[2]",
        result("network A(x: float[3]) -> (a: float[3], b: float[2]) { (x, x[0 .. 1]) }"));
    assertEquals("float[2]", result("network A(x: float[3]) -> (a: float[3], b: float[2]) { (x, x[0 .. 1]) }\n"
        + "network B(x: float[3]) { let (p, q) = A(x)  let r = A(x)  q + r.b }"));
  }

  @Test
  void anInputCanWait() {
    assertEquals("float[2]", result("network Sub(a: float[2], b: float[2]) { a - b }\n"
        + "network A(x: float[2]) { let rest = Sub(_, x)  rest(x * 2) }"));
  }

  @Test
  void networksAreValues() {
    assertEquals(List.of("dense1.W"), paths("network R(x: float[n], f: network) { x + f(x) }\n"
        + "network A(x: float[3]) { x -> R(Dense(3, bias: false)) -> R(tanh) }"));
  }

  @Test
  void anOptimiserIsElaboratedOnAFlatVector() {
    Optimiser adam = check("train T {\n data d = points()\n model net = Dense(1)\n"
        + " minimize mean(net(d.at)) with adam\n epochs 1\n}").trains().get(0).minimize().get(0).optimiser();
    assertEquals(List.of("m", "v"), adam.states().stream().map(StateInfo::path).toList());
    assertEquals("[weights]", adam.of(2).weight().shape().text());
    assertEquals(List.of("m", "v"), List.copyOf(adam.of(1).updates().keySet()));
    assertSame(adam.of(1), adam.of(2));
  }

  @Test
  void errorsDoNotCascade() {
    assertEquals("nothing declares `foo`",
        errors("network A(x: float[3]) { let y = foo(x)  let z = y + 1\n z -> Dense(3) }"));
    assertEquals("a 9x9 kernel does not fit a 3x3 image",
        errors("network A(x: float[1, 3, 3]) { x -> Conv2D(2, kernel: 9) -> MaxPool(2) -> Flatten -> Dense(3) }"));
  }

  @Test
  void longChainsAndDeepRepeatsAreNoTrouble() {
    String sum = "x" + " + x".repeat(9_000);
    assertEquals("float[3]", result("network A(x: float[3]) { " + sum + " }"));
    assertEquals("float[3]", result("network A(x: float[3]) { x -> repeat 2_000 { Dense(3) } }"));
  }

  @Test
  void importsHaveNamesOfTheirOwn(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("blocks.dlv"),
        "let width = 4\nnetwork Block(x: float[n]) { x -> Dense(width) }\n");
    Files.writeString(folder.resolve("twice.dlv"), "import \"blocks.dlv\" as b\nnetwork Two(x: float[n]) {"
        + " x -> b.Block -> b.Block -> Dense(b.width + 1) }\n");
    Path main = folder.resolve("main.dlv");
    Files.writeString(main, "import \"twice.dlv\"\nnetwork Main(x: float[3]) { x -> twice.Two -> std.Dense(2) }\n");
    Program program = Checker.check(Parser.parse(SourceReader.read(main)), Checker.Options.NONE, new DrawnDigits());
    assertEquals(List.of("two1.block1.dense1.W", "two1.block1.dense1.b", "two1.block2.dense1.W", "two1.block2.dense1.b",
        "two1.dense1.W", "two1.dense1.b", "dense1.W", "dense1.b"),
        program.networks().get(0).states().stream().map(StateInfo::path).toList());
  }

  @Test
  void aFileDoesNotImportItself(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.dlv"), "import \"b.dlv\"\nnetwork A(x: float[3]) { x }\n");
    Files.writeString(folder.resolve("b.dlv"), "import \"a.dlv\"\nnetwork B(x: float[3]) { x }\n");
    var unit = Parser.parse(SourceReader.read(folder.resolve("a.dlv")));
    CompileException refused = assertThrows(CompileException.class,
        () -> Checker.check(unit, Checker.Options.NONE, new DrawnDigits()));
    assertTrue(refused.diagnostics().get(0).message().contains("imports this file again"));
  }

  @Test
  void whatIsSetReachesModelsToo() {
    String text = "network Net(x: float[m], width: int = 8) { x -> Dense(width) -> Dense(1) }\n"
        + "network Wrap(x: float[m], f: network) { f(x) }\n"
        + "train T { data d = points()  model net = Net\n minimize mean(Wrap(d.at, net)) with sgd  epochs 1 }";
    TrainProgram train = check(text, Map.of("width", "16", "batch", "4")).trains().get(0);
    assertEquals("[2, 16]", train.states().get(0).shape().text());
    assertEquals(4, train.settings().batch());
  }

  @Test
  void dataStandInOnlyForDataThatAreNamed() throws IOException {
    var unit = Parser.parse(new SourceFile("lenet5.dlv", Files.readString(LENET)));
    CompileException refused = assertThrows(CompileException.class, () -> Checker.check(unit,
        new Checker.Options(Map.of(), Map.of("digit", "somewhere")), new DrawnDigits()));
    assertTrue(refused.diagnostics().get(0).message().contains("`digit`"));
  }

  private static final String CODES = """
      network Code(x: float[m], n: int = 8) -> float[n] { x -> Dense(n) -> tanh }
      train Auto {
        data digits = digits()
        model enc = Code
        model dec = Dense(784)
        let x = digits.image -> Flatten
        minimize squared_error(dec(enc(x)), x) with adam
        epochs 1
      }
      """;

  @Test
  void aGenerateBlockReadsModelsAsTheirBlockFitsThem() {
    GenerateProgram drawn = check(CODES + """
        generate Draw(width: int = 28) -> picture: float[1, 28, width] {
          model d = Auto.dec from "runs/auto"
          reshape(d(normal([8])), [1, 28, width])
        }
        """).generate("Draw").orElseThrow();
    assertEquals(List.of("d.W", "d.b"), drawn.network().states().stream().map(StateInfo::path).toList());
    assertEquals("7056", drawn.network().parameters().text());
    assertEquals(0, drawn.network().inputs().size());
    Loan loan = drawn.loans().get(0);
    assertEquals("d Auto dec runs/auto", String.join(" ", loan.name(), loan.block(), loan.model(), loan.from().get()));
  }

  @Test
  void aModelOnLoanIsHeldUnlessALineNamesIt() {
    String few = CODES + """
        train Few {
          data digits = digits()
          model e = Auto.enc
          model head = Dense(10)
          let y = head(e(digits.image -> Flatten))
          minimize cross_entropy(y, digits.label) %s with adam
          epochs 1
        }
        """;
    TrainProgram held = check(few.formatted("of head")).train("Few").orElseThrow();
    assertEquals(List.of("e.dense1.W", "e.dense1.b", "head.W", "head.b"),
        held.states().stream().map(StateInfo::path).toList());
    assertEquals(List.of(false, true), held.models().stream().map(ModelBinding::trained).toList());
    assertEquals("Auto", held.loans().get(0).block());
    TrainProgram tuned = check(few.formatted("of head, e")).train("Few").orElseThrow();
    assertEquals(List.of(true, true), tuned.models().stream().map(ModelBinding::trained).toList());
  }

  @Test
  void modelsComeThroughImports(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("auto.dlv"), CODES);
    Path main = folder.resolve("main.dlv");
    Files.writeString(main, """
        import "auto.dlv"
        generate Codes(image: float[1, 28, 28]) -> code: float[8] {
          model e = auto.Auto.enc
          image -> Flatten -> e
        }
        """);
    Program program = Checker.check(Parser.parse(SourceReader.read(main)), Checker.Options.NONE, new DrawnDigits());
    assertEquals(List.of("e.dense1.W", "e.dense1.b"),
        program.generates().get(0).network().states().stream().map(StateInfo::path).toList());
  }
}
