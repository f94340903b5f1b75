package dlv.tests.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Role;
import dlv.compiler.ir.Scalar;
import dlv.compiler.pass.Passes;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a derivative becomes: shared sweeps, arenas in one piece, zeros, intermediates, penalties on gradients. */
class DifferentiateTest {
  private final Build build = new Build(Origin.NONE);
  private final Map<String, Array> inputs = new HashMap<>();

  private Node input(String name, long... shape) {
    int n = (int) Shape.of(shape).elements().value();
    inputs.put(name, Array.floats(new Random(name.hashCode()).doubles(n, -1, 1).toArray(), shape));
    return build.node(new Op.Input(name, Element.FLOAT, Shape.of(shape)));
  }

  private static Graph graph(Node... outputs) {
    var list = new ArrayList<Graph.Output>();
    for (Node node : outputs) {
      list.add(new Graph.Output("y" + list.size(), node));
    }
    return new Graph("g", list, List.of());
  }

  private double[] value(Node node) {
    return Interpreter.evaluate(Passes.run(graph(node)), Bindings.of(inputs)).outputs().get("y0").data();
  }

  private static long count(Graph graph, Class<? extends Op> kind) {
    return graph.nodes().stream().filter(node -> node.is(kind)).count();
  }

  @Test
  void arenaGradientIsOneConcatenationInOrder() {
    Node arena = build.node(new Op.State("net", Role.WEIGHT, Element.FLOAT, Shape.of(20), 0));
    Node late = build.reshape(build.slice(arena, 0, Dim.of(12), Dim.of(6), 1), Shape.of(2, 3));
    Node early = build.slice(arena, 0, Dim.of(4), Dim.of(2), 1);
    Node y = build.contract("bi,io->bo", build.add(input("x", 5, 2), build.spread(early, List.of(0), Shape.of(5, 2))),
        late);
    Graph simple = Passes.run(graph(build.derivative(build.map(Scalar.TANH, y), arena)));
    Node root = simple.roots().get(0);
    assertTrue(root.is(Op.Concat.class), root.toString());
    assertEquals(List.of(4L, 2L, 6L, 6L, 2L), root.operands().stream().map(part -> part.dim(0).value()).toList());
    assertTrue(root.operand(0).isConstant(0) && root.operand(2).isConstant(0) && root.operand(4).isConstant(0));
    assertEquals(0, count(simple, Op.Pad.class));
  }

  @Test
  void derivativesOfOneValueShareOneSweep() {
    Node x = input("x", 3, 4);
    Node w = input("w", 4, 5);
    Node v = input("v", 5, 2);
    Node y = build.contract("bi,io->bo", build.map(Scalar.TANH, build.contract("bi,io->bo", x, w)), v);
    Node loss = build.sum(build.map(Scalar.EXP, y));
    Graph both = Passes.run(graph(build.derivative(loss, w), build.derivative(loss, v)));
    assertEquals(2 + 3, count(both, Op.Contract.class));
  }

  @Test
  void whatIsNotReachedIsZero() {
    Node x = input("x", 3);
    Node other = input("other", 2);
    Node y = build.add(build.map(Scalar.EXP, x), build.map(Scalar.FLOOR, x));
    assertArrayEquals(new double[] {0, 0}, value(build.derivative(y, other)));
    assertArrayEquals(new double[3], value(build.derivative(build.map(Scalar.SIGN, x), x)));
    Node place = build.map(Scalar.TO_FLOAT, build.top(x, 1));
    assertArrayEquals(new double[3], value(build.derivative(place, x)));
  }

  @Test
  void intermediatesAreSeenThroughEqualExpressions() {
    Node a = input("a", 3);
    Node b = input("b", 3);
    Node sum = build.add(a, b);
    Node again = build.add(a, b);
    double[] expected = value(build.scale(sum, 2));
    assertArrayEquals(expected, value(build.derivative(build.mul(again, again), sum)), 1e-15);
    Node through = build.derivative(build.mul(sum, sum), a);
    assertArrayEquals(expected, value(through), 1e-15);
  }

  @Test
  void aViewStaysVisibleBehindOtherViews() {
    Node x = input("x", 6);
    Node view = build.reshape(x, Shape.of(2, 3));
    Node y = build.map(Scalar.EXP, build.reshape(view, Shape.of(3, 2)));
    assertArrayEquals(value(build.map(Scalar.EXP, x)), value(build.reshape(build.derivative(y, view), x.shape())));
  }

  @Test
  void detachStopsTheDerivativeAndNothingElse() {
    Node x = input("x", 4);
    Node y = build.mul(x, build.map(Scalar.DETACH, x));
    assertArrayEquals(value(x), value(build.derivative(y, x)));
    assertArrayEquals(value(build.mul(x, x)), value(y));
  }

  @Test
  void derivativeOfItselfIsOne() {
    Node x = input("x", 2, 2);
    assertArrayEquals(new double[] {1, 1, 1, 1}, value(build.derivative(x, x)));
  }

  /** The penalty of a critic: (|dD/dx| - 1)² for each example, by the weights of two convolutions. */
  @Test
  void gradientPenalty() {
    Node x = input("x", 3, 2, 6, 5);
    Node k1 = input("k1", 4, 2, 3, 3);
    Node k2 = input("k2", 2, 4, 2, 2);
    Node hidden = build.map(Scalar.TANH, convolution(x, k1, 3, 2));
    Node score = build.sum(build.map(Scalar.SOFTPLUS, convolution(hidden, k2, 2, 1)), List.of(1, 2, 3));
    Node slope = build.derivative(score, x);
    Node norm = build.map(Scalar.SQRT, build.sum(build.mul(slope, slope), List.of(1, 2, 3)));
    Node off = build.sub(norm, build.constant(1, norm.shape()));
    Node loss = build.sum(build.mul(off, off));
    for (String name : List.of("k1", "k2", "x")) {
      Node by = name.equals("k1") ? k1 : name.equals("k2") ? k2 : x;
      Graph graph = Passes.run(graph(loss, build.derivative(loss, by)));
      assertFalse(graph.nodes().stream().anyMatch(n -> n.is(Op.Derivative.class)));
      checkSlope(graph, name);
    }
  }

  private Node convolution(Node x, Node kernel, long size, long stride) {
    Node windows = build.window(build.window(x, 2, Dim.of(size), stride, 1), 4, Dim.of(size), stride, 1);
    return build.contract("bcpiqj,ocij->bopq", windows, kernel);
  }

  private void checkSlope(Graph graph, String name) {
    Array at = inputs.get(name);
    double[] gradient = Interpreter.evaluate(graph, Bindings.of(inputs)).outputs().get("y1").data();
    double[] direction = new Random(9).doubles(at.size(), -1, 1).toArray();
    double found = 0;
    for (int i = 0; i < direction.length; i++) {
      found += direction[i] * gradient[i];
    }
    double step = 1e-5;
    double slope = (loss(graph, name, at, direction, step) - loss(graph, name, at, direction, -step)) / (2 * step);
    inputs.put(name, at);
    assertEquals(slope, found, 1e-7 * (1 + Math.abs(slope)));
  }

  private double loss(Graph graph, String name, Array at, double[] direction, double step) {
    double[] moved = at.data().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    inputs.put(name, Array.floats(moved, at.shape()));
    return Interpreter.evaluate(graph, Bindings.of(inputs)).outputs().get("y0").data()[0];
  }
}
