package dlv.runtime.data;

/**
 * How large files of data, pictures and weights may be where their own headers are not to be believed.
 *
 * <p>Each limit is far above what people have, and low enough that a hostile file is refused in seconds. Each can be
 * changed with a system property: {@code -Ddlv.limit.csv.line=4194304}.
 */
public final class Limits {
  /** Bytes of one record of a CSV file. */
  public static final int CSV_LINE = Integer.getInteger("dlv.limit.csv.line", 1 << 20);

  /** Columns of a CSV file. */
  public static final int CSV_COLUMNS = Integer.getInteger("dlv.limit.csv.columns", 100_000);

  /** Bytes of a text file, unpacked. */
  public static final int TEXT = Integer.getInteger("dlv.limit.text", 1 << 28);

  /** Pixels of a picture that is decoded. */
  public static final long PIXELS = Long.getLong("dlv.limit.pixels", 100_000_000);

  /** How many times larger than packed unpacked data may be; deflate itself reaches 1032. */
  public static final long PACKING = Long.getLong("dlv.limit.packing", 1100);

  /** Entries of a ZIP file. */
  public static final int ZIP_ENTRIES = Integer.getInteger("dlv.limit.zip.entries", 10_000);

  /** Bytes of the header of a safetensors file. */
  public static final int WEIGHTS_HEADER = Integer.getInteger("dlv.limit.weights.header", 16 << 20);

  /** Tensors of a safetensors file. */
  public static final int TENSORS = Integer.getInteger("dlv.limit.tensors", 100_000);

  /** UTF-8 bytes of a tensor's name. */
  public static final int TENSOR_NAME = Integer.getInteger("dlv.limit.tensor.name", 512);

  private Limits() {}
}
