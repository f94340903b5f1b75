package dlv.compiler.cli;

import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.runtime.data.InputFile;
import dlv.runtime.text.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Examples for a network, as {@code --in INPUT=PATH} names them: files, folders, arrays of many, texts. An input with one
 * example has it for all.
 */
final class Examples {
  private final Map<String, List<InputFile.Example>> byInput = new LinkedHashMap<>();

  /**
   * Reads them.
   *
   * @throws UsageException where an input is missing, unknown, or has another number of examples than the others
   * @throws dlv.runtime.data.DataException where a file cannot be read, or does not fit
   */
  Examples(NetworkProgram network, List<String> written, Symbols symbols, Output output) {
    Map<String, List<String>> given = given(network, written);
    for (Port port : asked(network)) {
      if (!given.containsKey(port.name())) {
        throw new UsageException("the input " + port.name() + ": " + port.type().text() + " is missing",
            "--in " + port.name() + "=FILE");
      }
      List<Integer> shape = Arrays.stream(port.type().shape().values()).mapToObj(Math::toIntExact).toList();
      Optional<Vocabulary> vocabulary = symbols.vocabulary(port);
      boolean measured = isMeasured(network, port);
      List<InputFile.Example> examples = new ArrayList<>();
      for (String text : given.get(port.name())) {
        examples.addAll(vocabulary.isPresent() ? List.of(Texts.read(port, vocabulary.get(), text, measured))
            : InputFile.readAll(Path.of(text), shape));
      }
      if (measured) {
        byInput.put(Port.lengthOf(port.name()), lengths(port, vocabulary, given.get(port.name()), examples));
      }
      examples.forEach(example -> example.input().conversions().forEach(note ->
          output.message("note: " + example.name() + ": " + note + "\n")));
      byInput.put(port.name(), examples);
    }
    byInput.forEach((input, examples) -> {
      if (examples.size() != 1 && examples.size() != size()) {
        throw new UsageException(input + " has " + examples.size() + " examples, and another input has " + size(),
            "give each input as many, or one for all");
      }
    });
  }

  /** The inputs that are asked for: how long a text is, the text itself says. */
  private static List<Port> asked(NetworkProgram network) {
    List<String> lengths = network.inputs().stream().map(port -> Port.lengthOf(port.name())).toList();
    return network.inputs().stream().filter(port -> !lengths.contains(port.name())).toList();
  }

  private static boolean isMeasured(NetworkProgram network, Port text) {
    return network.inputs().stream().anyMatch(port -> port.name().equals(Port.lengthOf(text.name())));
  }

  /** How long texts are; arrays of numbers fill their room. */
  private static List<InputFile.Example> lengths(Port port, Optional<Vocabulary> vocabulary, List<String> texts,
      List<InputFile.Example> examples) {
    return vocabulary.isPresent() ? texts.stream().map(text -> Texts.length(port, vocabulary.get(), text)).toList()
        : examples.stream().map(example -> new InputFile.Example(example.name(), new InputFile.Input(List.of(),
            new float[] {example.input().values().length}, List.of()))).toList();
  }

  /** What is written for each input: paths, or texts. */
  static Map<String, List<String>> given(NetworkProgram network, List<String> written) {
    List<String> inputs = asked(network).stream().map(Port::name).toList();
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (String pair : written) {
      int equals = pair.indexOf('=');
      String input = equals < 0 ? pair : pair.substring(0, equals);
      if (equals < 0) {
        throw new UsageException("`--in " + pair + "` names no input",
            "--in " + (inputs.isEmpty() ? "INPUT" : inputs.get(0)) + "=" + pair);
      }
      if (!inputs.contains(input)) {
        throw UsageException.unknown(network.name() + " has no input", input, inputs);
      }
      given.computeIfAbsent(input, key -> new ArrayList<>()).add(pair.substring(equals + 1));
    }
    return given;
  }

  /** How many answers there will be. */
  int size() {
    return byInput.values().stream().mapToInt(List::size).max().orElse(0);
  }

  /** What one of them is called: after the first input that has many. */
  String name(int example) {
    return byInput.values().stream().filter(examples -> examples.size() == size()).findFirst().orElseThrow()
        .get(example).name();
  }

  /** Rows {@code from} to {@code to}, not included, of every input, one after another. */
  Map<String, float[]> rows(int from, int to) {
    Map<String, float[]> rows = new LinkedHashMap<>();
    byInput.forEach((input, examples) -> {
      int size = examples.get(0).input().values().length;
      var values = new float[Math.multiplyExact(size, to - from)];
      for (int i = from; i < to; i++) {
        InputFile.Example example = examples.get(examples.size() == 1 ? 0 : i);
        System.arraycopy(example.input().values(), 0, values, (i - from) * size, size);
      }
      rows.put(input, values);
    });
    return rows;
  }
}
