package dlv.tests.samples;

import static dlv.tests.samples.SampleInputs.rows;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Role;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The one table of small graphs for every primitive and every scalar function, which shape, interpreter, gradient,
 * simplification and device suites all run. A primitive that is missing here fails a test.
 *
 * <p>Names are {@code primitive/case}; cases with {@code rows} have the batch as their first axis.
 */
public final class OpSamples {
  private final long batch;
  private final List<Sample> samples = new ArrayList<>();

  private OpSamples(long batch) {
    this.batch = batch;
  }

  /** All samples, with a batch of {@code batch} where they have one. */
  public static List<Sample> all(long batch) {
    var table = new OpSamples(batch);
    table.leaves();
    table.scalars();
    table.reductions();
    table.products();
    table.layouts();
    table.margins();
    table.windows();
    table.places();
    return List.copyOf(table.samples);
  }

  /** All samples, with an odd batch. */
  public static List<Sample> all() {
    return all(5);
  }

  private void add(String name, Function<SampleInputs, Node> node) {
    var inputs = new SampleInputs(name, batch);
    samples.add(inputs.sample(node.apply(inputs)));
  }

  private void leaves() {
    add("input/alone", in -> in.floats("x", 3, 5));
    add("input/bytes", in -> in.build.map(Scalar.TO_FLOAT, in.bytes("x", rows(7))));
    add("state/weight", in -> in.build.add(in.floats("x", 4, 3),
        in.state("w", Role.WEIGHT, Element.FLOAT, 1.5, Shape.of(4, 3))));
    add("state/counter", in -> in.build.add(in.state("step", Role.COUNTER, Element.INT, 41, Shape.SCALAR),
        in.build.constant(1, Element.INT, Shape.SCALAR)));
    add("constant/table", in -> in.build.mul(in.floats("x", 2, 3), in.build.node(
        new Op.Constant(List.of(1.0, -2.0, 0.5, 3.0, 0.0, 7.25), Element.FLOAT, Shape.of(2, 3)))));
    add("constant/filled-rows", in -> in.build.add(in.floats("x", rows(3)), in.build.constant(0.75, rows(3))));
    add("size/batch", in -> in.build.div(in.build.sum(in.floats("x", rows(3))),
        in.build.map(Scalar.TO_FLOAT, in.build.size(rows(3).elements()))));
    add("index/odd", in -> in.build.index(Dim.of(13)));
    add("index/batch", in -> in.build.map(Scalar.TO_FLOAT, in.build.index(Dim.BATCH)));
    add("random/plain", in -> random(in, Shape.of(3, 7)));
    add("random/rows", in -> in.build.mul(in.floats("x", rows(9)), random(in, rows(9))));
    add("random/first", in -> in.build.node(new Op.Random(3, rows(9)),
        in.state("seed", Role.COUNTER, Element.INT, 7, Shape.SCALAR),
        in.state("step", Role.COUNTER, Element.INT, 12, Shape.SCALAR),
        in.state("first", Role.COUNTER, Element.INT, -5, Shape.SCALAR)));
  }

  private static Node random(SampleInputs in, Shape shape) {
    return in.build.node(new Op.Random(3, shape), in.state("seed", Role.COUNTER, Element.INT, 7, Shape.SCALAR),
        in.state("step", Role.COUNTER, Element.INT, 12, Shape.SCALAR));
  }

  private void scalars() {
    for (Scalar function : Scalar.values()) {
      String name = "map/" + function.name().toLowerCase(Locale.ROOT);
      add(name, in -> mapped(in, function, Shape.of(3, 7)));
      add(name + "-rows", in -> mapped(in, function, rows(2, 3)));
      add(name + "-scalar", in -> mapped(in, function, Shape.SCALAR));
    }
    for (Scalar function : List.of(Scalar.ADD, Scalar.SUB, Scalar.MUL, Scalar.MIN, Scalar.MAX, Scalar.EQ, Scalar.LT)) {
      add("map/" + function.name().toLowerCase(Locale.ROOT) + "-ints",
          in -> in.build.map(function, in.ints("a", -9, 9, rows(5)), in.ints("b", -9, 9, rows(5))));
    }
    for (Scalar function : List.of(Scalar.NEG, Scalar.ABS, Scalar.SIGN, Scalar.TO_FLOAT)) {
      add("map/" + function.name().toLowerCase(Locale.ROOT) + "-int",
          in -> in.build.map(function, in.ints("a", -9, 9, rows(5))));
    }
    add("map/select-ints", in -> in.build.select(in.bools("c", rows(5)), in.ints("a", -9, 9, rows(5)),
        in.ints("b", -9, 9, rows(5))));
    add("map/to_int-bool", in -> in.build.map(Scalar.TO_INT, in.bools("a", rows(5))));
    add("map/square", in -> {
      Node x = in.floats("x", rows(6));
      return in.build.mul(x, x);
    });
    add("map/large", in -> in.build.map(Scalar.TANH, in.build.mul(in.floats("x", rows(67)), in.floats("y", rows(67)))));
  }

  /** What is stored in bfloat16 is seen in 32 bits. */
  private static Node mapped(SampleInputs in, Scalar function, Shape shape) {
    Node result = in.build.map(function, arguments(in, function, shape));
    return function == Scalar.TO_BF16 ? in.build.map(Scalar.TO_FLOAT, result) : result;
  }

  private static Node narrow(SampleInputs in, String input, Shape shape) {
    return in.build.map(Scalar.TO_FLOAT, in.build.map(Scalar.TO_BF16, in.fixed(input, shape)));
  }

  /** Operands in the function's domain, away from its kinks. */
  private static Node[] arguments(SampleInputs in, Scalar function, Shape shape) {
    return switch (function) {
      case DIV -> new Node[] {in.floats("a", shape), in.positive("b", shape)};
      case POW -> new Node[] {in.positive("a", shape), in.floats("b", shape)};
      case LOG, LOG1P, SQRT, RSQRT -> new Node[] {in.positive("a", shape)};
      case SELECT -> new Node[] {in.bools("c", shape), in.floats("a", shape), in.floats("b", shape)};
      case DETACH, TO_BF16 -> new Node[] {in.fixed("a", shape)};
      case AND, OR -> new Node[] {in.bools("a", shape), in.bools("b", shape)};
      case NOT -> new Node[] {in.bools("a", shape)};
      case IDIV, IMOD -> new Node[] {in.ints("a", -20, 20, shape), in.ints("b", 1, 6, shape)};
      case EQ, NE -> new Node[] {in.ties("a", shape), in.ties("b", shape)};
      case ADD, SUB, MUL, MIN, MAX, LT, LE -> new Node[] {in.floats("a", shape), in.floats("b", shape)};
      case NEG, ABS, SIGN, FLOOR, EXP, EXPM1, SIN, COS, TANH, SIGMOID, RELU, SOFTPLUS, ERF, TO_FLOAT, TO_INT ->
          new Node[] {in.floats("a", shape)};
    };
  }

  private void reductions() {
    for (Op.Reducer reducer : Op.Reducer.values()) {
      String name = "reduce/" + reducer.name().toLowerCase(Locale.ROOT);
      add(name + "-last", in -> in.build.reduce(reducer, in.floats("x", 3, 7), List.of(1)));
      add(name + "-first", in -> in.build.reduce(reducer, in.floats("x", 5, 3), List.of(0)));
      add(name + "-outer-and-inner", in -> in.build.reduce(reducer, in.floats("x", 3, 4, 5), List.of(0, 2)));
      add(name + "-all", in -> in.build.reduce(reducer, in.floats("x", 3, 5), List.of(0, 1)));
      add(name + "-rows-last", in -> in.build.reduce(reducer, in.floats("x", rows(11)), List.of(1)));
      add(name + "-rows-images", in -> in.build.reduce(reducer, in.floats("x", rows(3, 4, 5)), List.of(2, 3)));
      add(name + "-over-rows", in -> in.build.reduce(reducer, in.floats("x", rows(7)), List.of(0)));
      add(name + "-rows-and-images", in -> in.build.reduce(reducer, in.floats("x", rows(2, 3, 3)), List.of(0, 2, 3)));
      add(name + "-single", in -> in.build.reduce(reducer, in.floats("x", rows(1)), List.of(1)));
    }
    add("reduce/sum-ints", in -> in.build.sum(in.ints("x", -9, 9, rows(5)), List.of(1)));
    add("reduce/max-ties", in -> in.build.reduce(Op.Reducer.MAX, in.ties("x", rows(9)), List.of(1)));
    add("reduce/logsumexp-far", in -> in.build.reduce(Op.Reducer.LOGSUMEXP,
        in.build.scale(in.floats("x", rows(6)), 200), List.of(1)));
    add("reduce/variance-far", in -> in.build.reduce(Op.Reducer.VARIANCE,
        in.build.add(in.floats("x", rows(6)), in.build.constant(100, rows(6))), List.of(1)));
  }

  private void products() {
    add("contract/rows-and-time-summed", in ->
        in.build.contract("bti,bto->io", in.floats("x", rows(19, 9)), in.floats("g", rows(19, 32))));
    add("contract/rows-and-time-summed-by-threes", in -> {
      Node all = in.build.contract("bti,btog->iog", in.floats("x", rows(8, 9)), in.floats("g", rows(8, 16, 3)));
      return in.build.reshape(in.build.slice(all, 2, Dim.ONE, Dim.ONE, 1), Shape.of(9 * 16));
    });
    add("contract/rows-and-time-summed-turned", in ->
        in.build.contract("bgtu,bti->gui", in.floats("g", rows(2, 8, 8)), in.floats("x", rows(8, 21))));
    add("contract/matrix", in -> in.build.contract("mk,kn->mn", in.floats("a", 3, 5), in.floats("b", 5, 4)));
    add("contract/transposed", in -> in.build.contract("km,nk->nm", in.floats("a", 5, 3), in.floats("b", 4, 5)));
    add("contract/dense", in -> in.build.contract("bi,io->bo", in.floats("a", rows(7)), in.floats("b", 7, 3)));
    add("contract/dense-input-gradient",
        in -> in.build.contract("bo,io->bi", in.floats("a", rows(3)), in.floats("b", 7, 3)));
    add("contract/dense-weight-gradient",
        in -> in.build.contract("bi,bo->io", in.floats("a", rows(7)), in.floats("b", rows(3))));
    add("contract/dense-large", in -> in.build.contract("bi,io->bo", in.floats("a", rows(37)), in.floats("b", 37, 19)));
    add("contract/shared", in -> in.build.contract("bthe,bshe->bhts", in.floats("a", rows(3, 2, 4)),
        in.floats("b", rows(5, 2, 4))));
    add("contract/dot", in -> in.build.contract("bi,bi->b", in.floats("a", rows(6)), in.floats("b", rows(6))));
    add("contract/all", in -> in.build.contract("ij,ij->", in.floats("a", 3, 4), in.floats("b", 3, 4)));
    add("contract/vector", in -> in.build.contract("bi,i->b", in.floats("a", rows(6)), in.floats("b", 6)));
    add("contract/outer", in -> in.build.contract("i,j->ji", in.floats("a", 3), in.floats("b", 4)));
    add("contract/grouped", in -> in.build.contract("bgci,goc->bgoi", in.floats("a", rows(2, 3, 4)),
        in.floats("b", 2, 5, 3)));
    add("contract/one", in -> in.build.contract("bi,io->bo", in.floats("a", rows(1)), in.floats("b", 1, 1)));
    add("contract/square", in -> {
      Node x = in.floats("x", rows(4));
      return in.build.contract("bi,bi->b", x, x);
    });
    add("contract/convolution", in -> convolution(in, 5, 3, 1, 1));
    add("contract/convolution-strided", in -> convolution(in, 7, 3, 2, 1));
    add("contract/convolution-dilated", in -> convolution(in, 7, 3, 1, 2));
    add("contract/convolution-strided-dilated", in -> convolution(in, 9, 2, 3, 2));
    add("contract/convolution-patches", in -> convolution(in, 6, 2, 2, 1));
    add("contract/convolution-uncovered", in -> convolution(in, 8, 3, 2, 1));
    add("contract/narrow", in -> in.build.contract("mk,kn->mn", narrow(in, "a", Shape.of(3, 5)),
        narrow(in, "b", Shape.of(5, 4))));
    add("contract/narrow-dense", in -> in.build.contract("bi,io->bo", narrow(in, "a", rows(7)),
        narrow(in, "b", Shape.of(7, 3))));
    add("contract/narrow-dense-weight-gradient", in -> in.build.contract("bi,bo->io", narrow(in, "a", rows(7)),
        narrow(in, "b", rows(3))));
    add("contract/narrow-convolution", in -> in.build.contract("bcpiqj,ocij->bopq",
        windows(in.build, narrow(in, "x", rows(2, 6, 7)), 3, 1, 1), narrow(in, "k", Shape.of(3, 2, 3, 3))));
    add("contract/depthwise", in -> {
      Node windows = windows(in.build, in.floats("x", rows(3, 6, 5)), 3, 1, 1);
      return in.build.contract("bcpiqj,cij->bcpq", windows, in.floats("k", 3, 3, 3));
    });
    add("contract/transposed-convolution", in -> {
      Node spread = in.build.contract("bopq,ocij->bcpiqj", in.floats("x", rows(3, 3, 4)), in.floats("k", 3, 2, 3, 3));
      Node columns = in.build.fold(spread, 4, Dim.of(9), 2, 1);
      return in.build.fold(columns, 2, Dim.of(7), 2, 1);
    });
    add("contract/transposed-convolution-cut", in -> {
      Node spread = in.build.contract("bopq,ocij->bcpiqj", in.floats("x", rows(3, 3, 4)), in.floats("k", 3, 2, 4, 4));
      Node columns = in.build.fold(spread, 4, Dim.of(11), 2, 1);
      Node whole = in.build.fold(columns, 2, Dim.of(8), 2, 1);
      return in.build.slice(in.build.slice(whole, 2, Dim.of(1), Dim.of(6), 1), 3, Dim.of(1), Dim.of(9), 1);
    });
  }

  /** Windows along axes 2 and 3: {@code [b, c, p, i, q, j]}. */
  private static Node windows(Build build, Node x, long size, long stride, long dilation) {
    return build.window(build.window(x, 2, Dim.of(size), stride, dilation), 4, Dim.of(size), stride, dilation);
  }

  private static Node convolution(SampleInputs in, long n, long size, long stride, long dilation) {
    Node windows = windows(in.build, in.floats("x", rows(2, n, n + 1)), size, stride, dilation);
    return in.build.contract("bcpiqj,ocij->bopq", windows, in.floats("k", 3, 2, size, size));
  }

  private void layouts() {
    add("reshape/merge", in -> in.build.reshape(in.floats("x", rows(3, 4)), rows(12)));
    add("reshape/split", in -> in.build.reshape(in.floats("x", rows(12)), rows(2, 1, 6)));
    add("reshape/mix", in -> in.build.reshape(in.floats("x", 4, 6), Shape.of(3, 8)));
    add("permute/matrix", in -> in.build.permute(in.floats("x", 3, 5), 1, 0));
    add("permute/cycle", in -> in.build.permute(in.floats("x", 2, 3, 4, 2), 3, 1, 0, 2));
    add("permute/rows", in -> in.build.permute(in.floats("x", rows(3, 5)), 0, 2, 1));
    add("permute/rows-last", in -> in.build.permute(in.floats("x", rows(3, 5)), 2, 1, 0));
    add("broadcast/bias", in -> in.build.spread(in.floats("x", 3), List.of(0, 2), rows(3, 4)));
    add("broadcast/scalar", in -> in.build.fill(in.floats("x", Shape.SCALAR), rows(3)));
    add("broadcast/last", in -> in.build.spread(in.floats("x", rows(3)), List.of(2), rows(3, 5)));
    add("broadcast/ints", in -> in.build.spread(in.ints("x", 0, 9, Shape.of(3)), List.of(0), rows(3)));
    add("concat/last", in -> in.build.concat(1,
        Arrays.asList(in.floats("a", rows(3)), in.floats("b", rows(1)), in.floats("c", rows(4)))));
    add("concat/middle", in -> in.build.concat(1,
        Arrays.asList(in.floats("a", rows(3, 2)), in.floats("b", rows(2, 2)))));
    add("concat/twice", in -> {
      Node x = in.floats("x", 3, 2);
      return in.build.concat(0, Arrays.asList(x, x));
    });
    add("concat/arena", in -> in.build.concat(0, Arrays.asList(in.build.reshape(in.floats("a", 3, 4), Shape.of(12)),
        in.floats("b", 5), in.build.reshape(in.floats("c", 2, 2), Shape.of(4)))));
  }

  private void margins() {
    add("slice/inner", in -> in.build.slice(in.floats("x", rows(7)), 1, Dim.of(2), Dim.of(3), 1));
    add("slice/step", in -> in.build.slice(in.floats("x", rows(9)), 1, Dim.of(1), Dim.of(3), 3));
    add("slice/reverse", in -> in.build.slice(in.floats("x", rows(5)), 1, Dim.of(4), Dim.of(5), -1));
    add("slice/reverse-step", in -> in.build.slice(in.floats("x", rows(9)), 1, Dim.of(7), Dim.of(3), -3));
    add("slice/middle-axis", in -> in.build.slice(in.floats("x", 3, 6, 2), 1, Dim.of(1), Dim.of(4), 1));
    add("slice/arena", in -> in.build.reshape(in.build.slice(in.floats("x", 50), 0, Dim.of(7), Dim.of(12), 1),
        Shape.of(3, 4)));
    add("slice/several", in -> {
      Node x = in.floats("x", 20);
      Node head = in.build.slice(x, 0, Dim.of(2), Dim.of(5), 1);
      Node tail = in.build.slice(x, 0, Dim.of(11), Dim.of(5), 1);
      return in.build.mul(head, in.build.map(Scalar.TANH, tail));
    });
    add("pad/both", in -> in.build.pad(in.floats("x", rows(4)), 1, Dim.of(2), Dim.of(1), 0));
    add("pad/interior", in -> in.build.pad(in.floats("x", rows(4)), 1, Dim.ZERO, Dim.of(1), 2));
    add("pad/image", in -> in.build.pad(in.build.pad(in.floats("x", rows(2, 3, 4)), 2, Dim.of(1), Dim.of(1), 0), 3,
        Dim.of(2), Dim.of(2), 0));
    add("pad/rows-of-matrix", in -> in.build.pad(in.floats("x", 3, 2), 0, Dim.of(1), Dim.of(2), 0));
  }

  private void windows() {
    add("window/plain", in -> in.build.window(in.floats("x", rows(7)), 1, Dim.of(3), 1, 1));
    add("window/strided", in -> in.build.window(in.floats("x", rows(8)), 1, Dim.of(3), 2, 1));
    add("window/dilated", in -> in.build.window(in.floats("x", rows(9)), 1, Dim.of(3), 1, 3));
    add("window/apart", in -> in.build.window(in.floats("x", rows(9)), 1, Dim.of(2), 4, 1));
    add("window/one", in -> in.build.window(in.floats("x", rows(7)), 1, Dim.ONE, 2, 1));
    add("window/image", in -> windows(in.build, in.floats("x", rows(2, 5, 6)), 2, 1, 1));
    add("window/mean-pool", in -> in.build.scale(
        in.build.sum(windows(in.build, in.floats("x", rows(2, 5, 6)), 2, 2, 1), List.of(3, 5)), 0.25));
    add("window/max-pool", in -> in.build.reduce(Op.Reducer.MAX,
        windows(in.build, in.floats("x", rows(2, 4, 6)), 2, 2, 1), List.of(3, 5)));
    add("window/max-pool-overlap", in -> in.build.reduce(Op.Reducer.MAX,
        windows(in.build, in.floats("x", rows(2, 5, 7)), 3, 2, 1), List.of(3, 5)));
    add("window/padded", in -> in.build.window(
        in.build.pad(in.floats("x", rows(5)), 1, Dim.of(2), Dim.of(2), 0), 1, Dim.of(5), 1, 1));
    add("fold/overlap", in -> in.build.fold(in.floats("x", rows(5, 3)), 1, Dim.of(7), 1, 1));
    add("fold/strided", in -> in.build.fold(in.floats("x", rows(3, 3)), 1, Dim.of(8), 2, 1));
    add("fold/dilated", in -> in.build.fold(in.floats("x", rows(3, 3)), 1, Dim.of(9), 1, 3));
    add("fold/view", in -> in.build.fold(in.floats("x", rows(3, 2)), 1, Dim.of(6), 2, 1));
    add("fold/gaps", in -> in.build.fold(in.floats("x", rows(2, 2)), 1, Dim.of(9), 5, 1));
    add("fold/image", in -> in.build.fold(in.build.fold(in.floats("x", rows(2, 3, 2, 4, 2)), 4, Dim.of(5), 1, 1), 2,
        Dim.of(6), 2, 1));
  }

  private void places() {
    add("top/first", in -> in.build.top(in.floats("x", rows(9)), 1));
    add("top/three", in -> in.build.top(in.floats("x", rows(2, 7)), 3));
    add("top/ties", in -> in.build.top(in.ties("x", rows(9)), 4));
    add("top/many", in -> in.build.top(in.ties("x", rows(2, 60)), 20));
    add("top/long", in -> in.build.top(in.floats("x", 700), 20));
    add("top/of-neither", in -> in.build.top(in.build.map(Scalar.LOG, in.ties("x", rows(9))), 5));
    add("top/all", in -> in.build.top(in.floats("x", 5), 5));
    add("gather/rows-of-table", in -> in.build.gather(in.floats("x", 11, 3), in.ints("at", 0, 11, rows()), 0));
    add("gather/sequence", in -> in.build.gather(in.floats("x", 11, 3), in.ints("at", 0, 11, rows(4)), 0));
    add("gather/clamped", in -> in.build.gather(in.floats("x", 4, 3), in.ints("at", -3, 8, rows(6)), 0));
    add("gather/shared", in -> in.build.gather(in.floats("x", rows(6, 2)), in.ints("at", 0, 6, rows(4)), 1));
    add("gather/one-each", in -> in.build.gather(in.floats("x", rows(6)), in.ints("at", 0, 6, rows()), 1));
    add("gather/bytes", in -> in.build.map(Scalar.TO_FLOAT,
        in.build.gather(in.bytes("x", Shape.of(9, 2, 3)), in.ints("at", 0, 9, rows()), 0)));
    add("scatter/rows-of-table", in -> in.build.scatterAdd(in.floats("base", 5, 3), in.ints("at", 0, 5, rows()),
        in.floats("v", rows(3)), 0));
    add("scatter/sequence", in -> in.build.scatterAdd(in.build.constant(0, Shape.of(6, 2)),
        in.ints("at", 0, 6, rows(3)), in.floats("v", rows(3, 2)), 0));
    add("scatter/sequence-of-vectors", in -> in.build.scatterAdd(in.floats("base", 6, 3, 16),
        in.ints("at", -1, 7, rows(5)), in.floats("x", rows(5, 3, 16)), 0));
    add("scatter/many-rows", in -> in.build.scatterAdd(in.build.constant(0, Shape.of(2100, 16)),
        in.ints("at", 0, 2100, rows()), in.floats("x", rows(16)), 0));
    add("scatter/clamped", in -> in.build.scatterAdd(in.floats("base", 4), in.ints("at", -3, 8, Shape.of(9)),
        in.floats("v", 9), 0));
    add("scatter/shared", in -> in.build.scatterAdd(in.floats("base", rows(4, 2)), in.ints("at", 0, 4, rows(3)),
        in.floats("v", rows(3, 2)), 1));
  }
}
