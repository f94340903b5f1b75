package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.layout.Flavour;
import dlv.compiler.lower.Lower;
import dlv.compiler.memory.DeviceMemory;
import dlv.compiler.memory.Plan;
import dlv.compiler.memory.PlanJson;
import dlv.compiler.memory.PlanText;
import dlv.runtime.data.DataSource;
import dlv.runtime.json.Json;
import dlv.runtime.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlvc plan}: every buffer that training and use will need, to the byte, before anything runs. */
@CommandLine.Command(name = "plan", description = "Show every buffer and its life, to the byte.")
final class PlanMemory extends Command {

  /** A plan with values for its dimensions. */
  private record Planned(String name, Plan plan, Map<String, Long> sizes) {}

  @Mixin
  private final ProgramOptions source = new ProgramOptions();

  @Mixin
  private final FlavourOption flavour = new FlavourOption();

  @Option(names = "--batch", paramLabel = "ROWS", defaultValue = "1",
      description = "How many rows a call of a network gets (${DEFAULT-VALUE}).")
  private long batch;

  @Option(names = "--memory", paramLabel = "SIZE", converter = ByteSize.class,
      description = "Say the largest batch that fits, such as 4GiB.")
  private Long memory;

  @Option(names = "--buffer", paramLabel = "SIZE", converter = ByteSize.class,
      description = "The device's largest buffer, where that is less than its memory.")
  private Long buffer;

  PlanMemory(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    if (buffer != null && memory == null) {
      throw new UsageException("`--buffer` is for `--memory`, which is missing", "--memory 4GiB");
    }
    if (batch < 1) {
      throw new UsageException("`--batch` is at least 1, not " + batch, "");
    }
    Program program = source.check(output(), Output.Format.TEXT);
    Flavour kind = flavour.flavour();
    List<Planned> plans = new ArrayList<>();
    program.trains().forEach(train -> plans.add(plan(train, kind)));
    program.networks().stream().filter(NetworkProgram::isClosed).forEach(network -> plans.add(plan(network, kind)));
    if (wantsJson()) {
      output().print(Json.object().put("version", 1).put("flavour", kind.text())
          .put("units", plans, planned -> json(planned)).build().toLine() + "\n");
    } else {
      plans.forEach(this::show);
    }
    return ExitCode.OK;
  }

  private Planned plan(TrainProgram train, Flavour kind) {
    Map<String, DataSource> sources = Train.sources(train, source);
    try {
      return new Planned(train.name(), Compiler.plan(Lower.train(train), kind),
          Trainer.dimensions(Compiler.trainings(train).get(0), sources));
    } finally {
      sources.values().forEach(DataSource::close);
    }
  }

  private Planned plan(NetworkProgram network, Flavour kind) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("batch", (batch + Flavour.SLAB_ROWS - 1) / Flavour.SLAB_ROWS * Flavour.SLAB_ROWS);
    return new Planned(network.name(), Compiler.plan(Lower.network(network), kind), sizes);
  }

  private void show(Planned planned) {
    output().print(planned.name() + ", a batch of " + planned.sizes().get("batch") + "\n"
        + PlanText.of(planned.plan(), planned.sizes()));
    if (memory != null) {
      output().print(String.format(Locale.ROOT, "largest batch in %,d bytes: %,d%n", memory, largest(planned)));
    }
    output().print("\n");
  }

  private Json json(Planned planned) {
    var json = Json.object().put("name", planned.name()).put("plan", PlanJson.of(planned.plan(), planned.sizes()));
    return (memory == null ? json : json.put("largestBatch", largest(planned))).build();
  }

  private long largest(Planned planned) {
    var device = new DeviceMemory(memory, buffer == null ? memory : buffer);
    return planned.plan().largestBatch(device, planned.sizes(), Flavour.SLAB_ROWS);
  }
}
