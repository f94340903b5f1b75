package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Program;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.Values;
import dlv.runtime.data.OutputFile;
import dlv.runtime.json.Json;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlvc run}: a network's answer to one example. */
@CommandLine.Command(name = "run", description = "Give a network an example, and show its answer.")
final class Run extends Command {
  private static final int MOST_SHOWN = 100;

  @Mixin
  private final ProgramOptions source = new ProgramOptions();

  @Mixin
  private final DeviceOptions where = new DeviceOptions();

  @Mixin
  private final Weights weights = new Weights();

  @Option(names = "--network", paramLabel = "NAME", defaultValue = "",
      description = "The network, where the file has several.")
  private String name;

  @Mixin
  private final InputOptions given = new InputOptions();

  @Option(names = "--out", paramLabel = "FILE", description = "Write the answer as a picture (.png) or array (.npy).")
  private Path out;

  Run(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    Program program = source.check(output(), options().format());
    NetworkProgram network = network(program);
    if (out != null && network.results().size() > 1) {
      throw new UsageException(network.name() + " has several results, and --out names one file",
          "leave --out away, or give it a network with one result");
    }
    Map<String, float[]> inputs = given.read(network, output());
    try (Device device = where.open(output()); Model model = open(network, device)) {
      Map<String, Values> answers = model.run(inputs);
      answers.forEach(this::show);
      return ExitCode.OK;
    }
  }

  private Model open(NetworkProgram network, Device device) {
    var unit = Compiler.compile(network, where.flavour(device));
    return network.states().isEmpty() ? Model.open(device, unit, 1)
        : Model.open(device, unit, weights.file(""), 1);
  }

  private NetworkProgram network(Program program) {
    List<NetworkProgram> usable = program.networks();
    List<String> names = usable.stream().map(NetworkProgram::name).toList();
    if (name.isEmpty() && usable.size() == 1) {
      return usable.get(0);
    }
    String there = names.isEmpty() ? "" : "there are " + String.join(", ", names);
    if (name.isEmpty()) {
      throw new UsageException("say which network with --network", there);
    }
    return program.network(name).orElseThrow(() -> new UsageException("there is no network " + name, there));
  }

  private void show(String result, Values values) {
    if (out != null) {
      List<Integer> shape = Arrays.stream(values.shape()).boxed().toList();
      OutputFile.write(out, shape, values.toArray(), false)
          .forEach(note -> output().message("note: " + note + "\n"));
      output().print(result + ": " + out + "\n");
    } else if (wantsJson()) {
      Json.Builder answer = Json.object().put("result", result);
      answer.put("values", IntStream.range(0, values.size()).boxed().toList(), i -> Json.of(values.get(0, i)));
      output().print(answer.build().toLine() + "\n");
    } else if (values.size() <= MOST_SHOWN) {
      String numbers = IntStream.range(0, values.size())
          .mapToObj(i -> String.format(Locale.ROOT, "%.5g", values.get(0, i))).collect(Collectors.joining(" "));
      String largest = values.shape().length == 1 ? "   largest: " + values.argMax() : "";
      output().print(result + ": " + numbers + largest + "\n");
    } else {
      output().print(result + ": " + values.size() + " values; write them with --out FILE.png or FILE.npy\n");
    }
  }
}
