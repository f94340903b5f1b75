package dlv.runtime.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * A typed source of examples.
 *
 * <p>Opening reads headers only; {@link #fill} reads or draws rows. Rows are a pure function of split, epoch and index,
 * and {@code fill} may be called by several threads at once.
 */
public interface DataSource extends AutoCloseable {
  /** The fields that each example has. */
  DataType type();

  /** The number of rows in a split; 0 where the source does not have that split. */
  int rows(Split split);

  /** Whether the rows of this split are drawn anew each epoch; where not, {@code fill} gives the same in each. */
  boolean changesByEpoch(Split split);

  /**
   * Puts rows {@code first} to {@code first + count - 1} of a split into buffers.
   *
   * @param epoch from 0; matters only where {@link #changesByEpoch}
   * @param to a buffer for each field that is wanted, by name; it is written from its position on, which moves to the
   *     end of what was written; its byte order is taken to be native, whatever it says
   * @throws DataException where the data cannot be read
   * @throws IndexOutOfBoundsException where the split does not have these rows
   */
  void fill(Split split, long epoch, int first, int count, Map<String, ByteBuffer> to);

  /**
   * A text that is equal for equal data: for drawn data the arguments, for files a checksum of their contents. It goes
   * into the configuration of a run.
   */
  String fingerprint();

  /**
   * What was learned from the training rows and is needed to use the weights: {@code vocabulary.source} and so on, as
   * {@link dlv.runtime.text.Vocabulary#toJson} writes it, {@code scaling.NAME}, {@code classes.FIELD}. It is saved with
   * the weights.
   */
  default Map<String, String> learned() {
    return Map.of();
  }

  /** Whether each row of an epoch goes on where the one before ended, as windows of a text do. */
  default boolean continues() {
    return false;
  }

  /**
   * The sentences of a split as they were before they became symbols and were cut, by the name of their field; empty where
   * there is nothing beside the symbols.
   */
  default List<String> texts(Split split, String name) {
    return List.of();
  }

  /** What is probably unintended about the data (all rows of one class, a column without variation); often empty. */
  default List<String> warnings() {
    return List.of();
  }

  /** Releases files and memory. */
  @Override
  void close();
}
