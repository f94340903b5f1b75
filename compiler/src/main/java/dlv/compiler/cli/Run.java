package dlv.compiler.cli;

import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Program;
import dlv.compiler.layout.Flavour;
import dlv.compiler.lower.Lower;
import dlv.runtime.Device;
import dlv.runtime.Model;
import dlv.runtime.Values;
import dlv.runtime.data.OutputFile;
import dlv.runtime.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlvc run}: a network's answers to examples. */
@CommandLine.Command(name = "run", description = "Give a network examples, and show its answers.")
final class Run extends Command {
  private static final int MOST_SHOWN = 100;
  private static final int LARGEST_BATCH = 64;

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
    Symbols symbols = network.states().isEmpty() ? Symbols.NONE : Symbols.of(weights.file(""));
    Map<String, String> sizes = given.sizes(network, symbols);
    NetworkProgram closed = network.isClosed() || sizes.isEmpty() ? network : network(source.check(sizes));
    Examples examples = given.read(closed, symbols, output());
    boolean picture = out != null && !out.toString().endsWith(".npy");
    if (picture && examples.size() != 1) {
      throw new UsageException("--out " + out + " holds one answer, and there are " + examples.size() + " examples",
          "name it .npy: it then holds all, one after another");
    }
    int batch = Math.max(1, Math.min(examples.size(), LARGEST_BATCH));
    try (Device device = where.open(output()); Model model = open(closed, device, batch)) {
      Map<String, List<Values>> answers = new LinkedHashMap<>();
      for (int from = 0; from < examples.size(); from += batch) {
        int first = from;
        Map<String, Values> some = model.run(examples.rows(from, Math.min(from + batch, examples.size())));
        some.forEach((result, values) -> answers.computeIfAbsent(result, key -> new ArrayList<>()).add(values));
        if (out == null) {
          some.forEach((result, values) -> IntStream.range(0, values.rows()).forEach(row ->
              show(examples.size() == 1 ? "" : examples.name(first + row), result, values.row(row),
                  symbols.reading(result, values.row(row)))));
        }
      }
      answers.forEach((result, values) -> write(result, values, examples.size()));
      return ExitCode.OK;
    }
  }

  private Model open(NetworkProgram network, Device device, int batch) {
    var unit = where.compile(Lower.network(network), device, Map.of("batch", rows(batch)));
    return network.states().isEmpty() ? Model.open(device, unit, batch)
        : Model.open(device, unit, weights.file(""), batch);
  }

  /** The rows that a batch has room for. */
  private static long rows(int batch) {
    return (batch + Flavour.SLAB_ROWS - 1L) / Flavour.SLAB_ROWS * Flavour.SLAB_ROWS;
  }

  private NetworkProgram network(Program program) {
    List<NetworkProgram> usable = program.networks();
    List<String> names = usable.stream().map(NetworkProgram::name).toList();
    if (name.isEmpty() && usable.size() == 1) {
      return usable.get(0);
    }
    if (name.isEmpty()) {
      throw new UsageException("say which network with --network",
          names.isEmpty() ? "" : "there are " + String.join(", ", names));
    }
    return program.network(name).orElseThrow(() -> UsageException.unknown("there is no network", name, names));
  }

  /** Writes the answers to all examples as one file; several have an axis of their own in front. */
  private void write(String result, List<Values> answers, int examples) {
    if (out == null) {
      return;
    }
    List<Integer> shape = new ArrayList<>(Arrays.stream(answers.get(0).shape()).boxed().toList());
    if (examples > 1) {
      shape.add(0, examples);
    }
    var all = new float[answers.stream().mapToInt(values -> values.rows() * values.size()).sum()];
    int at = 0;
    for (Values values : answers) {
      System.arraycopy(values.toArray(), 0, all, at, values.rows() * values.size());
      at += values.rows() * values.size();
    }
    OutputFile.write(out, shape, all, false).forEach(note -> output().message("note: " + note + "\n"));
    output().print(wantsJson() ? Json.object().put("result", result).put("file", out.toString()).build().toLine() + "\n"
        : result + ": " + out + "\n");
  }

  /** One line: the answer to one example, which has a name where there are many. */
  private void show(String example, String result, Values values, Optional<String> reading) {
    String head = example.isEmpty() ? result : example + "  " + result;
    if (wantsJson()) {
      Json.Builder answer = Json.object();
      if (!example.isEmpty()) {
        answer.put("example", example);
      }
      answer.put("result", result)
          .put("values", IntStream.range(0, values.size()).boxed().toList(), i -> Json.of(values.get(0, i)));
      reading.ifPresent(text -> answer.put("largest", text));
      output().print(answer.build().toLine() + "\n");
    } else if (reading.isPresent() && values.shape().length > 1) {
      output().print(head + ", the most likely symbols: " + reading.get() + "\n");
    } else if (values.size() <= MOST_SHOWN) {
      String numbers = IntStream.range(0, values.size())
          .mapToObj(i -> String.format(Locale.ROOT, "%.5g", values.get(0, i))).collect(Collectors.joining(" "));
      String largest = values.shape().length == 1 ? "   largest: " + reading.orElse(Integer.toString(values.argMax())) : "";
      output().print(head + ": " + numbers + largest + "\n");
    } else {
      output().print(head + ": " + values.size() + " values; write them with --out FILE.png or FILE.npy\n");
    }
  }
}
