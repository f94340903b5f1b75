package dlv.compiler.cli;

import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.layout.Flavour;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** For which kind of device. */
final class FlavourOption {

  @Option(names = "--flavour", paramLabel = "FLAVOUR", defaultValue = "cpu-batch",
      description = "The kind of device: cpu-batch (the default) or gpu.")
  private String name;

  Flavour flavour() {
    List<String> names = Arrays.stream(Flavour.values()).map(Flavour::text).toList();
    return Arrays.stream(Flavour.values()).filter(flavour -> flavour.text().equals(name)).findFirst()
        .orElseThrow(() -> new UsageException("there is no flavour `" + name + "`",
            Suggest.question(name, names).orElse("there are " + String.join(", ", names))));
  }
}
