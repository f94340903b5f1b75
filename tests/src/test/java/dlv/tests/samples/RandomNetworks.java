package dlv.tests.samples;

import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Role;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Networks that nobody wrote: a seed decides layers, sizes, strides, branches and norms; every second one is a
 * training step with an update of its arena of weights. Derivatives are still to be taken.
 */
public final class RandomNetworks {
  private static final Scalar[] ACTIVATIONS = {
      Scalar.TANH, Scalar.SIGMOID, Scalar.SOFTPLUS, Scalar.SIN, Scalar.ERF, Scalar.RELU};

  private final Random random;
  private final Node arena;
  private final Build build = new Build(Origin.NONE);
  private long used;

  private RandomNetworks(long seed, long weights) {
    this.random = new Random(seed);
    this.arena = build.node(new Op.State("net", Role.WEIGHT, Element.FLOAT, Shape.of(weights), 0));
  }

  /** The network of a seed, with values for a batch of {@code batch}. */
  public static Sample of(long seed, long batch) {
    var counted = new RandomNetworks(seed, 1 << 24);
    counted.graph(seed);
    var network = new RandomNetworks(seed, Math.max(1, counted.used));
    Graph graph = network.graph(seed);
    var values = new Random(seed + 1);
    var inputs = new HashMap<String, Array>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Input input) {
        long[] shape = input.shape().substitute(Map.of("batch", Dim.of(batch))).values();
        int n = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        inputs.put(input.name(), Array.floats(values.doubles(n, -1.5, 1.5).toArray(), shape));
      }
    }
    int n = Math.toIntExact(network.arena.dim(0).value());
    var states = Map.of("net", Array.floats(values.doubles(n, -0.6, 0.6).toArray(), n));
    return new Sample("network/" + seed, graph, new Bindings(inputs, states, Map.of("batch", batch)), List.of());
  }

  private Graph graph(long seed) {
    boolean images = random.nextInt(3) > 0;
    Node x = build.node(new Op.Input("x", Element.FLOAT,
        images ? SampleInputs.rows(size(1, 3), size(5, 9), size(5, 9)) : SampleInputs.rows(size(2, 9))));
    int layers = 2 + random.nextInt(4);
    for (int i = 0; i < layers; i++) {
      x = x.rank() == 4 ? imageLayer(x) : vectorLayer(x);
    }
    if (x.rank() == 4) {
      x = build.reshape(x, Shape.of(Dim.BATCH, x.shape().range(1, 4).elements()));
    }
    Node y = dense(x, size(2, 6));
    var outputs = List.of(new Graph.Output("y", y), new Graph.Output("loss", loss(y)));
    var updates = new ArrayList<Graph.Update>();
    if (seed % 2 == 0 && used > 0) {
      Node gradient = build.derivative(outputs.get(1).node(), arena);
      updates.add(new Graph.Update((Op.State) arena.op(), build.sub(arena, build.scale(gradient, 0.1))));
    }
    return new Graph("network" + seed, outputs, updates);
  }

  private long size(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  private Node weight(long... shape) {
    long n = Shape.of(shape).elements().value();
    Node view = build.reshape(build.slice(arena, 0, Dim.of(used), Dim.of(n), 1), Shape.of(shape));
    used += n;
    return view;
  }

  /** {@code x + w} or {@code x · w} with a weight for each element of axis 1. */
  private Node channelwise(Scalar function, Node x) {
    Node w = weight(x.dim(1).value());
    return build.map(function, x, build.spread(w, Build.axesWithout(x.rank(), List.of(1)), x.shape()));
  }

  private Node activation(Node x) {
    return build.map(ACTIVATIONS[random.nextInt(ACTIVATIONS.length)], x);
  }

  private Node vectorLayer(Node x) {
    return switch (random.nextInt(6)) {
      case 0 -> activation(dense(x, size(1, 8)));
      case 1 -> build.add(x, activation(dense(x, x.dim(1).value())));
      case 2 -> normalised(x, List.of(0));
      case 3 -> normalised(x, List.of(1));
      case 4 -> softmax(x);
      default -> build.concat(1, List.of(x, activation(dense(x, size(1, 5)))));
    };
  }

  private Node dense(Node x, long out) {
    return channelwise(Scalar.ADD, build.contract("bi,io->bo", x, weight(x.dim(1).value(), out)));
  }

  private Node softmax(Node x) {
    Node lse = build.reduce(Op.Reducer.LOGSUMEXP, x, List.of(1));
    return build.map(Scalar.EXP, build.sub(x, build.spread(lse, List.of(1), x.shape())));
  }

  /** Zero mean and unit variance over {@code axes}, then a gain for each channel. */
  private Node normalised(Node x, List<Integer> axes) {
    Dim n = axes.stream().map(x::dim).reduce(Dim.ONE, Dim::times);
    Node sum = build.sum(x, axes);
    Node mean = build.div(sum, build.fill(build.map(Scalar.TO_FLOAT, build.size(n)), sum.shape()));
    Node variance = build.reduce(Op.Reducer.VARIANCE, x, axes);
    Node scale = build.map(Scalar.RSQRT, build.add(variance, build.constant(0.1, variance.shape())));
    Node centred = build.sub(x, build.spread(mean, axes, x.shape()));
    return channelwise(Scalar.MUL, build.mul(centred, build.spread(scale, axes, x.shape())));
  }

  private Node imageLayer(Node x) {
    return switch (random.nextInt(7)) {
      case 0, 1 -> activation(channelwise(Scalar.ADD, convolution(x)));
      case 2 -> pool(x);
      case 3 -> normalised(x, List.of(0, 2, 3));
      case 4 -> build.add(x, activation(same(x)));
      case 5 -> build.reshape(x, Shape.of(Dim.BATCH, x.shape().range(1, 4).elements()));
      default -> build.slice(x, 3, x.dim(3).minus(1), x.dim(3), -1);
    };
  }

  private Node windows(Node x, long size, long stride, long dilation) {
    return build.window(build.window(x, 2, Dim.of(size), stride, dilation), 4, Dim.of(size), stride, dilation);
  }

  private Node margin(Node x, long n) {
    Dim margin = Dim.of(n);
    return build.pad(build.pad(x, 2, margin, margin, 0), 3, margin, margin, 0);
  }

  /** A product over windows that fit, whatever the size of the image. */
  private Node convolution(Node x) {
    long least = Math.min(x.dim(2).value(), x.dim(3).value());
    long dilation = least >= 5 ? size(1, 2) : 1;
    long most = (least - 1) / dilation + 1;
    long size = Math.min(size(1, 3), most);
    Node padded = random.nextBoolean() ? margin(x, size(1, 2)) : x;
    Node kernel = weight(size(1, 4), x.dim(1).value(), size, size);
    return build.contract("bcpiqj,ocij->bopq", windows(padded, size, size(1, 2), dilation), kernel);
  }

  /** A convolution that keeps the shape. */
  private Node same(Node x) {
    long channels = x.dim(1).value();
    return build.contract("bcpiqj,ocij->bopq", windows(margin(x, 1), 3, 1, 1), weight(channels, channels, 3, 3));
  }

  private Node pool(Node x) {
    long least = Math.min(x.dim(2).value(), x.dim(3).value());
    Node windows = windows(x, Math.min(least, size(2, 3)), size(1, 2), 1);
    return random.nextBoolean() ? build.reduce(Op.Reducer.MAX, windows, List.of(3, 5))
        : build.scale(build.sum(windows, List.of(3, 5)), 0.3);
  }

  /** The mean over the batch of a cross entropy with the first class. */
  private Node loss(Node y) {
    Node lse = build.reduce(Op.Reducer.LOGSUMEXP, y, List.of(1));
    Node first = build.reshape(build.slice(y, 1, Dim.ZERO, Dim.ONE, 1), lse.shape());
    Node count = build.map(Scalar.TO_FLOAT, build.size(Dim.BATCH));
    return build.div(build.sum(build.sub(lse, first)), count);
  }
}
