package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.check.DataBinding;
import dlv.compiler.check.DataBinding.FieldBinding;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Program;
import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.layout.Flavour;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.Values;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.Split;
import dlv.runtime.json.Json;
import dlv.runtime.json.JsonView;
import dlv.runtime.report.ForecastChart;
import dlv.runtime.train.Trainer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The forecast of a trained network against the truth, for blocks whose data are a series in time. */
final class Forecasts {
  private static final String SCALING = "scaling.future";
  private static final int MOST = 2000;

  private Forecasts() {}

  /** Draws {@code forecast.png} and {@code forecast.svg}; the former, where the block trains a forecast. */
  static Optional<Path> draw(ProgramOptions options, Program program, DataBinding data, DataSource source,
      Device device, Flavour flavour, Path weights) {
    Split split = Trainer.heldBackSplit(List.of(source));
    int rows = Math.min(MOST, source.rows(split));
    if (!source.learned().containsKey(SCALING) || rows == 0) {
      return Optional.empty();
    }
    FieldBinding history = data.fields().get(0);
    FieldBinding future = data.fields().get(1);
    Optional<NetworkProgram> network = program.networks().stream()
        .flatMap(n -> forecast(n, history, future, options).stream()).findFirst();
    network.ifPresent(found -> write(found, source, split, rows, device, flavour, weights));
    return network.map(found -> weights.resolveSibling("forecast.png"));
  }

  /** The network, of the size of these histories, where it makes futures of them. */
  private static Optional<NetworkProgram> forecast(NetworkProgram network, FieldBinding history, FieldBinding future,
      ProgramOptions options) {
    return sized(network, history, options).filter(n -> n.isClosed() && n.inputs().size() == 1 && n.results().size() == 1
        && n.inputs().get(0).type().shape().equals(history.type().shape())
        && n.results().get(0).type().shape().equals(future.type().shape()));
  }

  private static Optional<NetworkProgram> sized(NetworkProgram network, FieldBinding history, ProgramOptions options) {
    Map<String, String> sizes = network.inputs().size() != 1 ? Map.of()
        : sizes(network.inputs().get(0).type().shape(), history.type().shape());
    try {
      return sizes.isEmpty() ? Optional.of(network) : options.check(sizes).network(network.name());
    } catch (CompileException e) {
      return Optional.empty(); // a name that means another size elsewhere in the file
    }
  }

  /** What the names of one shape are in another. */
  private static Map<String, String> sizes(Shape open, Shape shape) {
    Map<String, String> sizes = new HashMap<>();
    for (int axis = 0; axis < Math.min(open.rank(), shape.rank()); axis++) {
      Dim dim = open.dim(axis);
      String size = shape.dim(axis).text();
      dim.names().stream().filter(name -> dim.equals(Dim.name(name))).forEach(name -> sizes.put(name, size));
    }
    return sizes;
  }

  private static void write(NetworkProgram network, DataSource source, Split split, int rows, Device device,
      Flavour flavour, Path weights) {
    int window = source.type().fields().get(0).elements();
    int ahead = source.type().fields().get(1).elements();
    ByteBuffer seen = ByteBuffer.allocateDirect(4 * rows * window).order(ByteOrder.nativeOrder());
    ByteBuffer truth = ByteBuffer.allocateDirect(4 * rows * ahead).order(ByteOrder.nativeOrder());
    source.fill(split, 0, 0, rows, Map.of("history", seen, "future", truth));
    float[] histories = new float[rows * window];
    seen.flip().asFloatBuffer().get(histories);
    JsonView scaling = Json.parse(source.learned().get(SCALING)).view();
    double mean = scaling.at("mean").real();
    double deviation = scaling.at("deviation").real();
    List<Double> values = new ArrayList<>();
    List<Double> forecasts = new ArrayList<>();
    try (Model model = Model.open(device, Compiler.compile(network, flavour), weights, rows)) {
      Values answers = model.run(Map.of(network.inputs().get(0).name(), histories))
          .get(network.results().get(0).name());
      for (int row = 0; row < rows; row++) {
        values.add(mean + deviation * truth.getFloat(4 * row * ahead));
        forecasts.add(mean + deviation * answers.get(row, 0));
      }
    }
    ForecastChart.write(weights.toAbsolutePath().getParent(), network.name(),
        mean + deviation * histories[window - 1], values, forecasts);
  }
}
