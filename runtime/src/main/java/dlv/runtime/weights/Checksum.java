package dlv.runtime.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The checksum that this program puts into the metadata of its files: CRC-32C (Castagnoli) of the whole file, taken
 * with eight zeros in its own place.
 */
final class Checksum {
  static final String KEY = "dlv.checksum";
  static final String NONE = "00000000";
  private static final byte[] BEFORE = ("\"" + KEY + "\":\"").getBytes(StandardCharsets.US_ASCII);

  private final CRC32C crc = new CRC32C();

  /** Begins with the header, whatever checksum stands in it. */
  Checksum(byte[] header) {
    byte[] blank = header.clone();
    int at = find(header);
    System.arraycopy(NONE.getBytes(StandardCharsets.US_ASCII), 0, blank, at, NONE.length());
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).putLong(header.length).flip();
    crc.update(length);
    crc.update(blank);
  }

  /** Goes on with what follows, from position to limit, which are left alone. */
  void update(ByteBuffer bytes) {
    crc.update(bytes.duplicate());
  }

  /** Eight hexadecimal digits. */
  String digits() {
    return String.format("%08x", crc.getValue());
  }

  /** Where the digits stand in a header; -1 where they do not. */
  static int find(byte[] header) {
    for (int i = 0; i + BEFORE.length + NONE.length() < header.length; i++) {
      int k = 0;
      while (k < BEFORE.length && header[i + k] == BEFORE[k]) {
        k++;
      }
      if (k == BEFORE.length) {
        return i + k;
      }
    }
    return -1;
  }
}
