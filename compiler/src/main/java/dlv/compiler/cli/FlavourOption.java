package dlv.compiler.cli;

import dlv.compiler.layout.Flavour;
import java.util.Arrays;
import picocli.CommandLine.Option;

/** For which kind of device. */
final class FlavourOption {

  @Option(names = "--flavour", paramLabel = "FLAVOUR", defaultValue = "cpu-batch",
      description = "The kind of device: cpu-batch (the default) or gpu.")
  private String name;

  Flavour flavour() {
    return flavour(name);
  }

  static Flavour flavour(String name) {
    return Arrays.stream(Flavour.values()).filter(flavour -> flavour.text().equals(name)).findFirst()
        .orElseThrow(() -> UsageException.unknown("there is no flavour", name,
            Arrays.stream(Flavour.values()).map(Flavour::text).toList()));
  }
}
