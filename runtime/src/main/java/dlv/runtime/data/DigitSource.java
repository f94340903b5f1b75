package dlv.runtime.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Digits that the program draws by itself: {@code image: float[1, 28, 28], label: index(10)}. */
final class DigitSource {
  private static final DataType TYPE = new DataType(List.of(
      Field.bytes("image", List.of(1, DigitPen.SIZE, DigitPen.SIZE)),
      Field.categories("label", Field.numbered(10))));
  static final SourceKind KIND = new SourceKind("digits", "handwritten digits, drawn by the program itself",
      DrawnSource.parameters(60_000, 10_000, "digits"), Optional.of(TYPE), DigitSource::open);

  private DigitSource() {}

  private static DataSource open(Arguments arguments) {
    return new DrawnSource(arguments, TYPE, "drawn by pen " + DigitPen.VERSION, Map.of(), DigitSource::drawing);
  }

  private static DrawnSource.Drawing drawing() {
    DigitPen pen = new DigitPen();
    byte[] pixels = new byte[DigitPen.SIZE * DigitPen.SIZE];
    return (split, random, to) -> {
      int digit = random.below(10);
      if (to.containsKey("image")) {
        pen.draw(digit, random, pixels);
        to.get("image").put(pixels);
      }
      Rows.put(to.get("label"), new int[] {digit}, 0, 1);
    };
  }
}
