package dlv.compiler.type;

/**
 * What one element of a tensor is: a 32-bit float, a 32-bit integer, a truth value, an unsigned byte of data, or the
 * upper half of a 32-bit float, in which numbers are stored and not computed.
 */
public enum Element {
  FLOAT(4), INT(4), BOOL(4), BYTE(1), BF16(2);

  private final int bytes;

  Element(int bytes) {
    this.bytes = bytes;
  }

  /** The bytes one element takes in device memory. */
  public int bytes() {
    return bytes;
  }
}
