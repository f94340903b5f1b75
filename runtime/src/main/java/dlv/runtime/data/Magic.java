package dlv.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The first bytes of a file, which tell its format. */
record Magic(byte[] start) {
  private static final int LENGTH = 512;

  static Magic of(Path file) {
    try (InputStream in = DataFile.open(file)) {
      return new Magic(in.readNBytes(LENGTH));
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  private boolean begins(int... bytes) {
    if (start.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((start[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  boolean isEmpty() {
    return start.length == 0;
  }

  boolean isGzip() {
    return begins(0x1F, 0x8B);
  }

  boolean isNumpy() {
    return begins(0x93, 'N', 'U', 'M', 'P', 'Y');
  }

  boolean isZip() {
    return begins('P', 'K', 3, 4) || begins('P', 'K', 5, 6);
  }

  boolean isPng() {
    return begins(0x89, 'P', 'N', 'G');
  }

  boolean isJpeg() {
    return begins(0xFF, 0xD8, 0xFF);
  }

  boolean isGif() {
    return begins('G', 'I', 'F', '8');
  }

  /** Whether the bytes are a picture of any format known here. */
  boolean isPicture() {
    return isPng() || isJpeg() || isGif() || begins('B', 'M')
        || start.length > 2 && start[0] == 'P' && start[1] >= '2' && start[1] <= '6' && start[2] <= ' ' && start[2] > 0;
  }

  /** Whether the bytes look like text: no control characters but white space. */
  boolean isText() {
    for (byte b : start) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return !isEmpty() && new String(start, StandardCharsets.UTF_8).chars().filter(c -> c == 0xFFFD).count() <= 1;
  }
}
