package dlv.compiler.cli;

import dlv.compiler.diagnostic.Suggest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the arguments of a command. */
final class Usage {

  private Usage() {}

  /** What is wrong, what was probably meant, and where to read more. */
  static UsageException explain(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String more = "`" + name + " --help` shows what it takes";
    if (failure instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unknown(command, unmatched.getUnmatched().get(0), more);
    }
    if (failure instanceof MissingParameterException missing) {
      String what = missing.getMissing().isEmpty() ? "an argument" : name(missing.getMissing().get(0));
      boolean isCommand = missing.getMissing().isEmpty() && command.getParent() == null;
      boolean alone = failure.getMessage().contains("parameter for option");
      return new UsageException(isCommand ? "which command?" : what + (alone ? " needs a value" : " is missing"), more);
    }
    var argument = failure.getArgSpec();
    if (argument != null && argument.typeInfo().isMap()) {
      return new UsageException(name(argument) + " takes " + argument.paramLabel() + ", and there is no `=` in"
          + failure.getMessage().substring(failure.getMessage().lastIndexOf(' ')), more);
    }
    return argument != null && argument.type().isEnum() && failure.getValue() != null
        ? unknownChoice(argument, failure.getValue(), more)
        : new UsageException(failure.getMessage().replace('\'', '`'), more);
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? "`" + option.longestName() + "`" : argument.paramLabel();
  }

  private static UsageException unknownChoice(ArgSpec argument, String value, String more) {
    List<String> choices = Arrays.stream(argument.type().getEnumConstants()).map(Object::toString).toList();
    return new UsageException(
        name(argument) + " is one of " + String.join(", ", choices) + ", not `" + value + "`",
        Suggest.question(value, choices).orElse(more));
  }

  private static UsageException unknown(CommandLine command, String argument, String more) {
    String written = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
    boolean isOption = written.startsWith("-");
    boolean takesCommands = !command.getSubcommands().isEmpty();
    List<String> known = new ArrayList<>();
    if (isOption) {
      command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
    } else {
      known.addAll(command.getSubcommands().keySet());
    }
    String kind = isOption ? "option" : takesCommands ? "command" : "argument";
    return new UsageException(
        takesCommands || isOption ? "there is no " + kind + " `" + written + "`" : "`" + written + "` is one too many",
        Suggest.question(written, known).orElse(more));
  }
}
