package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostics;
import dlv.compiler.syntax.SourceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dlvc check}: all the errors and warnings of files, and nothing else. */
@CommandLine.Command(name = "check", description = "Find every error in .dlv files, without running anything.")
final class Check extends Command {

  @Mixin
  private final ProgramOptions source = new ProgramOptions();

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "MORE", description = "Further files.")
  private List<Path> more = List.of();

  Check(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    List<Path> files = new ArrayList<>(List.of(source.file()));
    files.addAll(more);
    Diagnostics diagnostics = new Diagnostics();
    for (Path file : files) {
      try {
        var given = new Compiler.Given(source.set(), source.data(), ProgramOptions.folder(file));
        diagnostics.addAll(Compiler.check(SourceReader.read(file), given).warnings());
      } catch (CompileException e) {
        diagnostics.addAll(e.diagnostics());
      }
    }
    if (wantsJson() || !diagnostics.isEmpty()) {
      output().report(diagnostics.list(), options().format());
    } else {
      output().print(files.size() == 1 ? "no errors\n" : "no errors in " + files.size() + " files\n");
    }
    return Failures.exitCode(diagnostics.list());
  }
}
