package dlv.compiler.cli;

import dlv.runtime.data.DataException;
import dlv.runtime.report.RunFolder;
import dlv.runtime.weights.Loan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which weights a command uses: those of the newest finished run, unless a file is named. */
final class Weights {

  @Option(names = "--weights", paramLabel = "FILE",
      description = "The weights; else those of the newest finished run.")
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

  /** The models on loan, each with the file of its weights: the one named, or what {@link #loans} finds. */
  List<Loan> loans(List<dlv.compiler.check.Loan> loans, ProgramOptions source) {
    return file == null ? loans(loans, source, runs)
        : loans.stream().map(loan -> new Loan(loan.name(), loan.model(), file)).toList();
  }

  /** The models on loan, each with the weights of the run that the program names, or of the newest of its block. */
  static List<Loan> loans(List<dlv.compiler.check.Loan> loans, ProgramOptions source, Path runs) {
    return loans.stream().map(loan -> new Loan(loan.name(), loan.model(), file(loan, source, runs))).toList();
  }

  private static Path file(dlv.compiler.check.Loan loan, ProgramOptions source, Path runs) {
    if (loan.from().isEmpty()) {
      return RunFolder.latestFinished(runs, loan.block()).map(RunFolder::weightsFile).orElseThrow(() ->
          DataException.of(runs, "there is no finished run of " + loan.block() + " here", "make one: dlvc train "
              + loan.span().file().name() + " --block " + loan.block() + " --runs " + runs));
    }
    Path named = source.folder().resolve(loan.from().get()).normalize();
    if (Files.isRegularFile(named)) {
      return named;
    }
    Path weights = RunFolder.weightsFile(named);
    if (Files.exists(weights)) {
      return weights;
    }
    return RunFolder.latestFinished(named, loan.block()).map(RunFolder::weightsFile).orElseThrow(() ->
        DataException.of(named, "this is no finished run of " + loan.block() + ", nor a folder with one",
            "name a run folder, a folder of them, or a file of weights, from the folder of the .dlv file on"));
  }
}
