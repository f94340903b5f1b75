package dlv.compiler.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** Where {@code dlvc} begins. */
public final class Main {

  /** Enough for trees as deep as the longest chain that the parser lets through. */
  private static final long STACK_BYTES = 512L << 20;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, Output.ofProcess()).code());
  }

  /** Runs a command on a thread with a stack of its own, and says how it ended. */
  static ExitCode run(String[] arguments, Output output) {
    var ended = new AtomicReference<>(ExitCode.INTERNAL);
    Thread thread = new Thread(null, () -> ended.set(execute(arguments, output)), "dlvc", STACK_BYTES);
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted ? ExitCode.INTERRUPTED : ended.get();
  }

  private static ExitCode execute(String[] arguments, Output output) {
    List<String> words = Arrays.asList(arguments);
    boolean json = words.contains("--format=json")
        || words.contains("--format") && words.lastIndexOf("json") == words.indexOf("--format") + 1;
    Failures failures =
        new Failures(output, json ? Output.Format.JSON : Output.Format.TEXT, words.contains("--debug"));
    try {
      CommandLine line = commandLine(output);
      line.setExecutionExceptionHandler((failure, command, parsed) -> failures.report(failure).code());
      line.setParameterExceptionHandler((failure, args) -> failures.report(Usage.explain(failure)).code());
      if (arguments.length == 0) {
        output.message(line.getUsageMessage());
        return ExitCode.USAGE;
      }
      int code = line.execute(arguments);
      output.print("");
      return Arrays.stream(ExitCode.values()).filter(exit -> exit.code() == code).findFirst().orElseThrow();
    } catch (RuntimeException | Error e) {
      return failures.report(e);
    }
  }

  /** All commands, in the order in which people meet them. */
  static CommandLine commandLine(Output output) {
    CommandLine line = new CommandLine(new Root());
    for (Command command : commands(output)) {
      line.addSubcommand(command);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setColorScheme(Help.defaultColorScheme(output.colour() ? Help.Ansi.ON : Help.Ansi.OFF));
    line.setOut(output.writer());
    return line;
  }

  private static List<Command> commands(Output output) {
    List<Command> commands = new ArrayList<>();
    commands.add(new Check(output));
    commands.add(new Fix(output));
    commands.add(new Summarise(output));
    commands.add(new Draw(output));
    commands.add(new PlanMemory(output));
    commands.add(new CompileJava(output));
    commands.add(new Train(output));
    commands.add(new Evaluate(output));
    commands.add(new Run(output));
    commands.add(new Generate(output));
    commands.add(new Dump(output));
    commands.add(new Examine(output));
    commands.add(new Completion(output));
    return commands;
  }
}
