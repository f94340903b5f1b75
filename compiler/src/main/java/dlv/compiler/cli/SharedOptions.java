package dlv.compiler.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class SharedOptions {

  @Option(names = "--format", paramLabel = "text|json", defaultValue = "text",
      description = "How to answer, for people or for machines.")
  private Output.Format format = Output.Format.TEXT;

  @Option(names = "--debug", description = "Write details of a bug of dlvc to dlvc-trace.txt.")
  private boolean debug;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this.")
  private boolean help;

  Output.Format format() {
    return format;
  }

  boolean debug() {
    return debug;
  }
}
