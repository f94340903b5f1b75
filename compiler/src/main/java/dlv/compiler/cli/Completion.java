package dlv.compiler.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dlvc completion}: a script that teaches the shell the commands and options. */
@CommandLine.Command(
    name = "completion",
    description = "Print a script that completes commands in bash and zsh.",
    footer = "%nFor this shell: source <(dlvc completion)")
final class Completion extends Command {

  @Spec
  private CommandSpec spec;

  Completion(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    output().print(AutoComplete.bash("dlvc", spec.root().commandLine()));
    return ExitCode.OK;
  }
}
