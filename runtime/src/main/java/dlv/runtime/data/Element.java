package dlv.runtime.data;

/** How one number of a field is stored in the buffers that a source fills; more than one byte is in native order. */
public enum Element {
  /** An unsigned byte, whose meaning is {@code value * scale + offset}. */
  U8(1),
  /** A 32-bit float. */
  F32(4),
  /** A 32-bit integer: the number of a category. */
  I32(4);

  private final int bytes;

  Element(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }
}
