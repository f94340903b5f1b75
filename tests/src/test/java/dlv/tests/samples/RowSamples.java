package dlv.tests.samples;

import static dlv.tests.samples.SampleInputs.rows;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.List;
import java.util.function.Function;

/** Graphs whose inputs and outputs have long rows, which lie as the host writes and reads them. */
public final class RowSamples {
  private RowSamples() {}

  /** All of them, for a batch of so many. */
  public static List<Sample> all(long batch) {
    return List.of(
        sample("rows/product", batch,
            in -> in.build.contract("bi,io->bo", in.floats("x", rows(80)), in.floats("w", 80, 70))),
        sample("rows/large product", batch,
            in -> in.build.contract("bi,io->bo", in.floats("x", rows(1024)), in.floats("w", 1024, 64))),
        sample("rows/wide product", batch,
            in -> in.build.contract("bi,io->bo", in.floats("x", rows(240)), in.floats("w", 240, 283))),
        sample("rows/convolution", batch, in -> convolution(in, in.floats("x", rows(2, 6, 20)), 4)),
        sample("rows/short lines", batch, in -> convolution(in, in.floats("x", rows(8, 5, 4)), 3)),
        sample("rows/summed over time", batch,
            in -> in.build.contract("bti,btgo->igo", in.floats("x", rows(11, 37)), in.floats("g", rows(11, 4, 120)))),
        sample("rows/gates", batch, RowSamples::gates),
        sample("rows/bytes", batch, in -> in.build.contract("bi,io->bo",
            in.build.map(Scalar.TO_FLOAT, in.bytes("x", rows(96))), in.floats("w", 96, 5))),
        sample("rows/overlapping maximum", batch, in -> in.build.reduce(Op.Reducer.MAX,
            in.build.window(in.floats("x", rows(3, 33)), 2, Dim.of(3), 2, 1), List.of(3))),
        sample("rows/distance from the maximum", batch, RowSamples::distances),
        sample("rows/far from zero", batch, RowSamples::spread),
        sample("rows/elementwise", batch, in -> elementwise(in, rows(3, 40))));
  }

  /** An elementwise result of so many elements an example. */
  public static Sample elementwise(long batch, long elements) {
    return sample("rows/long", batch, in -> elementwise(in, rows(1, elements)));
  }

  /** Gradients of weights and of a bias, over one more than their squares' sum: a vector of 19,043 made of parts. */
  public static Sample gradients(long batch) {
    return sample("rows/gradients", batch, in -> {
      Build build = in.build;
      Node g = in.floats("g", rows(137));
      Node weights = build.contract("bi,bo->io", in.floats("x", rows(138)), g);
      Node all = build.concat(0, List.of(build.reshape(weights, Shape.of(137 * 138)), build.sum(g, List.of(0))));
      Node square = build.sum(build.mul(all, all), List.of(0));
      return build.div(all, build.fill(build.add(square, build.constant(1, Shape.SCALAR)), all.shape()));
    });
  }

  /** Six channels of 5x7 less the mean of their group of three, over its deviation: rows seen in another shape. */
  public static Sample groups(long batch) {
    return sample("rows/groups", batch, in -> {
      Build build = in.build;
      Node x = in.floats("x", rows(6, 5, 7));
      Node groups = build.reshape(x, rows(2, 105));
      Node mean = build.mul(build.sum(groups, List.of(2)), build.constant(1 / 105.0, rows(2)));
      Node variance = build.add(build.reduce(Op.Reducer.VARIANCE, groups, List.of(2)), build.constant(0.1, rows(2)));
      Node normal = build.mul(build.sub(groups, build.spread(mean, List.of(2), groups.shape())),
          build.spread(build.map(Scalar.RSQRT, variance), List.of(2), groups.shape()));
      return build.mul(build.reshape(normal, x.shape()),
          build.spread(in.floats("scale", 6), List.of(0, 2, 3), x.shape()));
    });
  }

  private static Sample sample(String name, long batch, Function<SampleInputs, Node> result) {
    var in = new SampleInputs(name, batch);
    return in.sample(result.apply(in));
  }

  /** 3x3 over a margin of one, then a function. */
  private static Node convolution(SampleInputs in, Node x, long results) {
    Build build = in.build;
    Node padded = build.pad(build.pad(x, 2, Dim.ONE, Dim.ONE, 0), 3, Dim.ONE, Dim.ONE, 0);
    Node windows = build.window(build.window(padded, 2, Dim.of(3), 1, 1), 4, Dim.of(3), 1, 1);
    Node kernel = in.floats("k", Shape.of(results, x.dim(1).value(), 3, 3));
    return build.map(Scalar.TANH, build.contract("ocij,bchiwj->bohw", kernel, windows));
  }

  /** A product whose last axis is short, and one of which each of those places goes its own way. */
  private static Node gates(SampleInputs in) {
    Build build = in.build;
    Node x = in.floats("x", rows(256));
    Node one = build.contract("bi,ing->bng", x, in.floats("w", 256, 64, 4));
    Node other = build.contract("bi,ing->bng", x, in.floats("u", 256, 64, 4));
    Node open = build.map(Scalar.SIGMOID, build.slice(other, 2, Dim.ZERO, Dim.ONE, 1));
    Node value = build.mul(open, build.slice(other, 2, Dim.of(3), Dim.ONE, 1));
    return build.add(one, build.spread(build.reshape(value, rows(64)), List.of(2), one.shape()));
  }

  private static Node distances(SampleInputs in) {
    Node x = in.floats("x", rows(640));
    Node most = in.build.reduce(Op.Reducer.MAX, x, List.of(1));
    return in.build.sub(in.build.spread(most, List.of(1), x.shape()), x);
  }

  /** The variance of many numbers about 100, in parts of their sum. */
  private static Node spread(SampleInputs in) {
    Shape shape = rows(3, 4, 8);
    Node x = in.build.add(in.floats("x", shape), in.build.constant(100, shape));
    Node variance = in.build.reduce(Op.Reducer.VARIANCE, x, List.of(0, 2, 3));
    return in.build.div(variance, in.build.sum(x, List.of(0, 2, 3)));
  }

  private static Node elementwise(SampleInputs in, Shape shape) {
    Node x = in.floats("x", shape);
    Node sum = in.build.add(in.build.mul(x, in.floats("y", shape)),
        in.build.spread(in.floats("c", Shape.of(shape.dim(2).value())), List.of(0, 1), shape));
    return in.build.map(Scalar.RELU, sum);
  }
}
