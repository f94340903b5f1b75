package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What every graph means: each primitive in plain Java, in float64. Kernels, plans and rewritten graphs are tested
 * against it.
 */
public final class Interpreter implements Op.Cases<Array> {
  /** The outputs of a graph by name, and the next values of its states by path. */
  public record Results(Map<String, Array> outputs, Map<String, Array> states) {}

  private final Node node;
  private final List<Array> operands;
  private final Bindings bindings;

  private Interpreter(Node node, List<Array> operands, Bindings bindings) {
    this.node = node;
    this.operands = operands;
    this.bindings = bindings;
  }

  /** All outputs and updates of {@code graph}; {@link IllegalArgumentException} where a value is missing or unfit. */
  public static Results evaluate(Graph graph, Bindings bindings) {
    Graph sized = graph.substitute(bindings.dims());
    var values = new IdentityHashMap<Node, Array>();
    evaluate(sized.nodes(), bindings, values);
    var outputs = new LinkedHashMap<String, Array>();
    sized.outputs().forEach(output -> outputs.put(output.name(), values.get(output.node())));
    var states = new LinkedHashMap<String, Array>();
    sized.updates().forEach(update -> states.put(update.state().path(), values.get(update.next())));
    return new Results(outputs, states);
  }

  /**
   * Adds to {@code values} those of {@code nodes}, which are in topological order and whose dimensions are numbers.
   * A node that already has a value keeps it, so a kernel runs over the values that earlier ones stored. A loop runs
   * once for all of its results among them.
   */
  public static void evaluate(List<Node> nodes, Bindings bindings, Map<Node, Array> values) {
    for (Node node : nodes) {
      if (!values.containsKey(node) && node.is(Op.Scan.class)) {
        new Walk(node, bindings, values).results(nodes);
      } else if (!values.containsKey(node)) {
        values.put(node, evaluate(node, node.operands().stream().map(values::get).toList(), bindings));
      }
    }
  }

  /** One node over the values of its operands. */
  public static Array evaluate(Node node, List<Array> operands, Bindings bindings) {
    Array value = node.op().accept(new Interpreter(node, operands, bindings));
    if (!value.fits(node)) {
      throw new IllegalArgumentException(node + " has the value " + value);
    }
    return value;
  }

  private Array x() {
    return operands.get(0);
  }

  /** A result of this node's element and shape. */
  private Array result(double[] data) {
    return new Array(node.element(), node.shape().values(), data);
  }

  private double[] blank() {
    return new double[Math.toIntExact(node.shape().elements().value())];
  }

  private static int[] sizes(Shape shape) {
    return Arrays.stream(shape.values()).mapToInt(Math::toIntExact).toArray();
  }

  private static int number(Dim dim) {
    return Math.toIntExact(dim.value());
  }

  private static int[] pick(int[] values, List<Integer> axes) {
    return axes.stream().mapToInt(axis -> values[axis]).toArray();
  }

  /** The result whose element i is the operand's at {@code places[i]}. */
  private Array taken(int start, int[] strides) {
    int[] places = Strides.places(start, sizes(node.shape()), strides);
    var out = new double[places.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = x().data()[places[i]];
    }
    return result(out);
  }

  private Array bound(Array value, String what) {
    if (value == null || !value.fits(node)) {
      String found = value == null ? "nothing" : value.element() + Arrays.toString(value.shape());
      throw new IllegalArgumentException(what + " needs " + node.element() + node.shape().text() + ", found " + found);
    }
    return value;
  }

  @Override
  public Array input(Op.Input op) {
    return bound(bindings.inputs().get(op.name()), "input " + op.name());
  }

  @Override
  public Array state(Op.State op) {
    return bound(bindings.states().get(op.path()), "state " + op.path());
  }

  @Override
  public Array constant(Op.Constant op) {
    double[] out = blank();
    for (int i = 0; i < out.length; i++) {
      out[i] = op.values().get(op.values().size() == 1 ? 0 : i);
    }
    return result(out);
  }

  @Override
  public Array size(Op.Size op) {
    return Array.scalar(Element.INT, op.dim().value());
  }

  @Override
  public Array index(Op.Index op) {
    return result(IntStream.range(0, number(op.size())).asDoubleStream().toArray());
  }

  @Override
  public Array random(Op.Random op) {
    double[] out = blank();
    int seed = (int) x().data()[0];
    int step = (int) operands.get(1).data()[0];
    int first = operands.size() < 3 ? 0 : (int) operands.get(2).data()[0];
    for (int i = 0; i < out.length; i++) {
      out[i] = Philox.uniform(seed, op.site(), step, first + i & 0xFFFFFFFFL);
    }
    return result(out);
  }

  @Override
  public Array map(Op.Map op) {
    double[] out = blank();
    Element element = x().element();
    double[] a = x().data();
    double[] b = operands.get(Math.min(1, operands.size() - 1)).data();
    double[] c = operands.get(operands.size() - 1).data();
    boolean select = op.function() == Scalar.SELECT;
    for (int i = 0; i < out.length; i++) {
      out[i] = select ? (a[i] != 0 ? b[i] : c[i]) : ScalarValue.of(op.function(), element, a[i], b[i], c[i]);
    }
    return result(out);
  }

  @Override
  public Array reduce(Op.Reduce op) {
    int[] all = x().sizes();
    int[] strides = Strides.of(all);
    var kept = Build.axesWithout(all.length, op.axes());
    int[] rows = Strides.places(0, pick(all, kept), pick(strides, kept));
    int[] members = Strides.places(0, pick(all, op.axes()), pick(strides, op.axes()));
    var out = new double[rows.length];
    var row = new double[members.length];
    for (int i = 0; i < out.length; i++) {
      for (int j = 0; j < row.length; j++) {
        row[j] = x().data()[rows[i] + members[j]];
      }
      out[i] = reduced(op.reducer(), row);
    }
    return result(out);
  }

  private static double reduced(Op.Reducer reducer, double[] row) {
    return switch (reducer) {
      case SUM -> sum(row);
      case MAX -> max(row);
      case LOGSUMEXP -> {
        double max = max(row);
        yield Double.isInfinite(max) ? max
            : max + Math.log(Arrays.stream(row).map(v -> Math.exp(v - max)).sum());
      }
      case VARIANCE -> {
        double mean = sum(row) / row.length;
        yield Arrays.stream(row).map(v -> (v - mean) * (v - mean)).sum() / row.length;
      }
    };
  }

  private static double sum(double[] row) {
    double sum = 0;
    for (double v : row) {
      sum += v;
    }
    return sum;
  }

  private static double max(double[] row) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : row) {
      max = Math.max(max, v);
    }
    return max;
  }

  @Override
  public Array contract(Op.Contract op) {
    List<Integer> summed = op.a().stream().filter(label -> !op.out().contains(label)).toList();
    int[] aRows = places(op.a(), x(), op.out(), node.shape().dims());
    int[] bRows = places(op.b(), operands.get(1), op.out(), node.shape().dims());
    List<Dim> sizes = summed.stream().map(l -> node.operand(0).dim(op.a().indexOf(l))).toList();
    int[] aSteps = places(op.a(), x(), summed, sizes);
    int[] bSteps = places(op.b(), operands.get(1), summed, sizes);
    double[] a = x().data();
    double[] b = operands.get(1).data();
    var out = new double[aRows.length];
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (int k = 0; k < aSteps.length; k++) {
        sum += a[aRows[i] + aSteps[k]] * b[bRows[i] + bSteps[k]];
      }
      out[i] = sum;
    }
    return result(out);
  }

  /** Where in an operand with {@code labels} the elements of a space of {@code axes} lie; a label it lacks stays. */
  private static int[] places(List<Integer> labels, Array operand, List<Integer> axes, List<Dim> sizes) {
    int[] own = Strides.of(operand.sizes());
    int[] strides = axes.stream().mapToInt(l -> labels.contains(l) ? own[labels.indexOf(l)] : 0).toArray();
    return Strides.places(0, sizes.stream().mapToInt(Interpreter::number).toArray(), strides);
  }

  @Override
  public Array top(Op.Top op) {
    int n = x().sizes()[x().shape().length - 1];
    var out = blank();
    for (int row = 0; row < out.length / op.k(); row++) {
      int start = row * n;
      double[] data = x().data();
      var order = IntStream.range(0, n).boxed()
          .sorted((i, j) -> Double.compare(data[start + j] + 0.0, data[start + i] + 0.0)).toList();
      for (int k = 0; k < op.k(); k++) {
        out[row * op.k() + k] = order.get(k);
      }
    }
    return result(out);
  }

  @Override
  public Array reshape(Op.Reshape op) {
    return result(x().data());
  }

  @Override
  public Array permute(Op.Permute op) {
    return taken(0, pick(Strides.of(x().sizes()), op.axes()));
  }

  @Override
  public Array broadcast(Op.Broadcast op) {
    int[] own = Strides.of(x().sizes());
    var strides = new int[node.rank()];
    int next = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] = op.axes().contains(axis) ? 0 : own[next++];
    }
    return taken(0, strides);
  }

  @Override
  public Array slice(Op.Slice op) {
    int[] strides = Strides.of(x().sizes());
    int start = number(op.start()) * strides[op.axis()];
    strides[op.axis()] *= Math.toIntExact(op.step());
    return taken(start, strides);
  }

  @Override
  public Array window(Op.Window op) {
    int[] own = Strides.of(x().sizes());
    return taken(0, windowed(own, op.axis(), op.stride(), op.dilation()));
  }

  private static int[] windowed(int[] own, int axis, long stride, long dilation) {
    var strides = new int[own.length + 1];
    System.arraycopy(own, 0, strides, 0, axis);
    System.arraycopy(own, axis, strides, axis + 1, own.length - axis);
    strides[axis] = Math.toIntExact(own[axis] * stride);
    strides[axis + 1] = Math.toIntExact(own[axis] * dilation);
    return strides;
  }

  @Override
  public Array fold(Op.Fold op) {
    double[] out = blank();
    int[] strides = windowed(Strides.of(sizes(node.shape())), op.axis(), op.stride(), op.dilation());
    int[] places = Strides.places(0, x().sizes(), strides);
    for (int i = 0; i < places.length; i++) {
      out[places[i]] += x().data()[i];
    }
    return result(out);
  }

  @Override
  public Array pad(Op.Pad op) {
    double[] out = blank();
    int[] strides = Strides.of(sizes(node.shape()));
    int start = number(op.low()) * strides[op.axis()];
    strides[op.axis()] *= Math.toIntExact(op.interior() + 1);
    put(x(), start, strides, out);
    return result(out);
  }

  @Override
  public Array concat(Op.Concat op) {
    double[] out = blank();
    int[] strides = Strides.of(sizes(node.shape()));
    int start = 0;
    for (Array part : operands) {
      put(part, start, strides, out);
      start += part.sizes()[op.axis()] * strides[op.axis()];
    }
    return result(out);
  }

  private static void put(Array part, int start, int[] strides, double[] out) {
    int[] places = Strides.places(start, part.sizes(), strides);
    for (int i = 0; i < places.length; i++) {
      out[places[i]] = part.data()[i];
    }
  }

  @Override
  public Array gather(Op.Gather op) {
    double[] out = blank();
    int[] rows = rows(op.shared(), x(), operands.get(1));
    int size = rows.length == 0 ? 0 : out.length / rows.length;
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(x().data(), rows[i] * size, out, i * size, size);
    }
    return result(out);
  }

  @Override
  public Array scatterAdd(Op.ScatterAdd op) {
    double[] out = x().data().clone();
    double[] values = operands.get(2).data();
    int[] rows = rows(op.shared(), x(), operands.get(1));
    int size = rows.length == 0 ? 0 : values.length / rows.length;
    for (int i = 0; i < values.length; i++) {
      out[rows[i / size] * size + i % size] += values[i];
    }
    return result(out);
  }

  /** For each place, the row of {@code table[s, n, r]} it names, counted over {@code [s, n]}, clamped into n. */
  private static int[] rows(int shared, Array table, Array places) {
    int n = table.sizes()[shared];
    int groups = IntStream.of(Arrays.copyOf(places.sizes(), shared)).reduce(1, (a, b) -> a * b);
    var rows = new int[places.size()];
    for (int i = 0; i < rows.length; i++) {
      int group = (int) ((long) i * groups / rows.length);
      rows[i] = group * n + (int) Math.max(0, Math.min(n - 1, places.data()[i]));
    }
    return rows;
  }

  @Override
  public Array parameter(Op.Parameter op) {
    throw new IllegalArgumentException(op + " has a value only within its loop");
  }

  @Override
  public Array scan(Op.Scan op) {
    return Walk.of(node, operands, bindings);
  }

  @Override
  public Array derivative(Op.Derivative op) {
    throw new IllegalArgumentException("a derivative is expanded before it is evaluated");
  }

  @Override
  public Array rows(Op.Rows op) {
    throw new IllegalArgumentException("rows are lowered before they are evaluated");
  }
}
