package dlv.runtime.data;

import dlv.runtime.text.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One text file as a stream of symbols, cut by place: the training text first, then what is held back. The vocabulary
 * is that of the training text alone.
 */
final class TextStream {
  static final SourceKind KIND = new SourceKind("text", "a text in windows of symbols", List.of(
      new Parameter("file", Parameter.Kind.TEXT, Optional.empty(), "the path of the text, plain or in gzip"),
      TextUnits.UNIT, Windows.LENGTH,
      new Parameter("validation", Parameter.Kind.REAL, Optional.of(0.1), "the share of the text held back, its end"),
      new Parameter("test", Parameter.Kind.REAL, Optional.of(0.0), "the share held back for test, the very end"),
      TextUnits.VOCABULARY, TextUnits.UNKNOWN, TextUnits.LOWERCASE), Optional.empty(), a -> open(a.path("file"), a),
      Optional.of(TextStream::open));

  private TextStream() {}

  static DataSource open(Path path, Arguments arguments) {
    TextUnits units = TextUnits.of(arguments);
    int length = arguments.integer("length", 1, Windows.LONGEST);
    double validation = arguments.share("validation");
    double test = arguments.share("test");
    if (test + validation >= 1) {
      throw new DataException("", "", "validation: " + validation + " and test: " + test
          + " leave no text for training", "lower one of them");
    }
    TextFile file = TextFile.read(path);
    String text = file.text();
    int first = cut(text, 1 - validation - test);
    int second = cut(text, 1 - test);
    Vocabulary vocabulary = units.learn(List.of(text.substring(0, first)), List.of());
    Map<Split, int[]> streams = new EnumMap<>(Split.class);
    streams.put(Split.TRAIN, file.encode(vocabulary, 0, first));
    streams.put(Split.VALIDATION, file.encode(vocabulary, first, second));
    streams.put(Split.TEST, file.encode(vocabulary, second, text.length()));
    Windows windows = new Windows(vocabulary, length, streams, arguments + " with checksum " + checksum(text));
    if (windows.rows(Split.TRAIN) == 0) {
      throw DataException.of(path, "the training text has " + streams.get(Split.TRAIN).length + " symbols, and two"
          + " windows of " + length + " need " + 2 * length, "lower length, or give a longer text");
    }
    return windows;
  }

  /** The place that cuts off a share of a text, not within a character. */
  private static int cut(String text, double share) {
    int at = (int) Math.round(text.length() * share);
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }
}
