package dlv.runtime.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Examples that the program makes by itself: row i is a pure function of seed, split, i and, while training, the epoch.
 * What is made is a {@link Drawing}'s to say.
 */
final class DrawnSource implements DataSource {
  /** The most rows of a split. */
  static final int MOST = 10_000_000;

  /** How one example is made by chance. */
  interface Drawing {
    /** Puts an example of a split into those buffers that are wanted. */
    void put(Split split, SplitMix random, Map<String, ByteBuffer> to);
  }

  private final Arguments arguments;
  private final DataType type;
  private final String manner;
  private final Map<String, String> learned;
  private final Supplier<Drawing> drawings;
  private final int train;
  private final int test;
  private final long seed;

  /**
   * A source with these arguments, {@link #parameters} among them.
   *
   * @param manner what draws and in which version, for the fingerprint
   * @param learned as {@link #learned()}
   * @param drawings makes a drawing that serves one thread
   */
  DrawnSource(Arguments arguments, DataType type, String manner, Map<String, String> learned,
              Supplier<Drawing> drawings) {
    this.arguments = arguments;
    this.type = type;
    this.manner = manner;
    this.learned = Map.copyOf(learned);
    this.drawings = drawings;
    this.train = arguments.integer("train", 1, MOST);
    this.test = arguments.integer("test", 0, MOST);
    this.seed = arguments.whole("seed");
  }

  /** How many rows there are, with these fallbacks, and the seed; {@code what} names them. */
  static List<Parameter> parameters(long train, long test, String what) {
    return List.of(new Parameter("train", Parameter.Kind.INT, Optional.of(train), "training " + what + " an epoch"),
        new Parameter("test", Parameter.Kind.INT, Optional.of(test), what + " held back"),
        new Parameter("seed", Parameter.Kind.INT, Optional.of(1L), "the seed that they are drawn by"));
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public int rows(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> 0;
      case TEST -> test;
    };
  }

  @Override
  public boolean changesByEpoch(Split split) {
    return split == Split.TRAIN;
  }

  @Override
  public void fill(Split split, long epoch, int first, int count, Map<String, ByteBuffer> to) {
    Objects.checkFromIndexSize(first, count, rows(split));
    Drawing drawing = drawings.get();
    for (int i = first; i < first + count; i++) {
      drawing.put(split, SplitMix.of(seed, split.ordinal(), changesByEpoch(split) ? epoch : 0, i), to);
    }
  }

  @Override
  public String fingerprint() {
    return arguments + " " + manner;
  }

  @Override
  public Map<String, String> learned() {
    return learned;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
