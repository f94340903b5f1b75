package dlv.compiler.cli;

import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.runtime.data.InputFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a network is given. */
final class InputOptions {

  @Option(names = "--in", paramLabel = "INPUT=FILE",
      description = "A picture or array for an input: --in image=two.png.")
  private Map<String, Path> in = new LinkedHashMap<>();

  /** The values of every input of a network; a {@link UsageException} where one is missing or too many. */
  Map<String, float[]> read(NetworkProgram network, Output output) {
    List<String> wanted = network.inputs().stream().map(Port::name).toList();
    for (String given : in.keySet()) {
      if (!wanted.contains(given)) {
        throw new UsageException(network.name() + " has no input " + given,
            wanted.isEmpty() ? "it has none" : "it has " + String.join(", ", wanted));
      }
    }
    var inputs = new LinkedHashMap<String, float[]>();
    for (Port port : network.inputs()) {
      if (!in.containsKey(port.name())) {
        throw new UsageException("the input " + port.name() + ": " + port.type().text() + " is missing",
            "--in " + port.name() + "=FILE");
      }
      List<Integer> shape = Arrays.stream(port.type().shape().values()).mapToObj(Math::toIntExact).toList();
      InputFile.Input read = InputFile.read(in.get(port.name()), shape);
      read.conversions().forEach(note -> output.message("note: " + in.get(port.name()) + ": " + note + "\n"));
      inputs.put(port.name(), read.values());
    }
    return inputs;
  }
}
