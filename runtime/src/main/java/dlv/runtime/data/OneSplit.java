package dlv.runtime.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * A source of which one split alone is held back.
 *
 * @param held {@code validation} or {@code test}
 */
public record OneSplit(DataSource source, Split held) implements DataSource {
  /** @throws DataException where the source does not have this split */
  public OneSplit {
    if (held == Split.TRAIN || source.rows(held) == 0) {
      throw new DataException("", "", "the data hold no rows back for " + held, "leave --split away");
    }
  }

  @Override
  public DataType type() {
    return source.type();
  }

  @Override
  public int rows(Split split) {
    return split == Split.TRAIN || split == held ? source.rows(split) : 0;
  }

  @Override
  public boolean changesByEpoch(Split split) {
    return source.changesByEpoch(split);
  }

  @Override
  public void fill(Split split, long epoch, int first, int count, Map<String, ByteBuffer> to) {
    source.fill(split, epoch, first, count, to);
  }

  @Override
  public String fingerprint() {
    return source.fingerprint();
  }

  @Override
  public Map<String, String> learned() {
    return source.learned();
  }

  @Override
  public boolean continues() {
    return source.continues();
  }

  @Override
  public int[] lengths(Split split) {
    return source.lengths(split);
  }

  @Override
  public List<String> texts(Split split, String name) {
    return source.texts(split, name);
  }

  @Override
  public List<String> warnings() {
    return source.warnings();
  }

  @Override
  public void close() {
    source.close();
  }
}
