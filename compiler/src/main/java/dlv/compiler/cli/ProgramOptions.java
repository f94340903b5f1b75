package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.check.Program;
import dlv.compiler.syntax.Parser;
import dlv.compiler.syntax.SourceReader;
import dlv.compiler.syntax.SourceUnit;
import dlv.runtime.data.DataType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A file, and what is given to it from outside. */
final class ProgramOptions {

  /** Several values stand between commas; a comma that no name and = follow belongs to the value. */
  private static final String BETWEEN = ",(?=[\\p{L}][\\p{L}\\p{N}_.]*=)";

  @Parameters(index = "0", paramLabel = "FILE", description = "The .dlv file.")
  private Path file;

  @Option(names = "--set", paramLabel = "NAME=VALUE", split = BETWEEN, splitSynopsisLabel = ",",
      description = "Set dimensions, parameters or settings: --set seed=2, --set m=100,n=64.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--data", paramLabel = "NAME=PATH",
      description = "Other data for a data line: --data digits=mnist/.")
  private Map<String, Path> data = new LinkedHashMap<>();

  Path file() {
    return file;
  }

  Map<String, String> set() {
    return set;
  }

  Map<String, Path> data() {
    return data;
  }

  /** The folder that relative paths in the file start from. */
  Path folder() {
    return folder(file);
  }

  static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** The file, parsed and not checked. */
  SourceUnit parse() {
    return Parser.parse(SourceReader.read(file));
  }

  /** The checked program; warnings go to {@code output}. */
  Program check(Output output, Output.Format format) {
    Program program = check(Map.of());
    if (!program.warnings().isEmpty()) {
      output.report(program.warnings(), format);
    }
    return program;
  }

  /** The program checked with more values for dimensions; what is set by the user goes before. */
  Program check(Map<String, String> sizes) {
    return check(sizes, Map.of());
  }

  /** The same for data whose types weights tell, unless the user names data. */
  Program check(Map<String, String> sizes, Map<String, DataType> types) {
    var all = new LinkedHashMap<>(sizes);
    all.putAll(set);
    var unnamed = new LinkedHashMap<>(types);
    unnamed.keySet().removeAll(data.keySet());
    return Compiler.check(SourceReader.read(file), new Compiler.Given(all, data, folder(), unnamed));
  }
}
