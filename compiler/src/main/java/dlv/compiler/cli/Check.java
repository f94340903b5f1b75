package dlv.compiler.cli;

import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostics;
import dlv.compiler.syntax.Parser;
import dlv.compiler.syntax.SourceReader;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code dlvc check}: all the errors and warnings of files, and nothing else. */
@CommandLine.Command(name = "check", description = "Find every error in .dlv files, without running anything.")
final class Check extends Command {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The .dlv files.")
  private List<Path> files;

  Check(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    Diagnostics diagnostics = new Diagnostics();
    for (Path file : files) {
      try {
        Parser.parse(SourceReader.read(file));
      } catch (CompileException e) {
        diagnostics.addAll(e.diagnostics());
      }
    }
    if (wantsJson() || !diagnostics.isEmpty()) {
      output().report(diagnostics.list(), options().format());
    } else {
      output().print(files.size() == 1 ? "no errors\n" : "no errors in " + files.size() + " files\n");
    }
    return diagnostics.hasErrors() ? ExitCode.SOURCE : ExitCode.OK;
  }
}
