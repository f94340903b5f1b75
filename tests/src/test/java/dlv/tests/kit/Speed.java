package dlv.tests.kit;

import dlv.compiler.Compiler;
import dlv.compiler.check.DataBinding;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.layout.Flavour;
import dlv.compiler.syntax.SourceReader;
import dlv.runtime.BoundEntry;
import dlv.runtime.Device;
import dlv.runtime.Executable;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.Element;
import dlv.runtime.opencl.DeviceInfo;
import dlv.runtime.plan.Input;
import dlv.runtime.train.Session;
import dlv.runtime.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The programs of {@code speed.dlv}, measured on a device. Work is given without waiting, as in training. */
final class Speed {
  /** What a device that is no GPU is spared. */
  private static final double MUCH = 5e9;

  private final Device device;
  private final Flavour flavour;
  private final Program program;
  private final Path digits;
  private final List<Measurement> rows = new ArrayList<>();

  private Speed(Device device, Program program, Path digits) {
    this.device = device;
    this.flavour = Arrays.stream(Flavour.values()).filter(f -> f.text().equals(device.flavour())).findFirst()
        .orElseThrow();
    this.program = program;
    this.digits = digits;
  }

  /** Measures everything; what fails is a row, too. */
  static List<Measurement> measure(Device device, Path file, Path work) throws IOException {
    Path digits = DigitFiles.draw(work.resolve("digits"));
    var given = new Compiler.Given(Map.of(), Map.of("digits", digits), work);
    var speed = new Speed(device, Compiler.check(SourceReader.read(file), given), digits);
    speed.step("LeNet-5 step, SGD, batch 128", "LeNetDescent");
    speed.step("LeNet-5 step, Adam, batch 128", "LeNetAdam");
    speed.step("perceptron step, Adam, batch 128", "PerceptronAdam");
    speed.run("LeNet-5 inference, batch 128", "LeNet5", 128, 0);
    speed.run("LeNet-5 inference, batch 1", "LeNet5", 1, 0);
    for (int n : new int[] {512, 1024, 2048, 4096}) {
      speed.run("product " + n, "Product" + n, n, 2.0 * n * n * n);
    }
    for (int channels : new int[] {32, 64}) {
      speed.run("convolution 3x3, " + channels + " channels, 16x16, batch 128", "Convolution" + channels, 128,
          2.0 * 128 * 256 * 9 * channels * channels);
    }
    speed.run("elementwise chain, 16M numbers", "Chain", 16_384, 5.0 * 16_384 * 1024);
    return List.copyOf(speed.rows);
  }

  private void add(String name, java.util.function.Supplier<Measurement> work) {
    Measurement row;
    try {
      row = work.get();
    } catch (RuntimeException e) {
      row = Measurement.failed(name, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    rows.add(row);
    System.out.println(row.succeeded() ? Results.time(row.median()) + "  " + name : "FAILED  " + name + ": "
        + row.failure());
  }

  private void step(String name, String block) {
    add(name, () -> {
      TrainProgram train = program.train(block).orElseThrow();
      Training training = Compiler.training(train);
      try (Session session = Session.open(device, Compiler.compile(train, flavour), training, sources(train))) {
        Executable plan = session.trainer().executable();
        Measurement row = Measurement.of(name, 0, plan.allocatedBytes(), count -> {
          session.trainer().iterate(count);
          plan.finish();
        });
        Map<String, Double> figures = session.trainer().figures();
        return figures.values().stream().allMatch(Double::isFinite) ? row
            : Measurement.failed(name, "the figures are " + figures);
      }
    });
  }

  private Map<String, DataSource> sources(TrainProgram train) {
    var sources = new LinkedHashMap<String, DataSource>();
    for (DataBinding data : train.data()) {
      sources.put(data.name(), Session.source(data.source(), data.arguments(), digits, Optional.of(digits)));
    }
    return sources;
  }

  private void run(String name, String network, int batch, double operations) {
    if (operations > MUCH && device.info().kind() != DeviceInfo.Kind.GPU) {
      return;
    }
    add(name, () -> {
      NetworkProgram checked = program.network(network).orElseThrow();
      long capacity = (batch + 15L) / 16 * 16;
      try (Executable plan = Compiler.compile(checked, flavour).open(device, Map.of("batch", capacity))) {
        plan.initialise(1);
        BoundEntry run = plan.entry("run");
        run.entry().inputs().forEach(input -> fill(run, input, batch));
        return Measurement.of(name, operations, plan.allocatedBytes(), count -> {
          for (int i = 0; i < count; i++) {
            run.enqueue();
          }
          plan.finish();
        });
      }
    });
  }

  private static void fill(BoundEntry run, Input input, int batch) {
    if (input.element() == Element.I32) {
      run.write(input.name(), new int[] {batch});
    } else {
      float[] values = new float[Math.toIntExact(run.inputBytes(input.name()) / Float.BYTES)];
      Random random = new Random(1);
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat() * 2 - 1;
      }
      run.write(input.name(), values);
    }
  }
}
