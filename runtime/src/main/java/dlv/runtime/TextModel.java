package dlv.runtime;

import dlv.runtime.data.DataException;
import dlv.runtime.text.Vocabulary;
import dlv.runtime.weights.WeightsFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * From a text to a text, by the vocabularies that lie with the weights: what classes of generate blocks that read one text
 * and write another hold beside their {@link Model}.
 */
public final class TextModel {
  private final Model model;
  private final String input;
  private final String result;
  private final Vocabulary read;
  private final Vocabulary written;

  private TextModel(Model model, String input, String result, Vocabulary read, Vocabulary written) {
    this.model = model;
    this.input = input;
    this.result = result;
    this.read = read;
    this.written = written;
  }

  /**
   * Takes the vocabularies of an input and a result of a model from the file of its weights.
   *
   * @throws DataException where the file has none of these names
   */
  public static TextModel of(Model model, Path weights, String input, String result) {
    try (WeightsFile file = WeightsFile.open(weights)) {
      return new TextModel(model, input, result, vocabulary(file, weights, input), vocabulary(file, weights, result));
    }
  }

  private static Vocabulary vocabulary(WeightsFile file, Path path, String name) {
    return file.metadata().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("vocabulary.") && entry.getKey().endsWith("." + name))
        .map(Map.Entry::getValue).map(Vocabulary::parse).findFirst().orElseThrow(() -> DataException.of(path,
            "no vocabulary of " + name + " lies with these weights", "take weights that a training on texts has left"));
  }

  /**
   * What the model writes for a text.
   *
   * @throws IllegalArgumentException where the text is empty, has more symbols than there is room for, or one that the
   *     vocabulary lacks
   */
  public String write(String text, int seed, Consumer<BoundEntry> launches) {
    int[] symbols = encoded(text);
    long room = model.manifest().entry("run").input(input).shape().get(1).evaluate(Map.of());
    if (symbols.length == 0 || symbols.length > room) {
      throw new IllegalArgumentException("the text has " + symbols.length + " symbols, and " + input
          + " takes from 1 to " + room);
    }
    float[] values = new float[(int) room];
    IntStream.range(0, symbols.length).forEach(i -> values[i] = symbols[i]);
    Map<String, float[]> inputs = new HashMap<>(Map.of(input, values));
    String length = input + ".length";
    if (model.manifest().entry("run").inputs().stream().anyMatch(known -> known.name().equals(length))) {
      inputs.put(length, new float[] {symbols.length});
    }
    Values answer = model.generate(inputs, 1, seed, launches).get(result);
    return written.decode(IntStream.range(0, answer.size()).map(i -> (int) answer.get(0, i)).toArray());
  }

  private int[] encoded(String text) {
    try {
      return read.encode(text);
    } catch (Vocabulary.UnknownSymbol e) {
      throw new IllegalArgumentException(input + ": " + e.getMessage() + " of the weights", e);
    }
  }
}
