package dlv.compiler.cli;

import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.type.Dim;
import dlv.runtime.data.DataException;
import dlv.runtime.data.InputFile;
import dlv.runtime.text.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts of the command line as inputs of symbols. */
final class Texts {
  private Texts() {}

  /** The sizes that texts give to dimensions without a value: how long they are, and how many symbols there are. */
  static Map<String, String> sizes(NetworkProgram network, Symbols symbols, Map<String, List<String>> given) {
    var sizes = new LinkedHashMap<String, String>();
    for (Port port : network.inputs()) {
      symbols.vocabulary(port).filter(v -> given.containsKey(port.name())).ifPresent(vocabulary -> {
        port.type().categories().ifPresent(n -> give(n, vocabulary.size(), sizes));
        give(port.type().shape().dim(0), given.get(port.name()).stream()
            .mapToInt(text -> encode(port, vocabulary, text).length).max().orElseThrow(), sizes);
      });
    }
    return sizes;
  }

  private static void give(Dim dim, int size, Map<String, String> sizes) {
    dim.names().stream().filter(name -> dim.equals(Dim.name(name)))
        .forEach(name -> sizes.put(name, Integer.toString(size)));
  }

  private static int[] encode(Port port, Vocabulary vocabulary, String text) {
    try {
      int[] numbers = vocabulary.encode(text);
      if (numbers.length == 0) {
        throw new UsageException("the text for " + port.name() + " is empty", "give it at least one symbol");
      }
      return numbers;
    } catch (Vocabulary.UnknownSymbol e) {
      throw new DataException("", "", port.name() + ": " + e.getMessage() + " of the weights", "leave it out, or train"
          + " with texts that have it");
    }
  }

  /**
   * A text as an example of an input, by the vocabulary of the weights.
   *
   * @param shorter whether the text may leave places free: an input beside it says how long it is
   */
  static InputFile.Example read(Port port, Vocabulary vocabulary, String text, boolean shorter) {
    int[] numbers = encode(port, vocabulary, text);
    int room = Math.toIntExact(port.type().shape().dim(0).value());
    if (shorter ? numbers.length > room : numbers.length != room) {
      throw new UsageException("\"" + Vocabulary.shown(text) + "\" has " + numbers.length + " symbols, and the input "
          + port.name() + " is " + port.type().text(), "give it a text of " + (shorter ? "at most " : "") + room);
    }
    float[] values = new float[room];
    for (int i = 0; i < numbers.length; i++) {
      values[i] = numbers[i];
    }
    return example(text, List.of(room), values);
  }

  /** How many symbols a text has, as an example of the input that says so. */
  static InputFile.Example length(Port port, Vocabulary vocabulary, String text) {
    return example(text, List.of(), new float[] {encode(port, vocabulary, text).length});
  }

  private static InputFile.Example example(String text, List<Integer> shape, float[] values) {
    return new InputFile.Example(Vocabulary.shown(text), new InputFile.Input(shape, values, List.of()));
  }
}
