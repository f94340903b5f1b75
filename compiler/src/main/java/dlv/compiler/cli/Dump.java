package dlv.compiler.cli;

import dlv.compiler.syntax.Parser;
import dlv.compiler.syntax.SourcePrinter;
import dlv.compiler.syntax.SourceReader;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlvc dump}: what the compiler made of a file, after any of its stages. */
@CommandLine.Command(name = "dump", description = "Show what the compiler made of a file, after any stage.")
final class Dump extends Command {

  /** The stages whose results can be shown, in order. */
  enum Stage {
    PARSE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "FILE", description = "The .dlv file.")
  private Path file;

  @Option(names = "--after", paramLabel = "STAGE", defaultValue = "parse",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Stage after;

  Dump(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    output().print(SourcePrinter.print(Parser.parse(SourceReader.read(file))));
    return ExitCode.OK;
  }
}
