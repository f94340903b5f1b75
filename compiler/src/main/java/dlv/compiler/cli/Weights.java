package dlv.compiler.cli;

import dlv.runtime.data.DataException;
import dlv.runtime.report.RunFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which weights a command uses: those of the newest finished run, unless a file is named. */
final class Weights {

  @Option(names = "--weights", paramLabel = "FILE",
      description = "The weights; without it those of the newest finished run.")
  private Path file;

  @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs",
      description = "The folder of run folders (${DEFAULT-VALUE}).")
  private Path runs;

  /** The file; {@code block} narrows the runs to those of one train block, where it is not empty. */
  Path file(String block) {
    if (file != null) {
      return file;
    }
    return RunFolder.latestFinished(runs, block).map(RunFolder::weightsFile).orElseThrow(() ->
        DataException.of(runs, "there is no finished run here", "train first, or name a file with --weights"));
  }
}
