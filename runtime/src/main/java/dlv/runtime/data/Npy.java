package dlv.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an NPY file (NumPy's format 1 to 3): a description of the array as a Python dictionary, of which only
 * the form that NumPy writes is understood; nothing is evaluated.
 *
 * @param kind the letter of the element type: f, i, u or b
 * @param bytes bytes of an element
 * @param bigEndian whether numbers begin with their largest byte
 * @param shape the dimensions
 * @param dataStart the place of the first element
 */
record Npy(char kind, int bytes, boolean bigEndian, List<Long> shape, long dataStart) {
  /** The longest header that is read. */
  static final int LONGEST_HEADER = 1 << 16;
  /** Magic, version and the length of the header in the longer of its two forms; every header is longer than two. */
  private static final int SHORTEST = 12;
  private static final Pattern DESCR = Pattern.compile("'descr': '([<>|=])([fiub])([1248])'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order': (True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': \\(([0-9, ]*)\\)");
  private static final Pattern WHOLE = Pattern.compile("\\{(?:(?:'descr': '[^']*'|'fortran_order': \\w+"
      + "|'shape': \\([0-9, ]*\\))(?:, ?|(?=\\}))){3}\\}\\s*");

  /** Reads the header from the first bytes of a file; {@code file} and {@code what} serve messages. */
  static Npy parse(Path file, String what, byte[] start) {
    if (start.length < SHORTEST || start[0] != (byte) 0x93) {
      throw fault(file, what, 0, "no NPY array begins here");
    }
    int version = start[6];
    ByteBuffer head = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    if (version < 1 || version > 3) {
      throw fault(file, what, 6, "NPY format " + version + " is not known");
    }
    long length = version == 1 ? head.getShort(8) & 0xFFFF : head.getInt(8) & 0xFFFFFFFFL;
    int from = version == 1 ? 10 : 12;
    if (length > LONGEST_HEADER || from + length > start.length) {
      throw fault(file, what, 8, "a header of " + length + " bytes does not fit the file");
    }
    String text = new String(start, from, (int) length, StandardCharsets.UTF_8);
    Matcher fortran = FORTRAN.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!fortran.find() || !shape.find() || !WHOLE.matcher(text).matches()) {
      throw fault(file, what, from, "the header is not what NumPy writes");
    }
    Matcher descr = DESCR.matcher(text);
    if (!descr.find()) {
      throw DataException.atByte(file, from, what + "elements of this type are not read: " + text.strip(),
          "store numbers or truth values: array.astype(numpy.float32)");
    }
    int bytes = descr.group(3).charAt(0) - '0';
    if (descr.group(2).equals("f") && bytes < 4) {
      throw DataException.atByte(file, from, what + "16-bit floats are not read", "array.astype(numpy.float32)");
    }
    if (fortran.group(1).equals("True") && shape.group(1).matches(".*\\d.*,.*\\d.*")) {
      throw DataException.atByte(file, from, what + "the array is stored column by column",
          "store numpy.ascontiguousarray(array)");
    }
    return new Npy(descr.group(2).charAt(0), bytes, descr.group(1).equals(">"), dimensions(file, what, from,
        shape.group(1), bytes), from + length);
  }

  private static List<Long> dimensions(Path file, String what, int place, String text, int bytes) {
    List<Long> shape = new ArrayList<>();
    long product = bytes;
    for (String number : text.split(",")) {
      if (!number.isBlank()) {
        String digits = number.strip();
        long d = digits.matches("\\d{1,15}") ? Long.parseLong(digits) : Long.MAX_VALUE;
        if (d < 1 || d > Integer.MAX_VALUE || product > (1L << 43) / d) {
          throw fault(file, what, place, "a dimension of " + digits + " cannot be");
        }
        product *= d;
        shape.add(d);
      }
    }
    return shape;
  }

  private static DataException fault(Path file, String what, long place, String problem) {
    return DataException.atByte(file, place, what + problem, "the file is damaged or not NPY: store it again with"
        + " numpy.save");
  }

  /** Bytes of the whole file. */
  long fileBytes() {
    return dataStart + bytes * elements();
  }

  /** The number of elements. */
  long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Elements of a row, the array cut along its first axis. */
  int rowElements() {
    return Math.toIntExact(shape.stream().skip(1).reduce(1L, Math::multiplyExact));
  }

  /** One element as a number. */
  double number(ByteBuffer raw, int index) {
    int at = index * bytes;
    return switch (kind) {
      case 'f' -> bytes == 4 ? raw.getFloat(at) : raw.getDouble(at);
      case 'u', 'b' -> switch (bytes) {
        case 1 -> raw.get(at) & 0xFF;
        case 2 -> raw.getShort(at) & 0xFFFF;
        case 4 -> raw.getInt(at) & 0xFFFFFFFFL;
        default -> raw.getLong(at);
      };
      default -> switch (bytes) {
        case 1 -> raw.get(at);
        case 2 -> raw.getShort(at);
        case 4 -> raw.getInt(at);
        default -> raw.getLong(at);
      };
    };
  }

  /** The order of the bytes of a number. */
  ByteOrder order() {
    return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }
}
