package dlv.runtime.train;

import dlv.runtime.data.DataException;
import dlv.runtime.data.DataSource;
import dlv.runtime.data.Field;
import dlv.runtime.json.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What data have learned from their training rows and weights are of no use without: vocabularies, scaling, names of
 * classes; and the types of their fields, {@code fields.LINE}. It lies in the metadata of the weights as {@code KIND.LINE.NAME}: {@code vocabulary.pairs.source}.
 */
final class Learned {
  /** Names of classes begin so; they may differ between data of one type. */
  private static final String CLASSES = "classes.";
  /** The types of data begin so. */
  private static final String FIELDS = "fields.";

  private Learned() {}

  /** What the sources of some data lines have learned. */
  static Map<String, String> of(Map<String, DataSource> data) {
    var all = new TreeMap<String, String>();
    data.forEach((line, source) -> {
      all.put(FIELDS + line, source.type().toJson().toLine());
      source.learned().forEach((key, text) -> {
        int dot = key.indexOf('.');
        all.put(key.substring(0, dot) + "." + line + key.substring(dot), text);
      });
      for (Field field : source.type().fields()) {
        boolean named = field.isIndex() && field.shape().isEmpty()
            && !field.classes().equals(Field.numbered(field.classes().size()));
        if (named) {
          all.put(CLASSES + line + "." + field.name(), Json.of(field.classes().stream().map(Json::of).toList()).toLine());
        }
      }
    });
    return all;
  }

  /** Refuses weights that were trained with another vocabulary or scaling than the data have now. */
  static void check(Path file, Map<String, String> metadata, Map<String, String> now) {
    now.forEach((key, text) -> {
      String then = metadata.get(key);
      if (then != null && !then.equals(text) && !key.startsWith(CLASSES) && !key.startsWith(FIELDS)) {
        throw DataException.of(file, "these weights were trained with another " + key.replaceFirst("\\.", " of "),
            "use them with the data and the arguments of their training, or train again");
      }
    });
  }
}
