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
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A compiled network, open on a device with its weights: what generated classes hold.
 *
 * <p>Safe for many threads: one call runs at a time.
 */
public final class Model implements AutoCloseable {
  private static final List<String> CONTROL = List.of("live", "draw.seed", "draw.first");

  private final Executable executable;
  private final BoundEntry run;
  private final int largestBatch;

  private Model(Executable executable, int largestBatch) {
    this.executable = executable;
    this.run = executable.entry("run");
    run.build();
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

  /** Opens a compiled network with these weights and statistics. */
  public static Model open(Device device, CompiledUnit unit, List<Tensor> weights, int largestBatch) {
    Model model = open(device, unit, largestBatch);
    model.load(weights);
    return model;
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

  /** Replaces weights and statistics; {@code tensors} name all of them. */
  public void load(List<Tensor> tensors) {
    Map<String, Tensor> byName = new LinkedHashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    executable.exclusively(() -> {
      for (Arena arena : executable.manifest().arenas()) {
        arena.tensors().forEach(placed ->
            executable.write(arena.role(), placed.path(), byName.get(placed.path()).toFloats()));
      }
      return this;
    });
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
   * Answers for rows. Inputs that no answer depends on are in no plan, and are passed over.
   *
   * @param inputs values by input, each row-major with the rows first
   * @param launches gives the entry's launches to the device, in order
   * @return the answers by output
   * @throws IllegalArgumentException where an input is missing, is not whole rows, or has another number of them
   */
  public Map<String, Values> run(Map<String, float[]> inputs, Consumer<BoundEntry> launches) {
    int rows = rows(inputs).orElse(1);
    if (rows > largestBatch) {
      throw new IllegalArgumentException(rows + " rows are more than the " + largestBatch
          + " that the model was opened for");
    }
    return values(run(inputs, new Draws(0, 0, rows), launches), rows);
  }

  /** Answers for rows with all launches in order. */
  public Map<String, Values> run(Map<String, float[]> inputs) {
    return run(inputs, BoundEntry::enqueue);
  }

  /** Which draws a launch makes: those of the examples from {@code first} on. */
  private record Draws(int seed, int first, int rows) {}

  /**
   * Answers for {@code count} examples, whose chance depends on the seed and on their number alone.
   *
   * @param inputs for each input one row, which all examples share, or {@code count} rows
   * @throws IllegalArgumentException where an input is missing, is not whole rows, or has another number of them
   */
  public Map<String, Values> generate(Map<String, float[]> inputs, int count, int seed,
                                      Consumer<BoundEntry> launches) {
    Map<String, float[]> all = repeated(inputs, count);
    var parts = new LinkedHashMap<String, float[]>();
    for (int first = 0; first < count; first += largestBatch) {
      int from = first;
      int rows = Math.min(largestBatch, count - first);
      Map<String, float[]> some = new LinkedHashMap<>();
      all.forEach((name, values) -> {
        int size = values.length / count;
        some.put(name, Arrays.copyOfRange(values, from * size, (from + rows) * size));
      });
      run(some, new Draws(seed, first, rows), launches).forEach((name, values) -> {
        int size = values.length / rows;
        System.arraycopy(values, 0, parts.computeIfAbsent(name, key -> new float[count * size]), from * size,
            values.length);
      });
    }
    return values(parts, count);
  }

  private Map<String, float[]> repeated(Map<String, float[]> inputs, int count) {
    int rows = rows(inputs).orElse(count);
    if (count < 1 || rows != count && rows != 1) {
      throw new IllegalArgumentException("the inputs have " + rows + " rows for " + count + " examples");
    }
    Map<String, float[]> all = new LinkedHashMap<>();
    inputs.forEach((name, values) -> {
      float[] repeated = new float[rows == count ? values.length : Math.multiplyExact(values.length, count)];
      for (int at = 0; at < repeated.length; at += values.length) {
        System.arraycopy(values, 0, repeated, at, values.length);
      }
      all.put(name, repeated);
    });
    return all;
  }

  private Map<String, float[]> run(Map<String, float[]> inputs, Draws draws, Consumer<BoundEntry> launches) {
    return executable.exclusively(() -> {
      run.entry().inputs().stream().filter(input -> !CONTROL.contains(input.name()))
          .forEach(input -> write(input, inputs.get(input.name())));
      var control = Map.of("live", draws.rows, "draw.seed", draws.seed, "draw.first", draws.first);
      run.entry().inputs().stream().filter(input -> control.containsKey(input.name()))
          .forEach(input -> run.write(input.name(), new int[] {control.get(input.name())}));
      run.live(draws.rows);
      launches.accept(run);
      Map<String, float[]> answers = new LinkedHashMap<>();
      for (Output output : run.entry().outputs()) {
        answers.put(output.name(), Arrays.copyOf(read(output), draws.rows * product(shape(output))));
      }
      return answers;
    });
  }

  private void write(Input input, float[] values) {
    if (input.element() == Element.I32) {
      int[] numbers = new int[values.length];
      Arrays.setAll(numbers, i -> Math.round(values[i]));
      run.write(input.name(), numbers);
    } else {
      run.write(input.name(), values);
    }
  }

  private float[] read(Output output) {
    if (output.element() != Element.I32) {
      return run.readFloats(output.name());
    }
    int[] numbers = run.readInts(output.name());
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i];
    }
    return values;
  }

  private Map<String, Values> values(Map<String, float[]> answers, int rows) {
    Map<String, Values> values = new LinkedHashMap<>();
    answers.forEach((name, all) -> values.put(name, new Values(all, rows, shape(run.entry().output(name)))));
    return values;
  }

  private int[] shape(Output output) {
    return sizes(output.shape().subList(1, output.shape().size()));
  }

  /** The number of rows that the inputs have; empty where there are no inputs. */
  private OptionalInt rows(Map<String, float[]> inputs) {
    OptionalInt rows = OptionalInt.empty();
    for (Input input : run.entry().inputs()) {
      if (CONTROL.contains(input.name())) {
        continue;
      }
      float[] values = inputs.get(input.name());
      int size = product(sizes(input.shape().subList(1, input.shape().size())));
      if (values == null || values.length == 0 || values.length % size != 0) {
        throw new IllegalArgumentException(input.name() + " wants whole rows of " + size + " values, not "
            + (values == null ? "nothing" : values.length));
      }
      if (rows.isPresent() && rows.getAsInt() != values.length / size) {
        throw new IllegalArgumentException(input.name() + " has " + values.length / size + " rows, another input "
            + rows.getAsInt());
      }
      rows = OptionalInt.of(values.length / size);
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
