package dlv.bench;

import dlv.compiler.Compiler;
import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.layout.Flavour;
import dlv.compiler.source.SourceFile;
import dlv.runtime.CompiledUnit;
import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.data.DataSource;
import dlv.runtime.plan.Arena;
import dlv.runtime.train.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What is measured: a program of dlv, compiled from its text, on the CPU as the peer is.
 *
 * @param device where it runs
 * @param program what was checked
 * @param data other data by the name of its line
 */
record Subject(Device device, Program program, Map<String, Path> data) {
  private static final String LENET = "lenet5.dlv";
  private static final String RESNET = "resnet20.dlv";
  private static final String RECURRENT = "recurrent.dlv";
  private static final String LAYERS = "layers.dlv";
  private static final long LANES = 16;

  /** LeNet-5 and its train blocks, with digits from a folder of IDX files. */
  static Subject lenet(Device device, Path digits) throws IOException {
    return of(device, LENET, Map.of("digits", digits));
  }

  /** ResNet-20 and its train block, with pictures from a folder of CIFAR-10 files. */
  static Subject resnet(Device device, Path pictures) throws IOException {
    return of(device, RESNET, Map.of("pictures", pictures));
  }

  /** Recurrent cells and their train blocks, with sequences from a file of NumPy. */
  static Subject recurrent(Device device, Path sequences) throws IOException {
    return of(device, RECURRENT, Map.of("texts", sequences));
  }

  /** A generative model and its train blocks, with digits from a folder and rows from a file of NumPy. */
  static Subject generative(Device device, GenerativeWork work, Path digits, Path rows) throws IOException {
    return of(device, work.resource(), Map.of("digits", digits, "rows", rows));
  }

  /** Single layers and chains. */
  static Subject layers(Device device) throws IOException {
    return of(device, LAYERS, Map.of());
  }

  private static Subject of(Device device, String resource, Map<String, Path> data) throws IOException {
    try (InputStream in = Subject.class.getResourceAsStream(resource)) {
      SourceFile file = new SourceFile(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      Compiler.Given given = new Compiler.Given(Map.of(), data, Path.of(""));
      return new Subject(device, Compiler.check(file, given), data);
    }
  }

  private Flavour flavour() {
    return Arrays.stream(Flavour.values()).filter(f -> f.text().equals(device.flavour())).findFirst().orElseThrow();
  }

  private TrainProgram train(String block) {
    return program.train(block).orElseThrow(() -> new NoSuchElementException(block));
  }

  /** A train block's plan and kernels. */
  CompiledUnit compile(String block) {
    return Compiler.compile(train(block), flavour());
  }

  /** A train block, open with its data. */
  Session block(String name) {
    return open(name, compile(name));
  }

  /** A train block compiled before, open with its data. */
  Session open(String block, CompiledUnit unit) {
    TrainProgram train = train(block);
    Map<String, DataSource> sources = new LinkedHashMap<>();
    train.data().forEach(line -> sources.put(line.name(), Session.source(line.source(), line.arguments(), Path.of(""),
        Optional.ofNullable(data.get(line.name())))));
    return Session.open(device, unit, Compiler.training(train), sources);
  }

  /** A network, open for this many rows; its states as its seed gives them. */
  Executable network(String name, int rows) {
    var network = program.network(name).orElseThrow(() -> new NoSuchElementException(name));
    CompiledUnit unit = Compiler.compile(network, flavour());
    Executable executable = unit.open(device, Map.of("batch", (rows + LANES - 1) / LANES * LANES));
    executable.initialise(1);
    var run = executable.entry("run");
    if (run.entry().inputs().stream().anyMatch(input -> input.name().equals("live"))) {
      run.write("live", new int[] {rows});
    }
    return executable;
  }

  /** Training steps as a contender, so many given to the device before it is waited for. */
  static Race.Contender steps(Session session, int together) {
    String form = together == 1 ? ", each step waited for" : ", " + together + " steps at a time";
    return new Race.Contender("dlv" + form, false, () -> { }, () -> {
      session.trainer().iterate(together);
      session.trainer().executable().finish();
    }, together);
  }

  /** Runs of a network whose inputs are on the device already, as a contender; each is waited for. */
  static Race.Contender runs(Executable network, Map<String, float[]> inputs) {
    var run = network.entry("run");
    inputs.forEach(run::write);
    return new Race.Contender("dlv", false, () -> { }, () -> {
      run.enqueue();
      network.finish();
    });
  }

  /** Gives a model these weights, in place of those its seed gave; its paths begin with {@code model}. */
  static void write(Executable block, String model, Weights weights) {
    weights.list().forEach(w -> block.write(Arena.Role.WEIGHT, model + w.path(), w.values()));
  }

  /** The weights of a train block's model. */
  static Weights weights(Executable block, String model, Weights like) {
    List<Weights.Weight> now = new ArrayList<>();
    like.list().forEach(w -> now.add(w.with(block.read(Arena.Role.WEIGHT, model + w.path()))));
    return new Weights(now);
  }
}
