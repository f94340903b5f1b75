package dlv.compiler.cli;

import dlv.compiler.check.NetworkProgram;
import java.util.List;
import picocli.CommandLine.Option;

/** What a network is given. */
final class InputOptions {

  @Option(names = "--in", paramLabel = "INPUT=PATH",
      description = "A picture, array or folder of them for an input: --in image=two.png.")
  private List<String> in = List.of();

  /** The examples for every input of a network; a {@link UsageException} where one is missing or too many. */
  Examples read(NetworkProgram network, Output output) {
    return new Examples(network, in, output);
  }
}
