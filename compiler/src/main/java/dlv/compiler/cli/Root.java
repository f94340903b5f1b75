package dlv.compiler.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dlvc} itself: without a command it says which there are. */
@Command(
    name = "dlvc",
    description = {"Neural networks as they stand on the whiteboard: checked, compiled, trained.", ""},
    version = "dlvc " + Root.VERSION,
    synopsisHeading = "Usage: ",
    commandListHeading = "%nCommands:%n",
    footer = "%nEach command has a --help of its own.")
final class Root {

  /** The version of the language and its compiler. */
  static final String VERSION = "0.1.0";

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this.")
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  private boolean version;
}
