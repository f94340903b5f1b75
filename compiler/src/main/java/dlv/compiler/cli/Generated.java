package dlv.compiler.cli;

import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.type.Element;
import dlv.runtime.Values;
import dlv.runtime.data.AtomicFile;
import dlv.runtime.data.DataException;
import dlv.runtime.data.OutputFile;
import dlv.runtime.json.Json;
import dlv.runtime.report.Animation;
import dlv.runtime.report.PictureSheet;
import dlv.runtime.text.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was generated, as files: pictures as a sheet or one by one, numbers as arrays, sequences of symbols as lines. */
final class Generated {
  private final NetworkProgram network;
  private final Symbols symbols;
  private final Path out;
  private final Output output;
  private final Output.Format format;

  Generated(NetworkProgram network, Symbols symbols, Path out, Output output, Output.Format format) {
    this.network = network;
    this.symbols = symbols;
    this.out = out;
    this.output = output;
    this.format = format;
  }

  /**
   * Writes every result, and says where. Without {@code --out} pictures get the name of the block, and the rest is
   * printed: lines, or as JSON within the one object.
   */
  void write(Map<String, Values> answers) {
    boolean folder = out != null && !out.getFileName().toString().matches(".*\\.(?i:png|gif|npy|txt)");
    if (out != null && !folder && answers.size() > 1) {
      throw new UsageException(network.name() + " has several results, and --out names one file",
          "name a folder, in which each result gets a file");
    }
    List<String> files = new ArrayList<>();
    Json.Builder results = Json.object();
    for (Port port : network.results()) {
      Values values = answers.get(port.name());
      if (folder) {
        files.addAll(apart(port, values));
      } else if (out != null || isPicture(port, values)) {
        files.addAll(file(out == null ? Path.of(network.name() + ".png") : out, port, values));
      } else if (format == Output.Format.JSON) {
        results.put(port.name(), IntStream.range(0, values.rows()).boxed().toList(), row -> json(port, values, row));
      } else {
        output.print(lines(port, values));
      }
    }
    if (format == Output.Format.JSON) {
      output.print(Json.object().put("generate", network.name()).put("results", results.build())
          .put("files", files, Json::of).build().toLine() + "\n");
    } else {
      files.forEach(file -> output.print(file + "\n"));
    }
  }

  private static boolean isPicture(Port port, Values values) {
    return port.type().element() == Element.FLOAT && PictureSheet.fits(values.shape());
  }

  private static boolean isText(Port port) {
    return port.type().element() == Element.INT;
  }

  /** One example: its text, or its numbers row-major. */
  private Json json(Port port, Values values, int row) {
    return symbols.vocabulary(port).map(vocabulary -> Json.of(text(vocabulary, values, row))).orElseGet(() ->
        Json.of(IntStream.range(0, values.size()).mapToObj(i -> Json.of(values.get(row, i))).toList()));
  }

  /** A file for each picture; one for all numbers or all lines. */
  private List<String> apart(Port port, Values values) {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw DataException.io(out, e);
    }
    if (!isPicture(port, values)) {
      return file(out.resolve(port.name() + (isText(port) ? ".txt" : ".npy")), port, values);
    }
    List<String> files = new ArrayList<>();
    for (int row = 0; row < values.rows(); row++) {
      files.addAll(file(out.resolve(String.format("%s-%03d.png", port.name(), row + 1)), port, values.row(row)));
    }
    return files;
  }

  private List<String> file(Path file, Port port, Values values) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".txt")) {
      AtomicFile.write(file, lines(port, values).getBytes(StandardCharsets.UTF_8));
    } else if (name.endsWith(".gif")) {
      if (!isPicture(port, values) || !Animation.fits(values.shape())) {
        throw new UsageException("the result `" + port.name() + "` of " + network.name() + " is "
            + port.type().text() + ", and a GIF file shows rows of pictures, [n, 1, h, w] or [n, 3, h, w]",
            "name a .png or .npy file");
      }
      Animation.write(file, values).forEach(note -> output.message("note: " + note + "\n"));
    } else if (name.endsWith(".png") && isPicture(port, values)) {
      PictureSheet.write(file, values).forEach(note -> output.message("note: " + note + "\n"));
    } else {
      List<Integer> shape = new ArrayList<>(Arrays.stream(values.shape()).boxed().toList());
      if (values.rows() > 1 || name.endsWith(".npy")) {
        shape.add(0, values.rows());
      }
      OutputFile.write(file, shape, values.toArray(), false)
          .forEach(note -> output.message("note: " + note + "\n"));
    }
    return List.of(file.toString());
  }

  /** A line for each example: its numbers, or its text, where that has several lines with a rule between two. */
  private String lines(Port port, Values values) {
    List<String> lines = symbols.vocabulary(port).map(vocabulary -> texts(vocabulary, values))
        .orElseGet(() -> IntStream.range(0, values.rows()).mapToObj(row -> IntStream.range(0, values.size())
            .mapToObj(i -> number(values.get(row, i))).collect(Collectors.joining(" "))).toList());
    String between = lines.stream().anyMatch(line -> line.contains("\n")) ? "\n---\n" : "\n";
    return String.join(between, lines) + "\n";
  }

  private static List<String> texts(Vocabulary vocabulary, Values values) {
    return IntStream.range(0, values.rows()).mapToObj(row -> text(vocabulary, values, row)).toList();
  }

  private static String text(Vocabulary vocabulary, Values values, int row) {
    return vocabulary.decode(IntStream.range(0, values.size()).map(i -> (int) values.get(row, i)).toArray());
  }

  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7 ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.5g", value);
  }
}
