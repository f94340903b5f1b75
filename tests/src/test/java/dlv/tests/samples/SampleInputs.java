package dlv.tests.samples;

import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Role;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes the leaves of one sample, with seeded values that lie apart from each other and from 0. */
final class SampleInputs {
  /** Build for the sample's nodes. */
  final Build build = new Build(Origin.NONE);

  private final String name;
  private final long batch;
  private final Random random;
  private final Map<String, Array> inputs = new HashMap<>();
  private final Map<String, Array> states = new HashMap<>();
  private final List<String> smooth = new ArrayList<>();

  SampleInputs(String name, long batch) {
    this.name = name;
    this.batch = batch;
    this.random = new Random(name.hashCode());
  }

  /** {@code [batch, sizes…]}. */
  static Shape rows(long... sizes) {
    return Shape.of(Dim.BATCH).concat(Shape.of(sizes));
  }

  private long[] values(Shape shape) {
    return shape.substitute(Map.of("batch", Dim.of(batch))).values();
  }

  private Node input(String input, Element element, Shape shape, double[] data) {
    inputs.put(input, new Array(element, values(shape), data));
    return build.node(new Op.Input(input, element, shape));
  }

  private int elements(Shape shape) {
    int n = 1;
    for (long size : values(shape)) {
      n *= (int) size;
    }
    return n;
  }

  /** Floats between {@code low} and {@code high}, in random order, no two alike, none within a hair of 0. */
  private double[] spaced(int n, double low, double high) {
    var order = new ArrayList<Integer>();
    for (int i = 0; i < n; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    double shift = 0.1 + 0.13 * inputs.size();
    return order.stream().mapToDouble(i -> low + (high - low) * (i + shift % 1) / n).toArray();
  }

  /** Floats of both signs. */
  Node floats(String input, Shape shape) {
    smooth.add(input);
    return input(input, Element.FLOAT, shape, spaced(elements(shape), -2, 2));
  }

  Node floats(String input, long... sizes) {
    return floats(input, Shape.of(sizes));
  }

  /** Floats between 0.5 and 2.5. */
  Node positive(String input, Shape shape) {
    smooth.add(input);
    return input(input, Element.FLOAT, shape, spaced(elements(shape), 0.5, 2.5));
  }

  /** Floats by which nothing is differentiated. */
  Node fixed(String input, Shape shape) {
    return input(input, Element.FLOAT, shape, spaced(elements(shape), -2, 2));
  }

  /** Floats with equal ones among them: no finite differences. */
  Node ties(String input, Shape shape) {
    return input(input, Element.FLOAT, shape, random.ints(elements(shape), -2, 3).asDoubleStream().toArray());
  }

  /** Integers from {@code low} to {@code high}, exclusive. */
  Node ints(String input, int low, int high, Shape shape) {
    return input(input, Element.INT, shape, random.ints(elements(shape), low, high).asDoubleStream().toArray());
  }

  Node bytes(String input, Shape shape) {
    return input(input, Element.BYTE, shape, random.ints(elements(shape), 0, 256).asDoubleStream().toArray());
  }

  Node bools(String input, Shape shape) {
    return input(input, Element.BOOL, shape, random.ints(elements(shape), 0, 2).asDoubleStream().toArray());
  }

  Node state(String path, Role role, Element element, double value, Shape shape) {
    states.put(path, Array.filled(element, value, values(shape)));
    return build.node(new Op.State(path, role, element, shape, 0));
  }

  /** The sample with {@code results} as outputs {@code y0}, {@code y1}, … */
  Sample sample(Node... results) {
    var outputs = new ArrayList<Graph.Output>();
    for (Node result : results) {
      outputs.add(new Graph.Output("y" + outputs.size(), result));
    }
    return new Sample(name, new Graph(name, outputs, List.of()), new Bindings(inputs, states, Map.of("batch", batch)),
        List.copyOf(smooth));
  }
}
