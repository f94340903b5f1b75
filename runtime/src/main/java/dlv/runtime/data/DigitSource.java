package dlv.runtime.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Digits that the program draws by itself: {@code image: float[1, 28, 28], label: index(10)}.
 *
 * <p>Row i of the training split is a pure function of seed, epoch and i; of the test split, of seed and i.
 */
final class DigitSource implements DataSource {
  private static final DataType TYPE = new DataType(List.of(
      Field.bytes("image", List.of(1, DigitPen.SIZE, DigitPen.SIZE)),
      Field.categories("label", Field.numbered(10))));
  static final SourceKind KIND = new SourceKind("digits", "handwritten digits, drawn by the program itself", List.of(
      new Parameter("train", Parameter.Kind.INT, Optional.of(60_000L), "training digits an epoch"),
      new Parameter("test", Parameter.Kind.INT, Optional.of(10_000L), "digits held back"),
      new Parameter("seed", Parameter.Kind.INT, Optional.of(1L), "the seed of the drawing")),
      Optional.of(TYPE), DigitSource::new);

  private static final int MOST = 10_000_000;

  private final Arguments arguments;
  private final int train;
  private final int test;
  private final long seed;

  private DigitSource(Arguments arguments) {
    this.arguments = arguments;
    this.train = arguments.integer("train", 1, MOST);
    this.test = arguments.integer("test", 0, MOST);
    this.seed = arguments.whole("seed");
  }

  @Override
  public DataType type() {
    return TYPE;
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
    ByteBuffer images = to.get("image");
    ByteBuffer labels = to.get("label");
    DigitPen pen = new DigitPen();
    byte[] pixels = new byte[DigitPen.SIZE * DigitPen.SIZE];
    ByteBuffer numbers = labels == null ? null : Rows.inNativeOrder(labels);
    for (int i = first; i < first + count; i++) {
      SplitMix random = SplitMix.of(seed, split.ordinal(), split == Split.TRAIN ? epoch : 0, i);
      int digit = random.below(10);
      if (images != null) {
        pen.draw(digit, random, pixels);
        images.put(pixels);
      }
      if (labels != null) {
        numbers.putInt(digit);
      }
    }
    if (labels != null) {
      labels.position(numbers.position());
    }
  }

  @Override
  public String fingerprint() {
    return arguments + " drawn by pen " + DigitPen.VERSION;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
