package dlv.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Reads PGM and PPM, as text (P2, P3) or bytes (P5, P6). */
final class Netpbm {
  private final Path file;
  private final byte[] bytes;
  private int at = 2;

  private Netpbm(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Whether a file begins as one of these. */
  static boolean isOne(Path file) {
    byte[] start = Magic.of(file).start();
    return start.length > 2 && start[0] == 'P' && "2356".indexOf(start[1]) >= 0 && start[2] > 0 && start[2] <= ' ';
  }

  static PictureFile.Size size(Path file) {
    Netpbm in = new Netpbm(file, Magic.of(file).start());
    int width = in.number();
    return PictureFile.checked(file, in.number(), width);
  }

  static Picture read(Path file) {
    PictureFile.Size size = size(file);
    try (InputStream in = DataFile.open(file)) {
      // text takes at most five digits and a space a sample, beside comments
      long most = 1024 + 3L * 6 * size.height() * size.width();
      return new Netpbm(file, in.readNBytes((int) Math.min(most, Integer.MAX_VALUE - 8))).picture();
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  private Picture picture() {
    int kind = bytes[1] - '0';
    int channels = kind == 3 || kind == 6 ? 3 : 1;
    int width = number();
    int height = number();
    int mostAt = at;
    int most = number();
    if (most < 1 || most > 65535) {
      throw DataException.atByte(file, mostAt, "a largest value of " + most, "it is from 1 to 65535");
    }
    at++;
    int area = height * width;
    byte[] planes = new byte[Math.multiplyExact(channels, area)];
    for (int i = 0; i < area; i++) {
      for (int c = 0; c < channels; c++) {
        int from = at;
        int value = kind < 4 ? number() : most < 256 ? octet() : octet() << 8 | octet();
        if (value > most) {
          throw DataException.atByte(file, from, "a value of " + value + " above " + most, "the file is damaged");
        }
        planes[c * area + i] = (byte) ((value * 255 + most / 2) / most);
      }
    }
    return new Picture(channels, height, width, planes,
        most > 255 ? List.of("16 bits a pixel reduced to 8") : List.of());
  }

  private int octet() {
    if (at >= bytes.length) {
      throw DataException.atByte(file, at, "the picture ends in the middle",
          "the file is truncated: take another copy");
    }
    return bytes[at++] & 0xFF;
  }

  /** A number behind white space and comments. */
  private int number() {
    while (at < bytes.length && (bytes[at] <= ' ' || bytes[at] == '#')) {
      if (bytes[at] == '#') {
        while (at < bytes.length && bytes[at] != '\n') {
          at++;
        }
      } else {
        at++;
      }
    }
    int from = at;
    int value = 0;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && at - from < 9) {
      value = 10 * value + bytes[at++] - '0';
    }
    if (at == from) {
      throw DataException.atByte(file, at, "a number should stand here", "the file is damaged: take another copy");
    }
    return value;
  }
}
