package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.diagnostic.CompileException;
import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Edit;
import dlv.compiler.diagnostic.Help;
import dlv.compiler.diagnostic.Severity;
import dlv.compiler.diagnostic.TextRenderer;
import dlv.compiler.source.SourceFile;
import dlv.compiler.syntax.SourceReader;
import dlv.runtime.data.AtomicFile;
import dlv.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlvc fix}: the ways out of a file's errors and warnings, numbered; with a number it goes one of them. */
@CommandLine.Command(name = "fix", description = "Show the ways out of errors, numbered, or go one of them.")
final class Fix extends Command {

  @Mixin
  private final ProgramOptions source = new ProgramOptions();

  @Option(names = "--apply", paramLabel = "N", description = "Write the file as way N has it.")
  private Integer apply;

  /** An edit that a diagnostic offers. */
  private record Way(Diagnostic diagnostic, Help help, Edit edit) {}

  Fix(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    SourceFile file = SourceReader.read(source.file());
    List<Diagnostic> diagnostics = diagnostics(file);
    List<Way> ways = ways(diagnostics, file);
    if (apply != null) {
      return apply(ways, file);
    }
    if (wantsJson()) {
      output().report(diagnostics, options().format());
    } else {
      show(diagnostics, ways);
    }
    boolean lost = ways.isEmpty() && diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    return lost ? ExitCode.SOURCE : ExitCode.OK;
  }

  private List<Diagnostic> diagnostics(SourceFile file) {
    try {
      return Compiler.check(file, new Compiler.Given(source.set(), source.data(), source.folder())).warnings();
    } catch (CompileException e) {
      return e.diagnostics();
    }
  }

  private static List<Way> ways(List<Diagnostic> diagnostics, SourceFile file) {
    List<Way> ways = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics) {
      for (Help help : diagnostic.helps()) {
        help.edit().filter(edit -> edit.span().file() == file)
            .ifPresent(edit -> ways.add(new Way(diagnostic, help, edit)));
      }
    }
    return ways;
  }

  private void show(List<Diagnostic> diagnostics, List<Way> ways) {
    if (diagnostics.isEmpty()) {
      output().print("no errors\n");
    }
    int number = 0;
    for (Diagnostic diagnostic : diagnostics) {
      output().print(TextRenderer.printable(diagnostic.toString()) + "\n");
      for (Way way : ways) {
        if (way.diagnostic() == diagnostic) {
          output().print("  " + ++number + ". " + TextRenderer.printable(way.help().text()) + "\n"
              + Change.of(way.edit()).text("     "));
        }
      }
    }
    if (!ways.isEmpty()) {
      output().print("`dlvc fix " + source.file() + " --apply N` goes one of them\n");
    }
  }

  private ExitCode apply(List<Way> ways, SourceFile file) {
    int number = apply;
    if (number < 1 || number > ways.size()) {
      throw new UsageException(ways.isEmpty() ? "there is nothing to apply"
          : "`--apply` is a number from 1 to " + ways.size() + ", not " + number,
          "`dlvc fix " + source.file() + "` shows the ways there are");
    }
    Change change = Change.of(ways.get(number - 1).edit());
    AtomicFile.write(source.file(), change.after().getBytes(StandardCharsets.UTF_8));
    output().print(wantsJson() ? Json.object().put("version", 1).put("applied", number)
        .put("text", ways.get(number - 1).help().text()).build().toLine() + "\n" : change.text(""));
    return ExitCode.OK;
  }
}
