package dlv.compiler.cli;

import dlv.compiler.check.NetworkProgram;
import dlv.compiler.drawing.NetworkDrawing;
import dlv.runtime.data.DataException;
import dlv.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlvc draw}: networks as pictures of boxes and arrows. */
@CommandLine.Command(name = "draw", description = "Draw networks as boxes and arrows, as SVG or PNG.")
final class Draw extends Command {

  @Mixin
  private final ProgramOptions source = new ProgramOptions();

  @Option(names = "--only", paramLabel = "NAME", defaultValue = "", description = "Only this network.")
  private String only;

  @Option(names = "--out", paramLabel = "PATH", defaultValue = ".",
      description = "A .svg or .png file for one network, or a folder for NAME.svg; this folder by default.")
  private Path out;

  @Option(names = "--depth", paramLabel = "N", defaultValue = "100",
      description = "How many levels of your own networks are opened; 0 for none, all by default.")
  private int depth;

  Draw(Output output) {
    super(output);
  }

  @Override
  ExitCode execute() {
    if (depth < 0) {
      throw new UsageException("--depth is a number of levels, at least 0, not " + depth, "--depth 0 opens none");
    }
    List<NetworkProgram> networks = wanted(source.check(output(), Output.Format.TEXT).networks());
    boolean isFile = isPicture(out);
    if (isFile && networks.size() > 1) {
      throw new UsageException("the file has several networks, and " + out + " is one picture",
          "say which with --only: " + names(networks) + "; or name a folder");
    }
    Path folder = isFile ? out.toAbsolutePath().getParent() : out;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DataException.io(folder, e);
    }
    List<String> files = new ArrayList<>();
    for (NetworkProgram network : networks) {
      Path file = isFile ? out : out.resolve(network.name() + ".svg");
      NetworkDrawing.write(network, depth, file);
      files.add(file.toString());
    }
    output().print(wantsJson()
        ? Json.object().put("version", 1).put("files", files, Json::of).build().toLine() + "\n"
        : String.join("\n", files) + "\n");
    return ExitCode.OK;
  }

  private List<NetworkProgram> wanted(List<NetworkProgram> networks) {
    if (networks.isEmpty()) {
      throw new UsageException("the file has no network that stands on its own", "");
    }
    if (only.isEmpty()) {
      return networks;
    }
    List<NetworkProgram> wanted = networks.stream().filter(network -> network.name().equals(only)).toList();
    if (wanted.isEmpty()) {
      throw UsageException.unknown("the file has no network", only,
          networks.stream().map(NetworkProgram::name).toList());
    }
    return wanted;
  }

  private static String names(List<NetworkProgram> networks) {
    return networks.stream().map(NetworkProgram::name).collect(Collectors.joining(", "));
  }

  private static boolean isPicture(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".svg") || name.endsWith(".png");
  }
}
