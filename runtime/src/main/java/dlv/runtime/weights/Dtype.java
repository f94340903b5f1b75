package dlv.runtime.weights;

/** The element types of safetensors, with their sizes. */
public enum Dtype {
  /** 64-bit float. */
  F64(8),
  /** 64-bit signed integer. */
  I64(8),
  /** 64-bit unsigned integer. */
  U64(8),
  /** 32-bit float. */
  F32(4),
  /** 32-bit signed integer. */
  I32(4),
  /** 32-bit unsigned integer. */
  U32(4),
  /** 16-bit float. */
  F16(2),
  /** The upper half of a 32-bit float. */
  BF16(2),
  /** 16-bit signed integer. */
  I16(2),
  /** 16-bit unsigned integer. */
  U16(2),
  /** 8-bit float, five bits of exponent. */
  F8_E5M2(1),
  /** 8-bit float, four bits of exponent. */
  F8_E4M3(1),
  /** 8-bit signed integer. */
  I8(1),
  /** 8-bit unsigned integer. */
  U8(1),
  /** A truth value in a byte. */
  BOOL(1);

  private final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of an element. */
  public int bytes() {
    return bytes;
  }
}
