package dlv.tests.training;

import dlv.compiler.check.DataBinding;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.lower.Lower;
import dlv.compiler.pass.Passes;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.Order;
import dlv.runtime.data.Split;
import dlv.runtime.train.Session;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** The steps of a train block on the interpreter, over the rows that the block names. All states begin as zeros. */
final class InterpretedTraining {
  private final TrainProgram train;
  private final Graph graph;
  private final Map<String, Array> states = new HashMap<>();
  private final long stepsPerEpoch;
  private long done;

  InterpretedTraining(TrainProgram train) {
    this.train = train;
    this.graph = Passes.run(Lower.train(train).entries().get(0));
    this.stepsPerEpoch = train.data().get(0).trainRows() / (train.settings().batch() * train.turns());
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.State state) {
        states.put(state.path(), Array.filled(state.element(), 0, state.shape().values()));
      }
    }
    states.put("seed", Array.scalar(Element.INT, train.settings().seed()));
  }

  /** Lets a state begin with these values. */
  void state(String path, double[] values) {
    states.put(path, Array.floats(values, values.length));
  }

  /** Lets every state of numbers begin with chance above 0, the same for the same program; all states, by path. */
  Map<String, Array> chance() {
    var random = new Random(11);
    new TreeMap<>(states).forEach((path, array) -> {
      if (array.element() == Element.FLOAT) {
        state(path, random.doubles(array.data().length, 0.1, 0.6).toArray(), array.shape());
      }
    });
    return Map.copyOf(states);
  }

  private void state(String path, double[] values, long... shape) {
    states.put(path, new Array(Element.FLOAT, shape, values));
  }

  /** Makes one step; all states afterwards, by path. */
  Map<String, Array> step() {
    var sizes = new HashMap<>(Map.of("batch", (long) train.settings().batch()));
    var inputs = new HashMap<String, Array>();
    for (int line = 0; line < train.data().size(); line++) {
      DataBinding data = train.data().get(line);
      int rows = (int) data.trainRows();
      sizes.put(data.name() + ".rows", (long) rows);
      int[] order = Order.shuffled(train.settings().seed(), line, done / stepsPerEpoch, rows);
      inputs.put(data.name() + ".order", Array.ints(Arrays.stream(order).asDoubleStream().toArray(), rows));
      read(data, rows, inputs);
    }
    states.putAll(Interpreter.evaluate(graph, new Bindings(inputs, states, sizes)).states());
    done++;
    return states;
  }

  private void read(DataBinding data, int rows, Map<String, Array> inputs) {
    for (DataBinding.FieldBinding field : data.fields()) {
      inputs.put(data.name() + "." + field.name(), new Array(field.input().element(),
          field.input().shape().insert(0, Dim.of(rows)).values(), values(data, field, done / stepsPerEpoch)));
    }
  }

  private static double[] values(DataBinding data, DataBinding.FieldBinding field, long epoch) {
    try (DataSource source = Session.source(data.source(), data.arguments(), Path.of(""), Optional.empty())) {
      var values = new double[(int) (data.trainRows() * field.input().shape().elements().value())];
      boolean single = field.input().element() == Element.BYTE;
      ByteBuffer bytes = ByteBuffer.allocate(values.length * (single ? 1 : 4)).order(ByteOrder.nativeOrder());
      source.fill(Split.TRAIN, epoch, 0, (int) data.trainRows(), Map.of(field.name(), bytes));
      for (int i = 0; i < values.length; i++) {
        values[i] = single ? bytes.get(i) & 0xff : bytes.getInt(4 * i);
      }
      return values;
    }
  }

  /** The mean over all rows of an epoch of each element of a field of bytes, as numbers. */
  static double[] means(DataBinding data, String name, long epoch) {
    DataBinding.FieldBinding field = data.fields().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    double[] all = values(data, field, epoch);
    var means = new double[(int) field.input().shape().elements().value()];
    for (int i = 0; i < all.length; i++) {
      means[i % means.length] += all[i] * field.scale() / data.trainRows();
    }
    return means;
  }
}
