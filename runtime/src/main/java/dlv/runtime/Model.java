package dlv.runtime;

import dlv.runtime.data.DataException;
import dlv.runtime.data.Element;
import dlv.runtime.plan.Arena;
import dlv.runtime.plan.Formula;
import dlv.runtime.plan.Input;
import dlv.runtime.plan.Manifest;
import dlv.runtime.plan.Output;
import dlv.runtime.plan.Placed;
import dlv.runtime.weights.Tensor;
import dlv.runtime.weights.WeightsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A compiled network, open on a device with its weights: what generated classes hold.
 *
 * <p>Safe for many threads: one call runs at a time.
 */
public final class Model implements AutoCloseable {
  private final Executable executable;
  private final BoundEntry run;
  private final int largestBatch;

  private Model(Executable executable, int largestBatch) {
    this.executable = executable;
    this.run = executable.entry("run");
    this.largestBatch = largestBatch;
  }

  /**
   * Opens a compiled network.
   *
   * @param unit the plan that suits the device, and its kernels
   * @param weights a safetensors file; weights may be named with the model of a train block in front ({@code net.})
   * @param largestBatch the most rows a call may have; memory is planned for it
   * @throws DataException where the file does not hold these weights
   * @throws dlv.runtime.opencl.DeviceException where the device cannot run it
   */
  public static Model open(Device device, CompiledUnit unit, Path weights, int largestBatch) {
    return open(device, unit, executable -> load(executable, weights), largestBatch);
  }

  /** Opens a compiled network that has no weights. */
  public static Model open(Device device, CompiledUnit unit, int largestBatch) {
    return open(device, unit, executable -> { }, largestBatch);
  }

  private static Model open(Device device, CompiledUnit unit, Consumer<Executable> loading, int largestBatch) {
    if (largestBatch < 1) {
      throw new IllegalArgumentException("a largest batch of " + largestBatch + " has no room for a row");
    }
    long capacity = (largestBatch + 15L) / 16 * 16;
    Executable executable = unit.open(device, Map.of("batch", capacity));
    try {
      loading.accept(executable);
      return new Model(executable, largestBatch);
    } catch (RuntimeException e) {
      executable.close();
      throw e;
    }
  }

  private static void load(Executable executable, Path weights) {
    Map<String, Placed> wanted = new LinkedHashMap<>();
    Map<String, Arena> homes = new LinkedHashMap<>();
    for (Arena arena : executable.manifest().arenas()) {
      if (arena.role() == Arena.Role.WEIGHT || arena.role() == Arena.Role.STATISTIC) {
        arena.tensors().forEach(placed -> {
          wanted.put(placed.path(), placed);
          homes.put(placed.path(), arena);
        });
      }
    }
    try (WeightsFile file = WeightsFile.open(weights)) {
      String model = modelIn(file, wanted);
      Map<String, List<Long>> shapes = new LinkedHashMap<>();
      wanted.forEach((path, placed) -> shapes.put(model + path, placed.shape()));
      file.expect(model, shapes);
      wanted.forEach((path, placed) -> {
        Tensor tensor = file.read(model + path);
        executable.write(homes.get(path).role(), path, tensor.toFloats());
      });
    }
  }

  /** What stands before this network's paths in a file of a train block: {@code net.}, or nothing. */
  private static String modelIn(WeightsFile file, Map<String, Placed> wanted) {
    for (String path : wanted.keySet()) {
      if (file.shape(path).isPresent()) {
        return "";
      }
      var prefixes = new ArrayList<String>();
      for (String name : file.names()) {
        if (name.endsWith("." + path) && name.indexOf('.') == name.length() - path.length() - 1) {
          prefixes.add(name.substring(0, name.length() - path.length()));
        }
      }
      if (prefixes.size() == 1) {
        return prefixes.get(0);
      }
    }
    return "";
  }

  /**
   * Answers for rows.
   *
   * @param inputs values by input, each row-major with the rows first
   * @param launches gives the entry's launches to the device, in order
   * @return the answers by output
   * @throws IllegalArgumentException where an input is missing, is not whole rows, or has another number of them
   */
  public Map<String, Values> run(Map<String, float[]> inputs, Consumer<BoundEntry> launches) {
    int rows = rows(inputs);
    return executable.exclusively(() -> {
      inputs.forEach(this::write);
      if (run.entry().inputs().stream().anyMatch(input -> input.name().equals("live"))) {
        run.write("live", new int[] {rows});
      }
      launches.accept(run);
      Map<String, Values> answers = new LinkedHashMap<>();
      for (Output output : run.entry().outputs()) {
        int[] shape = sizes(output.shape().subList(1, output.shape().size()));
        float[] all = run.readFloats(output.name());
        answers.put(output.name(), new Values(Arrays.copyOf(all, rows * product(shape)), rows, shape));
      }
      return answers;
    });
  }

  private void write(String input, float[] values) {
    if (run.entry().input(input).element() == Element.I32) {
      int[] whole = new int[values.length];
      for (int i = 0; i < whole.length; i++) {
        whole[i] = Math.round(values[i]);
      }
      run.write(input, whole);
    } else {
      run.write(input, values);
    }
  }

  /** Answers for rows with all launches in order. */
  public Map<String, Values> run(Map<String, float[]> inputs) {
    return run(inputs, BoundEntry::enqueue);
  }

  private int rows(Map<String, float[]> inputs) {
    int rows = -1;
    for (Input input : run.entry().inputs()) {
      if (input.name().equals("live")) {
        continue;
      }
      float[] values = inputs.get(input.name());
      int size = product(sizes(input.shape().subList(1, input.shape().size())));
      if (values == null || values.length == 0 || values.length % size != 0) {
        throw new IllegalArgumentException(input.name() + " wants whole rows of " + size + " values, not "
            + (values == null ? "nothing" : values.length));
      }
      if (rows >= 0 && rows != values.length / size) {
        throw new IllegalArgumentException(input.name() + " has " + values.length / size + " rows, another input "
            + rows);
      }
      rows = values.length / size;
    }
    if (rows > largestBatch) {
      throw new IllegalArgumentException(rows + " rows are more than the " + largestBatch
          + " that the model was opened for");
    }
    return rows;
  }

  private int[] sizes(List<Formula> shape) {
    return shape.stream().mapToInt(n -> (int) n.evaluate(executable.dimensions())).toArray();
  }

  private static int product(int[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** What is open. */
  public Manifest manifest() {
    return executable.manifest();
  }

  /** Gives the device's memory back. Closing again does nothing. */
  @Override
  public void close() {
    executable.close();
  }
}
