package dlv.tests.samples;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
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
import java.util.List;
import java.util.Map;

/** Whole training steps built by hand, as lowering would make them. */
public final class SampleGraphs {
  private SampleGraphs() {}

  /**
   * One Adam step of LeNet-5 on resident images, with its derivative still to be taken. The batch keeps its name;
   * {@code rows} is the number of images; outputs are {@code loss} and {@code accuracy}. States: {@code net},
   * {@code net.m}, {@code net.v} (arenas of 61,706 floats) and {@code step}.
   */
  public static Graph lenet5(long rows) {
    return new LeNet5(rows).step();
  }

  /** The same, differentiated and simplified. */
  public static Graph lenet5Step(long rows) {
    return Passes.run(lenet5(rows));
  }

  /** The same with a number for the batch. */
  public static Graph lenet5Step(long rows, long batch) {
    return Passes.run(lenet5(rows).substitute(Map.of("batch", Dim.of(batch))));
  }

  private static final class LeNet5 {
    private static final long[][] WEIGHTS = {
        {6, 1, 5, 5}, {6}, {16, 6, 5, 5}, {16}, {400, 120}, {120}, {120, 84}, {84}, {84, 10}, {10}};

    private final long rows;
    private final Node arena;
    private final List<Node> weights = new ArrayList<>();
    private final Node step = at("").node(new Op.State("step", Role.COUNTER, Element.INT, Shape.SCALAR, 0));

    LeNet5(long rows) {
      this.rows = rows;
      long total = 0;
      for (long[] shape : WEIGHTS) {
        total += Shape.of(shape).elements().value();
      }
      arena = arena("net", Role.WEIGHT, total);
      long start = 0;
      for (long[] shape : WEIGHTS) {
        long size = Shape.of(shape).elements().value();
        Build build = at("net");
        weights.add(build.reshape(build.slice(arena, 0, Dim.of(start), Dim.of(size), 1), Shape.of(shape)));
        start += size;
      }
    }

    private static Build at(String path) {
      return new Build(new Origin(path, null));
    }

    private static Node arena(String path, Role role, long size) {
      return at(path).node(new Op.State(path, role, Element.FLOAT, Shape.of(size), 0));
    }

    /** This step's rows of a resident tensor: the next {@code batch} of the order, from the front again at its end. */
    private Node taken(String name, Shape row) {
      Build build = at("data");
      Node order = build.node(new Op.Input("digits.order", Element.INT, Shape.of(rows)));
      Node batch = build.size(Dim.BATCH);
      Node turns = build.map(Scalar.IDIV, build.constant(rows, Element.INT, Shape.SCALAR), batch);
      Node start = build.mul(build.map(Scalar.IMOD, step, turns), batch);
      Node places = build.add(build.fill(start, Shape.of(Dim.BATCH)), build.index(Dim.BATCH));
      Node data = build.node(new Op.Input(name, Element.BYTE, Shape.of(rows).concat(row)));
      return build.gather(data, build.gather(order, places, 0), 0);
    }

    private static Node bias(Build build, Node x, Node b) {
      return build.add(x, build.spread(b, x.rank() == 4 ? List.of(0, 2, 3) : List.of(0), x.shape()));
    }

    private static Node convolution(String path, Node x, Node kernel, Node bias) {
      Build build = at(path);
      Node windows = build.window(build.window(x, 2, Dim.of(5), 1, 1), 4, Dim.of(5), 1, 1);
      Node product = build.contract("bcpqij,ocij->bopq", build.permute(windows, 0, 1, 2, 4, 3, 5), kernel);
      return build.map(Scalar.TANH, bias(build, product, bias));
    }

    private static Node pool(String path, Node x) {
      Build build = at(path);
      Node windows = build.window(build.window(x, 2, Dim.of(2), 2, 1), 4, Dim.of(2), 2, 1);
      return build.scale(build.sum(build.permute(windows, 0, 1, 2, 4, 3, 5), List.of(4, 5)), 0.25);
    }

    private static Node dense(String path, Node x, Node weight, Node bias) {
      return bias(at(path), at(path).contract("bi,io->bo", x, weight), bias);
    }

    private Node logits() {
      Build build = at("data");
      Node bytes = taken("digits.image", Shape.of(1, 28, 28));
      Node image = build.scale(build.map(Scalar.TO_FLOAT, bytes), 1 / 255.0);
      Build padding = at("net.conv2d1");
      Node padded = padding.pad(padding.pad(image, 2, Dim.of(2), Dim.of(2), 0), 3, Dim.of(2), Dim.of(2), 0);
      Node first = pool("net.avgpool1", convolution("net.conv2d1", padded, weights.get(0), weights.get(1)));
      Node second = pool("net.avgpool2", convolution("net.conv2d2", first, weights.get(2), weights.get(3)));
      Node flat = at("net.flatten").reshape(second, Shape.of(Dim.BATCH, Dim.of(400)));
      Node f = at("net.dense1").map(Scalar.TANH, dense("net.dense1", flat, weights.get(4), weights.get(5)));
      Node h = at("net.dense2").map(Scalar.TANH, dense("net.dense2", f, weights.get(6), weights.get(7)));
      return dense("net.dense3", h, weights.get(8), weights.get(9));
    }

    private Node mean(Build build, Node x) {
      Node count = build.map(Scalar.TO_FLOAT, build.size(x.shape().elements()));
      return build.div(build.sum(x), count);
    }

    Graph step() {
      Node logits = logits();
      Build build = at("loss");
      Shape table = logits.shape();
      Node label = build.map(Scalar.TO_INT, taken("digits.label", Shape.SCALAR));
      Node hot = build.map(Scalar.TO_FLOAT, build.map(Scalar.EQ,
          build.spread(build.index(Dim.of(10)), List.of(0), table), build.spread(label, List.of(1), table)));
      Node picked = build.sum(build.mul(hot, logits), List.of(1));
      Node loss = mean(build, build.sub(build.reduce(Op.Reducer.LOGSUMEXP, logits, List.of(1)), picked));
      Node best = build.reshape(build.top(logits, 1), label.shape());
      Node accuracy = mean(build, build.map(Scalar.TO_FLOAT, build.map(Scalar.EQ, best, label)));
      var outputs = List.of(new Graph.Output("loss", loss), new Graph.Output("accuracy", accuracy));
      return new Graph("lenet5.step", outputs, adam(build.derivative(loss, arena)));
    }

    /** Adam (Kingma and Ba, 2014) over the arena: rate 0.001, moments 0.9 and 0.999. */
    private List<Graph.Update> adam(Node gradient) {
      Build build = at("adam");
      long size = arena.dim(0).value();
      Node m = arena("net.m", Role.OPTIMISER, size);
      Node v = arena("net.v", Role.OPTIMISER, size);
      Node next = build.add(step, build.constant(1, Element.INT, Shape.SCALAR));
      Node mean = build.add(build.scale(m, 0.9), build.scale(gradient, 0.1));
      Node square = build.add(build.scale(v, 0.999), build.scale(build.mul(gradient, gradient), 0.001));
      Node t = build.map(Scalar.TO_FLOAT, next);
      Node rate = build.div(build.constant(0.001, Shape.SCALAR), correction(build, 0.9, t));
      Node scaled = build.div(square, build.fill(correction(build, 0.999, t), arena.shape()));
      Node down = build.add(build.map(Scalar.SQRT, scaled), build.constant(1e-8, arena.shape()));
      Node change = build.div(build.mul(mean, build.fill(rate, arena.shape())), down);
      return List.of(update(arena, build.sub(arena, change)), update(m, mean), update(v, square),
          update(step, next));
    }

    private static Node correction(Build build, double beta, Node t) {
      Node power = build.map(Scalar.POW, build.constant(beta, Shape.SCALAR), t);
      return build.sub(build.constant(1, Shape.SCALAR), power);
    }

    private static Graph.Update update(Node state, Node next) {
      return new Graph.Update((Op.State) state.op(), next);
    }
  }
}
