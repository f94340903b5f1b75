package dlv.compiler.cli;

import dlv.compiler.Compiler;
import dlv.compiler.check.GenerateProgram;
import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Program;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.emit.java.GeneratedFiles;
import dlv.compiler.emit.java.OutputFolder;
import dlv.compiler.layout.Flavour;
import dlv.runtime.CompiledUnit;
import dlv.runtime.json.Json;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlvc compile}: a Java class for each network, train and generate block, with its kernels beside it. */
@CommandLine.Command(name = "compile", description = "Write Java classes for networks, train and generate blocks.")
final class CompileJava extends Command {

  @Mixin
  private final ProgramOptions source = new ProgramOptions();

  @Option(names = "--package", paramLabel = "NAME", required = true,
      description = "The package of the classes: com.example.vision.")
  private String packageName;

  @Option(names = "--out", paramLabel = "DIR", required = true,
      description = "The folder of sources that the package lies in.")
  private Path out;

  CompileJava(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    Program program = source.check(output(), Output.Format.TEXT);
    GeneratedFiles files = new GeneratedFiles(packageName);
    for (NetworkProgram network : program.networks()) {
      if (isClosed(network)) {
        files.add(network, units(flavour -> Compiler.compile(network, flavour)));
      }
    }
    for (GenerateProgram generate : program.generates()) {
      if (isClosed(generate.network())) {
        files.add(generate, units(flavour -> Compiler.compile(generate.network(), flavour)));
      }
    }
    for (TrainProgram train : program.trains()) {
      files.add(train, Compiler.trainings(train), units(flavour -> Compiler.compile(train, flavour)));
    }
    Map<String, byte[]> contents = files.files();
    OutputFolder.write(out, source.file().getFileName().toString(), contents);
    List<String> names = List.copyOf(new TreeSet<>(contents.keySet()));
    output().print(wantsJson()
        ? Json.object().put("version", 1).put("out", out.toString()).put("files", names, Json::of).build().toLine() + "\n"
        : names.stream().filter(name -> name.endsWith(".java")).map(name -> out.resolve(name) + "\n")
            .reduce("", String::concat));
    return ExitCode.OK;
  }

  private boolean isClosed(NetworkProgram network) {
    if (!network.isClosed()) {
      output().message("note: `" + network.name() + "` has dimensions without a value, and gets no class; give them"
          + " with --set\n");
    }
    return network.isClosed();
  }

  private static List<CompiledUnit> units(Function<Flavour, CompiledUnit> compile) {
    return Arrays.stream(Flavour.values()).map(compile).toList();
  }
}
