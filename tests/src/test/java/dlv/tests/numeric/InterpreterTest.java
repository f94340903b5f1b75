package dlv.tests.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Philox;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The interpreter against calculations written another way, and against tables. */
class InterpreterTest {
  private final Build build = new Build(Origin.NONE);
  private final Map<String, Array> inputs = new HashMap<>();

  private Node input(String name, double[] data, long... shape) {
    inputs.put(name, Array.floats(data, shape));
    return build.node(new Op.Input(name, Element.FLOAT, Shape.of(shape)));
  }

  private Node ints(String name, double[] data, long... shape) {
    inputs.put(name, Array.ints(data, shape));
    return build.node(new Op.Input(name, Element.INT, Shape.of(shape)));
  }

  private static double[] random(int n) {
    return new Random(n).doubles(n, -1, 1).toArray();
  }

  private double[] value(Node node) {
    var graph = new Graph("g", List.of(new Graph.Output("y", node)), List.of());
    return Interpreter.evaluate(graph, Bindings.of(inputs)).outputs().get("y").data();
  }

  /** A strided, dilated convolution by its definition. */
  @Test
  void convolution() {
    double[] x = random(2 * 3 * 9 * 8);
    double[] k = random(4 * 3 * 3 * 2);
    Node windows = build.window(build.window(input("x", x, 2, 3, 9, 8), 2, Dim.of(3), 2, 2), 4, Dim.of(2), 3, 1);
    double[] found = value(build.contract("bcpiqj,ocij->bopq", windows, input("k", k, 4, 3, 3, 2)));
    var expected = new double[2 * 4 * 3 * 3];
    int at = 0;
    for (int b = 0; b < 2; b++) {
      for (int o = 0; o < 4; o++) {
        for (int p = 0; p < 3; p++) {
          for (int q = 0; q < 3; q++, at++) {
            for (int c = 0; c < 3; c++) {
              for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 2; j++) {
                  double element = x[((b * 3 + c) * 9 + 2 * p + 2 * i) * 8 + 3 * q + j];
                  expected[at] += element * k[((o * 3 + c) * 3 + i) * 2 + j];
                }
              }
            }
          }
        }
      }
    }
    assertArrayEquals(expected, found, 1e-12);
  }

  @Test
  void reductions() {
    double[] x = {1, 2, 4, 1000, 1001, 999};
    Node node = input("x", x, 2, 3);
    assertArrayEquals(new double[] {7, 3000}, value(build.sum(node, List.of(1))));
    assertArrayEquals(new double[] {1000, 1001, 999}, value(build.reduce(Op.Reducer.MAX, node, List.of(0))));
    double first = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(4));
    double second = 1000 + Math.log(1 + Math.exp(1) + Math.exp(-1));
    assertArrayEquals(new double[] {first, second}, value(build.reduce(Op.Reducer.LOGSUMEXP, node, List.of(1))), 1e-9);
    assertArrayEquals(new double[] {14 / 9.0, 2 / 3.0}, value(build.reduce(Op.Reducer.VARIANCE, node, List.of(1))),
        1e-12);
  }

  @Test
  void views() {
    Node x = input("x", IntStream.range(0, 6).asDoubleStream().toArray(), 2, 3);
    assertArrayEquals(new double[] {0, 3, 1, 4, 2, 5}, value(build.permute(x, 1, 0)));
    assertArrayEquals(new double[] {2, 0, 5, 3}, value(build.slice(x, 1, Dim.of(2), Dim.of(2), -2)));
    assertArrayEquals(new double[] {0, 0, 0, 1, 0, 2, 0, 0, 3, 0, 4, 0, 5, 0},
        value(build.pad(x, 1, Dim.of(1), Dim.of(1), 1)));
    assertArrayEquals(new double[] {0, 1, 1, 2, 3, 4, 4, 5}, value(build.window(x, 1, Dim.of(2), 1, 1)));
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, 0, 1, 2},
        value(build.concat(0, List.of(x, build.slice(x, 0, Dim.ZERO, Dim.ONE, 1)))));
    Node folded = build.fold(build.reshape(x, Shape.of(3, 2)), 0, Dim.of(4), 1, 1);
    assertArrayEquals(new double[] {0, 1 + 2, 3 + 4, 5}, value(folded));
  }

  @Test
  void places() {
    Node x = input("x", new double[] {10, 11, 20, 21, 30, 31}, 3, 2);
    Node at = ints("at", new double[] {2, 0, 2, -1}, 4);
    assertArrayEquals(new double[] {30, 31, 10, 11, 30, 31, 10, 11}, value(build.gather(x, at, 0)));
    Node values = input("v", new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 2);
    assertArrayEquals(new double[] {10 + 3 + 7, 11 + 4 + 8, 20, 21, 30 + 1 + 5, 31 + 2 + 6},
        value(build.scatterAdd(x, at, values, 0)));
    Node table = input("t", new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertArrayEquals(new double[] {3, 4}, value(build.gather(table, ints("each", new double[] {2, 0}, 2), 1)));
    Node ties = input("s", new double[] {3, 7, 7, 1, 7}, 5);
    assertArrayEquals(new double[] {1, 2, 4, 0}, value(build.top(ties, 4)));
  }

  @Test
  void integersWrapAndRoundDown() {
    Node a = ints("a", new double[] {-7, 7, Integer.MAX_VALUE}, 3);
    Node b = ints("b", new double[] {3, -3, 1}, 3);
    assertArrayEquals(new double[] {-3, -3, Integer.MAX_VALUE}, value(build.map(Scalar.IDIV, a, b)));
    assertArrayEquals(new double[] {2, -2, 0}, value(build.map(Scalar.IMOD, a, b)));
    assertArrayEquals(new double[] {-4, 4, Integer.MIN_VALUE}, value(build.add(a, b)));
    assertArrayEquals(new double[] {-1, 1},
        value(build.map(Scalar.TO_INT, input("x", new double[] {-1.7, 1.7}, 2))));
  }

  /** Values from Abramowitz and Stegun, table 7.1, and both branches where they meet. */
  @Test
  void errorFunction() {
    double[] x = {0, 0.5, 1, 2, 2.999999999, 3.000000001, 5, -1};
    double[] erf = value(build.map(Scalar.ERF, input("x", x, 8)));
    double[] expected = {0, 0.5204998778, 0.8427007929, 0.9953222650, 0.9999779095, 0.9999779095, 1, -0.8427007929};
    assertArrayEquals(expected, erf, 1e-10);
    assertEquals(erf[4], erf[5], 1e-12);
  }

  @Test
  void randomDrawsAreExactFloatsWithinTheInterval() {
    double sum = 0;
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      double u = Philox.uniform(7, 3, 12, i);
      assertTrue(u > 0 && u < 1 && u == (float) u);
      sum += u / n;
    }
    assertEquals(0.5, sum, 4 * Math.sqrt(1.0 / 12 / n));
    assertTrue(Philox.uniform(7, 3, 12, 1) != Philox.uniform(7, 4, 12, 1));
    assertTrue(Philox.uniform(7, 3, 12, 1) != Philox.uniform(8, 3, 12, 1));
    assertTrue(Philox.uniform(7, 3, 12, 1) != Philox.uniform(7, 3, 13, 1));
    assertTrue(Philox.uniform(7, 3, 12, 1) != Philox.uniform(7, 3, 12, 1 + (1L << 32)));
  }

  /** The published answer for key and counter 0 (Random123), as this recipe reads it. */
  @Test
  void randomWordIsThePublishedOne() {
    assertEquals(0x6627e8d5, Philox.word(0, 0, 0, 0));
  }

  /** A node whose value is already there is not calculated again. */
  @Test
  void runsFromStoredValues() {
    Node x = input("x", new double[] {1, 2}, 2);
    Node square = build.mul(x, x);
    Node sum = build.add(square, x);
    var values = new IdentityHashMap<Node, Array>();
    values.put(x, inputs.get("x"));
    values.put(square, Array.floats(new double[] {10, 20}, 2));
    Interpreter.evaluate(List.of(square, sum), Bindings.of(Map.of()), values);
    assertArrayEquals(new double[] {11, 22}, values.get(sum).data());
  }

  @Test
  void missingAndUnfitValuesAreNamed() {
    Node x = input("x", new double[] {1, 2}, 2);
    inputs.clear();
    assertTrue(assertThrows(IllegalArgumentException.class, () -> value(x)).getMessage().contains("input x"));
    inputs.put("x", Array.floats(new double[] {1, 2, 3}, 3));
    String message = assertThrows(IllegalArgumentException.class, () -> value(x)).getMessage();
    assertEquals("input x needs FLOAT[2], found FLOAT[3]", message);
  }
}
