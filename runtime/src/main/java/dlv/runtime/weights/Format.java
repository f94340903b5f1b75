package dlv.runtime.weights;

import dlv.runtime.data.DataException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What this program writes into the metadata of its files, and asks of them when it reads them. */
final class Format {
  static final int CURRENT = 1;
  static final String PROGRAM = "0.1.0";
  private static final String FORMAT = "dlv.format";
  private static final String VERSION = "dlv.version";

  private Format() {}

  /** The metadata with format, version, and a blank checksum, sorted. */
  static Map<String, String> complete(Map<String, String> metadata) {
    Map<String, String> all = new TreeMap<>(metadata);
    for (String key : metadata.keySet()) {
      if (key.startsWith("dlv.")) {
        throw new IllegalArgumentException("the key " + key + " is not free");
      }
    }
    all.put(FORMAT, Integer.toString(CURRENT));
    all.put(VERSION, PROGRAM);
    all.put(Checksum.KEY, Checksum.NONE);
    return all;
  }

  /** Refuses files of a newer format, and files of ours without a checksum. */
  static void check(Path file, Map<String, String> metadata) {
    boolean ours = metadata.keySet().stream().anyMatch(k -> k.startsWith("dlv."));
    if (!ours) {
      return;
    }
    String format = metadata.getOrDefault(FORMAT, "");
    if (!format.matches("[1-9]\\d{0,8}")) {
      throw damaged(file, "its metadata name no format");
    }
    if (Integer.parseInt(format) > CURRENT) {
      throw DataException.of(file, "written by dlv " + metadata.getOrDefault(VERSION, "?") + " in format " + format
          + "; this is dlv " + PROGRAM + ", which reads formats up to " + CURRENT,
          "use that version of dlv or a later");
    }
    if (!metadata.containsKey(Checksum.KEY)) {
      throw damaged(file, "its metadata name no checksum");
    }
  }

  private static DataException damaged(Path file, String problem) {
    return DataException.of(file, problem + ", although dlv wrote it", "the file is damaged: take another copy");
  }

  /** The index of the first element that is infinite or NaN, -1 where all are finite or no floats. */
  static int firstNonFinite(Dtype dtype, ByteBuffer bytes) {
    int n = bytes.remaining() / dtype.bytes();
    for (int i = 0; i < n; i++) {
      boolean finite = switch (dtype) {
        case F64 -> Double.isFinite(bytes.getDouble(8 * i));
        case F32 -> Float.isFinite(bytes.getFloat(4 * i));
        case F16 -> (bytes.getShort(2 * i) & 0x7C00) != 0x7C00;
        case BF16 -> (bytes.getShort(2 * i) & 0x7F80) != 0x7F80;
        case F8_E5M2 -> (bytes.get(i) & 0x7C) != 0x7C;
        case F8_E4M3 -> (bytes.get(i) & 0x7F) != 0x7F;
        default -> true;
      };
      if (!finite) {
        return i;
      }
    }
    return -1;
  }
}
