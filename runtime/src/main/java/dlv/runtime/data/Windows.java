package dlv.runtime.data;

import dlv.runtime.text.Vocabulary;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A stream of symbols in windows, for models that say what comes next: {@code inputs: index(V)[T]}, and {@code targets:
 * index(V)[T]}, the same one place later.
 *
 * <p>Training windows lie side by side; where they begin is drawn anew each epoch, so that every place of the stream
 * comes to stand at every place of a window. Held-back windows begin at the first symbol.
 */
final class Windows implements DataSource {
  static final Parameter LENGTH = new Parameter("length", Parameter.Kind.INT, Optional.of(64L), "symbols of a window");
  static final int LONGEST = 1 << 20;

  private final DataType type;
  private final Vocabulary vocabulary;
  private final int length;
  private final Map<Split, int[]> streams;
  private final String fingerprint;

  /** @param streams the numbers of each split's symbols; one too short for a window has no rows */
  Windows(Vocabulary vocabulary, int length, Map<Split, int[]> streams, String fingerprint) {
    this.type = type(vocabulary, length);
    this.vocabulary = vocabulary;
    this.length = length;
    this.streams = new EnumMap<>(streams);
    this.fingerprint = fingerprint;
  }

  static DataType type(Vocabulary vocabulary, int length) {
    return new DataType(List.of(Field.sequence("inputs", length, vocabulary.symbols()),
        Field.sequence("targets", length, vocabulary.symbols())));
  }

  @Override
  public DataType type() {
    return type;
  }

  /** Windows that fit wherever the first begins; a held-back stream always begins at its first symbol. */
  @Override
  public int rows(Split split) {
    int symbols = streams.getOrDefault(split, new int[0]).length;
    return Math.max(0, (symbols - 1 - (changesByEpoch(split) ? length - 1 : 0)) / length);
  }

  @Override
  public boolean changesByEpoch(Split split) {
    return split == Split.TRAIN;
  }

  @Override
  public boolean continues() {
    return true;
  }

  @Override
  public void fill(Split split, long epoch, int first, int count, Map<String, ByteBuffer> to) {
    Objects.checkFromIndexSize(first, count, rows(split));
    int shift = changesByEpoch(split) ? SplitMix.of(0x77696E646F77L, epoch).below(length) : 0;
    for (String field : List.of("inputs", "targets")) {
      int from = shift + Math.multiplyExact(first, length) + (field.equals("targets") ? 1 : 0);
      Rows.put(to.get(field), streams.get(split), from, count * length);
    }
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public Map<String, String> learned() {
    return Map.of("vocabulary.text", vocabulary.toJson());
  }

  @Override
  public void close() {
    streams.replaceAll((split, numbers) -> Arrays.copyOf(numbers, 0));
  }
}
