package dlv.compiler.cli;

import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import java.util.List;
import picocli.CommandLine.Option;

/** Which train block of a file is meant. */
final class BlockOption {

  @Option(names = "--block", paramLabel = "NAME", defaultValue = "",
      description = "The train block, where the file has several.")
  private String name;

  /** The block; a {@link UsageException} where it is not clear which. */
  TrainProgram of(Program program) {
    List<String> names = program.trains().stream().map(TrainProgram::name).toList();
    if (names.isEmpty()) {
      throw new UsageException("the file has no train block", "");
    }
    if (name.isEmpty() && names.size() > 1) {
      throw new UsageException("the file has several train blocks", "say which with --block: " + String.join(", ", names));
    }
    return name.isEmpty() ? program.trains().get(0) : program.train(name).orElseThrow(() ->
        UsageException.unknown("there is no train block", name, names));
  }
}
