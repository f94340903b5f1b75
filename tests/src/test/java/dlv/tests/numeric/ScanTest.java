package dlv.tests.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.CompilerBug;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Loop;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Printer;
import dlv.compiler.ir.Scalar;
import dlv.compiler.ir.Verifier;
import dlv.compiler.simplify.Sharing;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import dlv.tests.samples.Sample;
import dlv.tests.samples.ScanSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A loop over time against the same loop written in Java; what belongs to a body and what to its operands. */
class ScanTest {
  private static final double[] X = {1, 2, 4, 8};

  private final Build build = new Build(Origin.NONE);

  static Stream<Sample> samples() {
    return ScanSamples.all().stream();
  }

  /** h' = 0.5 h + x, out = 3 h'. */
  private Build.Scanned decay(boolean reversed) {
    Node x = build.node(new Op.Input("x", Element.FLOAT, Shape.of(4)));
    Node h = build.node(new Op.Input("h", Element.FLOAT, Shape.SCALAR));
    return build.scan(Dim.of(4), reversed, List.of(h), List.of(x), (carries, now) -> {
      Node next = build.add(build.scale(carries.get(0), 0.5), now.get(0));
      return new Build.Step(List.of(next), List.of(build.scale(next, 3)));
    });
  }

  private static double[] value(Node node) {
    var graph = new Graph("g", List.of(new Graph.Output("y", node)), List.of());
    Verifier.check(graph, Verifier.Form.DIFFERENTIATED, "the test");
    return Interpreter.evaluate(graph, Bindings.of(Map.of("x", Array.floats(X, 4),
        "h", Array.scalar(Element.FLOAT, 16)))).outputs().get("y").data();
  }

  @Test
  void forwardFromTheStart() {
    Build.Scanned scanned = decay(false);
    assertArrayEquals(new double[] {16, 9, 6.5, 7.25, 11.625}, value(scanned.histories().get(0)));
    assertArrayEquals(new double[] {27, 19.5, 21.75, 34.875}, value(scanned.outputs().get(0)));
    assertArrayEquals(new double[] {11.625}, value(scanned.finals().get(0)));
  }

  @Test
  void reversedFromTheEndWithOutputsInTheOrderOfTheSequence() {
    Build.Scanned scanned = decay(true);
    assertArrayEquals(new double[] {16, 16, 12, 8, 5}, value(scanned.histories().get(0)));
    assertArrayEquals(new double[] {15, 24, 36, 48}, value(scanned.outputs().get(0)));
    assertArrayEquals(new double[] {5}, value(scanned.finals().get(0)));
  }

  @Test
  void whatDoesNotChangeBecomesAnOperandAndLiteralsStay() {
    Node w = build.map(Scalar.EXP, build.node(new Op.Input("w", Element.FLOAT, Shape.of(2))));
    Node h = build.constant(1, Shape.of(2));
    var scanned = build.scan(Dim.of(3), false, List.of(h), List.of(), (carries, now) -> new Build.Step(
        List.of(build.mul(build.mul(carries.get(0), w), build.fill(build.constant(2, Shape.SCALAR), Shape.of(2)))),
        List.of(w)));
    Node last = scanned.finals().get(0);
    assertEquals(List.of(h, w), last.operands());
    Loop loop = ((Op.Scan) last.op()).loop();
    assertEquals(1, loop.invariants().size());
    assertEquals(loop.invariants().get(0), ((Op.Scan) scanned.outputs().get(0).op()).of());
  }

  @Test
  void equalExpressionsOfABodyBecomeOne() {
    Node x = build.node(new Op.Input("x", Element.FLOAT, Shape.of(4)));
    Node h = build.node(new Op.Input("h", Element.FLOAT, Shape.SCALAR));
    var scanned = build.scan(Dim.of(4), false, List.of(h), List.of(x), (carries, now) -> {
      Node once = build.map(Scalar.TANH, build.mul(carries.get(0), now.get(0)));
      Node twice = build.map(Scalar.TANH, build.mul(now.get(0), carries.get(0)));
      return new Build.Step(List.of(build.add(once, twice)), List.of(once, twice));
    });
    var outputs = new ArrayList<Graph.Output>();
    scanned.outputs().forEach(node -> outputs.add(new Graph.Output("y" + outputs.size(), node)));
    outputs.add(new Graph.Output("last", scanned.finals().get(0)));
    Graph graph = new Graph("g", outputs, List.of());
    Graph shared = Sharing.in(graph);
    assertEquals(shared.roots().get(0), shared.roots().get(1));
    assertEquals(1, Loop.told(shared.nodes()).size());
    assertEquals(Interpreter.evaluate(graph, bindings()).outputs(), Interpreter.evaluate(shared, bindings()).outputs());
  }

  private static Bindings bindings() {
    return Bindings.of(Map.of("x", Array.floats(X, 4), "h", Array.scalar(Element.FLOAT, 16)));
  }

  @Test
  void printedBodyFirst() {
    Graph graph = new Graph("g", List.of(new Graph.Output("y", decay(true).outputs().get(0))), List.of());
    assertEquals("""
        graph g
        loop 0 (reversed loop of 4)
          %0 = parameter 0 : float
          %1 = constant 0.5 : float
          %2 = mul(%0, %1) : float
          %3 = parameter 1 : float
          %4 = add(%2, %3) : float
          %5 = constant 3 : float
          %6 = mul(%4, %5) : float
          next %4
        %0 = input h : float
        %1 = input x : float[4]
        %2 = scan(%0, %1) output %6 of loop 0 : float[4]
        output y = %2
        """, Printer.print(graph));
  }

  @Test
  void aParameterBelongsToItsLoop() {
    Node stray = build.node(new Op.Parameter(0, Element.FLOAT, Shape.SCALAR));
    Graph graph = new Graph("g", List.of(new Graph.Output("y", build.neg(stray))), List.of());
    assertThrows(CompilerBug.class, () -> Verifier.check(graph, Verifier.Form.LOWERED, "the test"));
    Node h = build.constant(1, Shape.SCALAR);
    Node own = build.node(new Op.Parameter(0, Element.FLOAT, Shape.SCALAR));
    var loop = new Loop(Dim.of(2), false, List.of(own), 0, List.of(stray));
    Graph foreign = new Graph("g", List.of(new Graph.Output("y", build.node(Op.Scan.last(loop, 0), h))), List.of());
    assertThrows(CompilerBug.class, () -> Verifier.check(foreign, Verifier.Form.LOWERED, "the test"));
  }

  @Test
  void stepsThatDoNotFitAreRefused() {
    Node h = build.constant(1, Shape.of(2));
    assertThrows(IllegalArgumentException.class, () -> build.scan(Dim.of(3), false, List.of(h), List.of(),
        (carries, now) -> new Build.Step(List.of(build.sum(carries.get(0))), List.of())));
    assertThrows(IllegalArgumentException.class, () -> build.scan(Dim.of(3), false, List.of(h),
        List.of(build.constant(0, Shape.of(4))), (carries, now) -> new Build.Step(carries, now)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void samplesFitTheirShapes(Sample sample) {
    Verifier.check(sample.graph(), Verifier.Form.LOWERED, "the sample");
    var results = Interpreter.evaluate(sample.graph(), sample.bindings()).outputs();
    Graph sized = sample.graph().substitute(sample.bindings().dims());
    assertEquals(Loop.told(sample.graph().nodes()).size(), Loop.told(sized.nodes()).size());
    for (Graph.Output output : sized.outputs()) {
      assertTrue(results.get(output.name()).fits(output.node()), output.name());
    }
  }
}
