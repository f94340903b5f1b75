package dlv.compiler.cli;

import dlv.compiler.check.Port;
import dlv.runtime.Values;
import dlv.runtime.data.DataException;
import dlv.runtime.data.DataType;
import dlv.runtime.json.Json;
import dlv.runtime.json.JsonView;
import dlv.runtime.text.Vocabulary;
import dlv.runtime.weights.Loan;
import dlv.runtime.weights.WeightsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What the numbers of categories mean, as the metadata of weights say: vocabularies of texts, names of classes. */
final class Symbols {
  static final Symbols NONE = new Symbols();

  private final Map<String, Vocabulary> vocabularies = new LinkedHashMap<>();
  private final Map<String, List<String>> classes = new LinkedHashMap<>();
  private final Map<String, DataType> types = new LinkedHashMap<>();

  private Symbols() {}

  /** What a file of weights says. */
  static Symbols of(Path weights) {
    Symbols symbols = new Symbols();
    symbols.add(weights);
    return symbols;
  }

  /** What the files of models on loan say, each once. */
  static Symbols of(List<Loan> loans) {
    Symbols symbols = new Symbols();
    loans.stream().map(Loan::file).distinct().forEach(symbols::add);
    return symbols;
  }

  private void add(Path weights) {
    try (WeightsFile file = WeightsFile.open(weights)) {
      file.metadata().forEach((key, text) -> {
        if (key.startsWith("vocabulary.")) {
          vocabularies.put(key, Vocabulary.parse(text));
        } else if (key.startsWith("classes.")) {
          classes.put(key, Json.parse(text).view().list(JsonView::text));
        } else if (key.startsWith("fields.")) {
          types.put(key.substring("fields.".length()), DataType.of(Json.parse(text).view()));
        }
      });
    } catch (IllegalArgumentException e) {
      throw DataException.of(weights, "its vocabulary cannot be read: " + e.getMessage(),
          "the file is damaged: take another copy");
    }
  }

  /** The types that data had in training, by the names of their lines. */
  Map<String, DataType> types() {
    return types;
  }

  /** The vocabulary of an input or result of texts: the one of its size, and of its name where several have that. */
  Optional<Vocabulary> vocabulary(Port port) {
    if (!port.type().isText()) {
      return Optional.empty();
    }
    boolean open = !port.type().categories().map(n -> n.isConstant()).orElse(false);
    return one(vocabularies, port.name(), v -> open || port.type().categories().get().is(v.size()));
  }

  private static <T> Optional<T> one(Map<String, T> all, String name, Predicate<T> fits) {
    List<T> found = new ArrayList<>();
    for (Map.Entry<String, T> entry : all.entrySet()) {
      if (fits.test(entry.getValue())) {
        if (entry.getKey().endsWith("." + name)) {
          return Optional.of(entry.getValue());
        }
        found.add(entry.getValue());
      }
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** What an answer of scores says: the name of the largest, or the text of the largest at each place. */
  Optional<String> reading(String result, Values scores) {
    int[] shape = scores.shape();
    if (shape.length == 2) {
      return one(vocabularies, result, v -> v.size() == shape[1]).map(v -> v.decode(IntStream.range(0, shape[0])
          .map(place -> largest(scores, place * shape[1], shape[1])).toArray()));
    }
    if (shape.length != 1) {
      return Optional.empty();
    }
    int largest = scores.argMax();
    return one(classes, result, names -> names.size() == shape[0]).map(names -> names.get(largest))
        .or(() -> one(vocabularies, result, v -> v.size() == shape[0]).map(v -> v.symbols().get(largest)));
  }

  private static int largest(Values scores, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = scores.get(0, from + i) > scores.get(0, from + best) ? i : best;
    }
    return best;
  }
}
