package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import java.util.List;
import java.util.Optional;

/** Reductions over axes, which are named or counted; without {@code over} over all. */
final class Reductions {
  /** Below what a maximum or a sum of exponentials can see. */
  static final double LEAST = -1e30;

  private Reductions() {}

  static List<Primitive> all() {
    return List.of(
        Primitive.of("sum", "x over?", call -> reduce(call, call.floats("x"), Op.Reducer.SUM)),
        Primitive.of("max", "x over?", call -> reduce(call, call.floats("x"), Op.Reducer.MAX)),
        Primitive.of("min", "x over?", Reductions::min),
        Primitive.of("logsumexp", "x over?", call -> reduce(call, call.floats("x"), Op.Reducer.LOGSUMEXP)),
        Primitive.of("mean", "x over?", Reductions::mean),
        Primitive.of("variance", "x over? correction?", Reductions::variance));
  }

  private static Value.Tensor reduce(Arguments call, Value.Tensor x, Op.Reducer reducer) {
    List<Integer> axes = call.axes("over", x);
    double neutral = reducer == Op.Reducer.SUM ? 0 : LEAST;
    Node node = call.build().reduce(reducer, call.real().masked(x, axes, neutral).node(), axes);
    return new Value.Tensor(node, Arguments.without(x, axes), Optional.empty());
  }

  private static Value min(Arguments call) {
    Build build = call.build();
    Value.Tensor x = call.floats("x");
    Value.Tensor most = reduce(call, new Value.Tensor(build.neg(x.node()), x.declared(), x.categories()),
        Op.Reducer.MAX);
    return new Value.Tensor(build.neg(most.node()), most.declared(), Optional.empty());
  }

  private static Dim count(Value.Tensor x, List<Integer> axes) {
    return axes.stream().map(x.shape()::dim).reduce(Dim.ONE, Dim::times);
  }

  private static Value mean(Arguments call) {
    Value.Tensor x = call.floats("x");
    Value.Tensor sum = reduce(call, x, Op.Reducer.SUM);
    List<Integer> axes = call.axes("over", x);
    Optional<Node> real = call.real().count(x, axes);
    Build build = call.build();
    if (real.isPresent()) {
      return new Value.Tensor(build.div(sum.node(), build.fill(real.get(), sum.shape())), sum.declared(),
          Optional.empty());
    }
    Dim n = count(x, axes);
    Node mean = n.isConstant() ? build.scale(sum.node(), 1.0 / n.value())
        : build.div(sum.node(), build.fill(build.map(Scalar.TO_FLOAT, build.size(n)), sum.shape()));
    return new Value.Tensor(n.is(1) ? sum.node() : mean, sum.declared(), Optional.empty());
  }

  private static Value variance(Arguments call) {
    Value.Tensor x = call.floats("x");
    List<Integer> axes = call.axes("over", x);
    Build build = call.build();
    Optional<Node> real = call.real().count(x, axes);
    if (real.isPresent()) {
      return variance(call, x, axes, real.get());
    }
    Node biased = axes.isEmpty() ? build.constant(0, x.shape()) : build.reduce(Op.Reducer.VARIANCE, x.node(), axes);
    Value.Tensor variance = new Value.Tensor(biased, Arguments.without(x, axes), Optional.empty());
    double correction = call.number("correction", 0);
    if (correction == 0) {
      return variance;
    }
    Dim n = count(x, axes);
    if (n.isConstant() && n.value() <= correction) {
      throw call.error("range", "a variance of " + n + " numbers cannot have a correction of "
          + new Value.Real(correction).text());
    }
    Node size = n.isConstant() ? build.constant(n.value(), dlv.compiler.type.Shape.SCALAR)
        : build.map(Scalar.TO_FLOAT, build.size(n));
    Node factor = build.div(size, build.sub(size, build.constant(correction, dlv.compiler.type.Shape.SCALAR)));
    return new Value.Tensor(build.mul(biased, build.fill(factor, variance.shape())), variance.declared(),
        Optional.empty());
  }

  /** Mean square distance from the mean, both over the {@code n} real elements alone. */
  private static Value variance(Arguments call, Value.Tensor x, List<Integer> axes, Node n) {
    Build build = call.build();
    Value.Tensor mean = (Value.Tensor) mean(call);
    Node distance = build.sub(x.node(), build.spread(mean.node(), axes, x.shape()));
    Value.Tensor square = new Value.Tensor(build.mul(distance, distance), x.declared(), Optional.empty());
    Node sum = build.sum(call.real().masked(square, axes, 0).node(), axes);
    Node divisor = build.sub(n, build.constant(call.number("correction", 0), dlv.compiler.type.Shape.SCALAR));
    return new Value.Tensor(build.div(sum, build.fill(divisor, sum.shape())), mean.declared(), Optional.empty());
  }
}
