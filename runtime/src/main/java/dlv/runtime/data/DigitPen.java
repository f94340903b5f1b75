package dlv.runtime.data;

/** Draws one handwritten digit. */
final class DigitPen {
  static final int SIZE = 28;
  static final int VERSION = 1;

  void draw(int digit, SplitMix random, byte[] pixels) {
    throw new UnsupportedOperationException("the pen comes next");
  }
}
