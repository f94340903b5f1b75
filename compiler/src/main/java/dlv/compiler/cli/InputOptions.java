package dlv.compiler.cli;

import dlv.compiler.check.NetworkProgram;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a network is given. */
final class InputOptions {

  @Option(names = "--in", paramLabel = "INPUT=PATH",
      description = "A picture, array, folder of them, or text for an input: --in image=two.png.")
  private List<String> in = List.of();

  /** The examples for every input of a network; a {@link UsageException} where one is missing or too many. */
  Examples read(NetworkProgram network, Symbols symbols, Output output) {
    return new Examples(network, in, symbols, output);
  }

  /** The sizes that texts among the inputs give to dimensions without a value. */
  Map<String, String> sizes(NetworkProgram network, Symbols symbols) {
    return Texts.sizes(network, symbols, Examples.given(network, in));
  }
}
