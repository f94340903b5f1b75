package dlv.compiler.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command of dlvc: reads its arguments from its fields, answers through the output, and may fail as it likes. */
abstract class Command implements Callable<Integer> {

  @Mixin
  private final SharedOptions options = new SharedOptions();

  private final Output output;

  Command(Output output) {
    this.output = output;
  }

  /** Does what the command is for. */
  abstract ExitCode execute();

  Output output() {
    return output;
  }

  SharedOptions options() {
    return options;
  }

  boolean wantsJson() {
    return options.format() == Output.Format.JSON;
  }

  @Override
  public final Integer call() {
    return execute().code();
  }
}
