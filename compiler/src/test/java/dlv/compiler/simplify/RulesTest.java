package dlv.compiler.simplify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule alone: what it makes of an expression, and that the value stays. */
class RulesTest {
  private record Case(String rule, Node before, String after) {}

  private final Build build = new Build(Origin.NONE);
  private final Map<String, Array> inputs = new HashMap<>();
  private final List<Case> cases = new ArrayList<>();

  private final Node x = floats("x", 3, 4);
  private final Node y = floats("y", 3, 4);
  private final Node row = floats("row", 4);
  private final Node one = floats("one");
  private final Node cube = floats("cube", 2, 3, 4);
  private final Node line = floats("line", 9);
  private final Node rows = floats("rows", Shape.of(Dim.BATCH, Dim.of(4)));
  private final Node weight = floats("weight", 4, 5);
  private final Node truth = build.map(Scalar.LT, x, y);

  private Node floats(String name, long... shape) {
    return floats(name, Shape.of(shape));
  }

  private Node floats(String name, Shape shape) {
    long[] sizes = shape.substitute(Map.of("batch", Dim.of(3))).values();
    int n = 1;
    for (long size : sizes) {
      n *= (int) size;
    }
    inputs.put(name, Array.floats(new Random(name.hashCode()).doubles(n, 0.5, 2).toArray(), sizes));
    return build.node(new Op.Input(name, Element.FLOAT, shape));
  }

  private void rule(String rule, Node before, String after) {
    cases.add(new Case(rule, before, after));
  }

  private Node constant(double value) {
    return build.constant(value, x.shape());
  }

  private Node spread(Node node) {
    return build.spread(node, Build.axesWithout(2, node.rank() == 0 ? List.of() : List.of(1)), x.shape());
  }

  private Node map(Scalar function, Node... operands) {
    return build.map(function, operands);
  }

  private void constants() {
    rule("size-known", build.size(Dim.of(7)), "7");
    rule("map-uniform", build.add(constant(2), constant(3)), "5");
    rule("view-uniform", build.permute(constant(2), 1, 0), "2");
    rule("pad-zeros", build.pad(constant(0), 1, Dim.of(1), Dim.of(2), 0), "0");
    rule("concat-uniform", build.concat(0, List.of(constant(2), constant(2))), "2");
    rule("reduce-uniform", build.sum(constant(2)), "24");
    rule("reduce-uniform", build.sum(build.constant(2, rows.shape())), "mul(to_float(size), 2)");
    rule("reduce-uniform", build.reduce(Op.Reducer.MAX, constant(2), List.of(0)), "2");
    Node table = build.node(new Op.Constant(List.of(1.0, 2.0, 3.0), Element.FLOAT, Shape.of(3)));
    rule("table", build.slice(table, 0, Dim.of(1), Dim.of(2), 1), "[2.0, 3.0]");
  }

  private void algebra() {
    rule("constant-right", build.mul(constant(2), x), "mul(x, 2)");
    rule("add", build.add(x, constant(0)), "x");
    rule("add", build.add(x, build.neg(y)), "sub(x, y)");
    rule("add", build.add(build.neg(x), y), "sub(y, x)");
    rule("subtract", build.sub(x, constant(0)), "x");
    rule("subtract", build.sub(constant(0), x), "neg(x)");
    rule("subtract", build.sub(x, build.neg(y)), "add(x, y)");
    rule("multiply", build.mul(x, constant(0)), "0");
    rule("multiply", build.mul(x, constant(1)), "x");
    rule("multiply", build.mul(x, constant(-1)), "neg(x)");
    rule("multiply", build.mul(build.neg(x), y), "neg(mul(x, y))");
    rule("multiply", build.mul(x, build.neg(y)), "neg(mul(x, y))");
    rule("multiply-constants", build.mul(build.scale(x, 2), constant(3)), "mul(x, mul(2, 3))");
    rule("multiply-constants", build.mul(build.scale(x, 2), y), "mul(mul(x, y), 2)");
    rule("multiply-constants", build.mul(x, build.scale(y, 2)), "mul(mul(x, y), 2)");
    rule("divide", build.div(x, constant(1)), "x");
    rule("divide", build.div(x, constant(4)), "mul(x, 0.25)");
    rule("divide", build.div(build.neg(x), y), "neg(div(x, y))");
    rule("divide", build.div(x, map(Scalar.SQRT, y)), "mul(x, rsqrt(y))");
    rule("power", map(Scalar.POW, x, constant(0)), "1");
    rule("power", map(Scalar.POW, x, constant(1)), "x");
    rule("power", map(Scalar.POW, x, constant(2)), "mul(x, x)");
    rule("power", map(Scalar.POW, x, constant(-1)), "div(1, x)");
    rule("power", map(Scalar.POW, x, constant(0.5)), "sqrt(x)");
    rule("power", map(Scalar.POW, x, constant(-0.5)), "rsqrt(x)");
    rule("complement-of-power", build.sub(constant(1), map(Scalar.POW, constant(Math.exp(-2)), x)),
        "neg(expm1(mul(x, -2)))");
    rule("negate", build.neg(build.neg(x)), "x");
    rule("negate", build.neg(build.sub(x, y)), "sub(y, x)");
    rule("negate", build.neg(build.scale(x, 2)), "mul(x, -2)");
    rule("common-factor", build.sub(build.mul(x, y), build.mul(truthAsFloat(), x)),
        "mul(x, sub(y, to_float(lt(x, y))))");
    rule("select", build.select(build.constant(1, Element.BOOL, x.shape()), x, y), "x");
    rule("select", build.select(truth, x, x), "x");
    rule("select", build.select(map(Scalar.NOT, truth), x, y), "select(lt(x, y), y, x)");
    rule("logic", map(Scalar.NOT, map(Scalar.NOT, truth)), "lt(x, y)");
    rule("logic", map(Scalar.AND, truth, build.constant(1, Element.BOOL, x.shape())), "lt(x, y)");
    rule("logic", map(Scalar.OR, truth, build.constant(1, Element.BOOL, x.shape())), "1");
    rule("logic", map(Scalar.AND, truth, truth), "lt(x, y)");
    rule("identity", map(Scalar.DETACH, x), "x");
    rule("identity", map(Scalar.TO_FLOAT, x), "x");
    rule("identity", map(Scalar.RELU, map(Scalar.RELU, x)), "relu(x)");
    rule("identity", map(Scalar.MAX, x, x), "x");
  }

  private Node truthAsFloat() {
    return map(Scalar.TO_FLOAT, truth);
  }

  private void views() {
    rule("reshape-reshape", build.reshape(build.reshape(x, Shape.of(12)), Shape.of(2, 6)), "reshape(x)");
    rule("reshape-reshape", build.reshape(build.reshape(x, Shape.of(12)), x.shape()), "x");
    rule("permute-permute", build.permute(build.permute(cube, 2, 0, 1), 1, 0, 2), "permute(cube)");
    rule("permute-permute", build.permute(build.permute(cube, 2, 0, 1), 1, 2, 0), "cube");
    rule("slice-all", build.node(new Op.Slice(0, Dim.ZERO, Dim.of(3), 1), x), "x");
    rule("slice-slice", slice(slice(line, 8, 5, -1), 1, 2, 2), "slice(line)");
    rule("slice-slice", slice(slice(line, 8, 9, -1), 8, 9, -1), "line");
    rule("slice-concat", slice(build.concat(0, List.of(line, row)), 10, 3, 1), "slice(row)");
    rule("slice-concat", slice(build.concat(0, List.of(line, row)), 9, 4, 1), "row");
    rule("slice-pad", slice(build.pad(line, 0, Dim.of(2), Dim.of(3), 0), 2, 9, 1), "line");
    rule("slice-pad", slice(build.pad(line, 0, Dim.of(2), Dim.of(3), 0), 11, 3, 1), "0");
    rule("slice-pad", slice(build.pad(line, 0, Dim.of(1), Dim.ZERO, 1), 3, 4, 4), "slice(line)");
    rule("pad-nothing", build.node(new Op.Pad(0, Dim.ZERO, Dim.ZERO, 0), x), "x");
    rule("pad-pad", build.pad(build.pad(x, 1, Dim.of(1), Dim.of(2), 1), 1, Dim.of(1), Dim.ZERO, 0), "pad(x)");
    rule("pad-window", build.pad(build.window(x, 1, Dim.of(2), 1, 1), 0, Dim.of(1), Dim.of(1), 0), "window(pad(x))");
    rule("order-slices", build.slice(slice(x, 1, 2, 1), 0, Dim.ZERO, Dim.of(2), 1), "slice(slice(x))");
    rule("order-pads", build.pad(build.pad(x, 1, Dim.ONE, Dim.ONE, 0), 0, Dim.ONE, Dim.ONE, 0), "pad(pad(x))");
    rule("order-windows", build.window(build.window(x, 1, Dim.of(2), 1, 1), 0, Dim.of(2), 1, 1), "window(window(x))");
    rule("window-one", build.window(line, 0, Dim.ONE, 2, 1), "reshape(slice(line))");
    rule("fold-one", build.fold(build.reshape(row, Shape.of(4, 1)), 0, Dim.of(8), 2, 1), "pad(reshape(reshape(row)))");
    rule("concat-concat", build.concat(0, List.of(build.concat(0, List.of(line, row)), line)),
        "concat(line, row, line)");
  }

  private Node slice(Node node, long start, long size, long step) {
    return build.slice(node, node.rank() - 1, Dim.of(start), Dim.of(size), step);
  }

  private void crops() {
    Node product = build.contract("bi,io->bo", rows, weight);
    rule("slice-product", slice(product, 1, 3, 1), "contract(rows, slice(weight))");
    rule("slice-product", slice(build.contract("mi,mi->mi", x, y), 3, 2, -2), "contract(slice(x), slice(y))");
    Node windows = build.window(line, 0, Dim.of(3), 2, 1);
    rule("slice-window", build.slice(windows, 0, Dim.of(1), Dim.of(2), 1), "window(slice(line))");
    rule("slice-window", build.slice(windows, 0, Dim.of(1), Dim.of(2), 2), "window(slice(line))");
    rule("slice-window", build.slice(build.window(x, 0, Dim.of(2), 1, 1), 2, Dim.of(3), Dim.of(2), -1),
        "window(slice(x))");
    rule("slice-margin", slice(build.pad(line, 0, Dim.of(2), Dim.of(3), 0), 1, 11, 1), "pad(line)");
    rule("slice-margin", slice(build.pad(line, 0, Dim.of(2), Dim.of(3), 0), 4, 9, 1), "pad(slice(line))");
    rule("slice-margin", slice(build.pad(x, 0, Dim.of(2), Dim.of(3), 1), 1, 2, 2), "pad(slice(x))");
  }

  private void broadcasts() {
    Node wide = build.broadcast(spread(row), List.of(2), List.of(Dim.of(2)));
    rule("broadcast-broadcast", wide, "broadcast(row)");
    rule("permute-broadcast", build.permute(spread(row), 1, 0), "broadcast(row)");
    rule("map-broadcast", build.add(spread(row), spread(one)), "broadcast(add(row, broadcast(one)))");
    rule("map-broadcast", build.add(spread(row), constant(2)), "broadcast(add(row, 2))");
    rule("sign-of-broadcast", build.mul(x, spread(build.neg(row))), "neg(mul(broadcast(row), x))");
    rule("divide-by-broadcast", build.div(x, spread(row)), "mul(x, broadcast(div(1, row)))");
    rule("multiply-broadcasts", build.scale(build.mul(spread(row), x), 3), "mul(x, broadcast(mul(row, 3)))");
    rule("multiply-broadcasts", build.mul(build.mul(x, spread(row)), spread(one)),
        "mul(x, broadcast(mul(row, broadcast(one))))");
  }

  private void reductions() {
    rule("reduce-one", build.sum(build.reshape(row, Shape.of(4, 1)), List.of(1)), "reshape(reshape(row))");
    rule("reduce-reduce", build.sum(build.sum(cube, List.of(1)), List.of(0)), "sum(cube)");
    rule("reduce-broadcast", build.sum(spread(row), List.of(0)), "mul(row, 3)");
    rule("reduce-broadcast", build.sum(spread(row)), "mul(sum(row), 3)");
    rule("reduce-broadcast", build.reduce(Op.Reducer.MAX, spread(row), List.of(0)), "row");
    rule("reduce-broadcast", build.sum(build.spread(row, List.of(0), rows.shape()), List.of(0)),
        "mul(row, broadcast(to_float(size)))");
    rule("sum-permute", build.sum(build.permute(cube, 2, 0, 1), List.of(0)), "sum(cube)");
    rule("sum-permute", build.sum(build.permute(cube, 2, 1, 0), List.of(1)), "permute(sum(cube))");
    rule("sum-pad", build.sum(build.pad(x, 1, Dim.of(1), Dim.of(2), 1), List.of(1)), "sum(x)");
    rule("sum-factor", build.sum(build.neg(x), List.of(1)), "neg(sum(x))");
    rule("sum-factor", build.sum(build.scale(x, 2), List.of(1)), "mul(sum(x), 2)");
    rule("sum-factor", build.sum(build.mul(spread(row), x), List.of(0)), "mul(sum(x), row)");
  }

  private void products() {
    Node product = build.contract("bi,io->bo", rows, weight);
    Node flipped = floats("flipped", 5, 4);
    rule("product-permute", build.contract("bi,io->bo", rows, build.permute(flipped, 1, 0)), "contract(rows, flipped)");
    rule("permute-product", build.permute(product, 1, 0), "contract(rows, weight)");
    rule("product-broadcast", build.contract("mi,io->mo", spread(row), weight), "broadcast(contract(row, weight))");
    rule("product-broadcast", build.contract("bi,io->bo", build.constant(2, rows.shape()), weight),
        "broadcast(contract(2, sum(weight)))");
    rule("product-broadcast", build.contract("mi,mi->mi", spread(row), x), "contract(row, x)");
    rule("sum-product", build.sum(product, List.of(0)), "contract(sum(rows), weight)");
    rule("sum-product", build.sum(build.contract("mi,mi->mi", x, y), List.of(0)), "contract(x, y)");
    rule("product-elementwise", build.contract("i,mi->im", row, x), "mul(broadcast(row), permute(x))");
    rule("product-zero", build.contract("mi,io->mo", constant(0), weight), "0");
  }

  private void folds() {
    Node taps = floats("taps", 3);
    Node full = build.contract("mp,i->mpi", x, taps);
    rule("fold-product", build.fold(full, 1, Dim.of(6), 1, 1), "contract(window(pad(x)), slice(taps))");
    rule("fold-product", build.fold(full, 1, Dim.of(8), 1, 2), "contract(window(pad(x)), slice(taps))");
    rule("fold-product", build.fold(build.contract("i,mp->mpi", taps, x), 1, Dim.of(10), 2, 1),
        "fold(contract(slice(reshape(pad(taps))), window(pad(x))))");
    rule("fold-product", build.fold(full, 1, Dim.of(9), 2, 1),
        "slice(fold(contract(window(pad(x)), slice(reshape(pad(taps))))))");
    rule("fold-product", build.fold(full, 1, Dim.of(11), 2, 2), "contract(window(pad(x)), slice(taps))");
    Node plane = floats("plane", 2, 3, 4, 2);
    Node view = build.fold(plane, 2, Dim.of(9), 2, 1);
    rule("fold-fold", build.fold(view, 0, Dim.of(4), 1, 1), "fold(fold(plane))");
    Node other = build.fold(plane, 0, Dim.of(6), 3, 1);
    rule("fold-fold", build.fold(other, 1, Dim.of(5), 1, 1), "fold(fold(plane))");
    rule("fold-slice", build.fold(build.slice(view, 2, Dim.of(1), Dim.of(7), 1), 0, Dim.of(4), 1, 1),
        "slice(fold(fold(plane)))");
  }

  @TestFactory
  List<DynamicTest> rewrites() {
    collect();
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.rule() + ": " + c.after(), () -> check(c))).toList();
  }

  @Test
  void everyRuleHasACase() {
    collect();
    var names = Simplify.RULES.stream().map(Rule::name).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
    assertEquals(new HashSet<>(names), cases.stream().map(Case::rule).collect(Collectors.toSet()));
  }

  private void collect() {
    constants();
    algebra();
    views();
    crops();
    broadcasts();
    reductions();
    products();
    folds();
  }

  private void check(Case c) {
    Rule rule = Simplify.RULES.stream().filter(r -> r.name().equals(c.rule())).findFirst().orElseThrow();
    Node after = rule.rewrite().of(c.before(), node -> true);
    assertEquals(c.after(), after == null ? "null" : text(after));
    assertEquals(c.before().shape(), after.shape());
    assertEquals(c.before().element(), after.element());
    assertArrayEquals(value(c.before()), value(after), 1e-12);
  }

  private double[] value(Node node) {
    var graph = new Graph("g", List.of(new Graph.Output("y", node)), List.of());
    return Interpreter.evaluate(graph, new Bindings(inputs, Map.of(), Map.of("batch", 3L))).outputs().get("y").data();
  }

  /** An expression by names alone: {@code mul(x, 2)}. */
  private static String text(Node node) {
    if (node.op() instanceof Op.Input input) {
      return input.name();
    }
    if (node.op() instanceof Op.Constant c) {
      double value = c.values().get(0);
      return c.values().size() > 1 ? c.values().toString()
          : value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
    String operands = node.operands().stream().map(RulesTest::text).collect(Collectors.joining(", ", "(", ")"));
    return name(node) + (node.operands().isEmpty() ? "" : operands);
  }

  private static String name(Node node) {
    String name = node.op() instanceof Op.Map map ? map.function().name()
        : node.op() instanceof Op.Reduce reduce ? reduce.reducer().name() : node.op().getClass().getSimpleName();
    return name.toLowerCase(Locale.ROOT);
  }
}
