package dlv.runtime.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the records of a CSV file (RFC 4180) one by one, strictly: UTF-8, equal numbers of cells, closed quotes. The
 * separator is the comma, or the semicolon or tab where the first line has no comma.
 */
final class Csv implements AutoCloseable {
  private final Path file;
  private final InputStream in;
  private final int separator;
  private byte[] line = new byte[256];
  private int length;
  private long lineNumber;
  private long linesTaken;
  private List<String> cells = List.of();
  private List<Integer> columns = List.of();

  private Csv(Path file, InputStream in, int separator) {
    this.file = file;
    this.in = in;
    this.separator = separator;
  }

  static Csv open(Path file) {
    try {
      InputStream in = new BufferedInputStream(DataFile.open(file), 1 << 16);
      in.mark(1 << 16);
      byte[] start = in.readNBytes(1 << 16);
      in.reset();
      if (start.length >= 3 && (start[0] & 0xFF) == 0xEF && (start[1] & 0xFF) == 0xBB && (start[2] & 0xFF) == 0xBF) {
        in.skipNBytes(3);
      }
      return new Csv(file, in, separatorOf(start));
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }

  private static int separatorOf(byte[] start) {
    String first = new String(start, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
    return first.indexOf(',') >= 0 ? ',' : first.indexOf(';') >= 0 ? ';' : first.indexOf('\t') >= 0 ? '\t' : ',';
  }

  /** Goes to the next record; empty lines are passed over. False at the end. */
  boolean next() {
    do {
      if (!readRecord()) {
        return false;
      }
    } while (length == 0);
    split();
    return true;
  }

  /** The cells of the record. */
  List<String> cells() {
    return cells;
  }

  /** A fault at a cell of the record. */
  DataException fault(int cell, String problem, String help) {
    int column = cell < columns.size() ? columns.get(cell) : length + 1;
    return DataException.atLine(file, lineNumber, column, problem, help);
  }

  /** The number in a cell; {@code column} is the name of its column, for messages. */
  float number(int cell, String column) {
    String text = cells.get(cell);
    for (int i = 0; i < text.length(); i++) {
      if ("+-.0123456789eE".indexOf(text.charAt(i)) < 0) {
        throw noNumber(cell, column, text);
      }
    }
    try {
      float value = Float.parseFloat(text);
      if (Float.isInfinite(value)) {
        throw fault(cell, text + " is too large for a float", "scale the column");
      }
      return value;
    } catch (NumberFormatException e) {
      throw noNumber(cell, column, text);
    }
  }

  private DataException noNumber(int cell, String column, String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return fault(cell, "\"" + shown + "\" in column " + column + " is no number",
        "leave the column out with features: […], or name it as label:; numbers are written like -1.5e3");
  }

  /** Reads up to the end of a line that is not within quotes. */
  private boolean readRecord() {
    length = 0;
    lineNumber = linesTaken + 1;
    boolean quoted = false;
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == 0) {
          throw place("a zero byte", "this is no text: is it UTF-16? save it as UTF-8");
        }
        quoted ^= b == '"';
        if (b == '\n') {
          linesTaken++;
          if (!quoted) {
            dropReturn();
            return true;
          }
        }
        append(b);
      }
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
    if (quoted) {
      throw DataException.atLine(file, lineNumber, 1, "a quote is opened in this record and never closed",
          "close it, and write a quote within quotes twice");
    }
    if (length > 0) {
      linesTaken++;
      dropReturn();
      return true;
    }
    return false;
  }

  private void append(int b) {
    if (length == Limits.CSV_LINE) {
      throw place("the line is longer than " + Limits.CSV_LINE + " bytes", "is a line break missing, or a quote not"
          + " closed?");
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, 2 * length);
    }
    line[length++] = (byte) b;
  }

  private void dropReturn() {
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
  }

  private DataException place(String problem, String help) {
    return DataException.atLine(file, lineNumber, length + 1, problem, help);
  }

  private void split() {
    cells = new ArrayList<>();
    columns = new ArrayList<>();
    for (int at = 0; at <= length; at++) {
      if (cells.size() == Limits.CSV_COLUMNS) {
        throw place("more than " + Limits.CSV_COLUMNS + " columns", "is the separator right?");
      }
      columns.add(at + 1);
      at = at < length && line[at] == '"' ? quoted(at) : plain(at);
    }
  }

  /** Takes a cell without quotes; the index of the separator behind it. */
  private int plain(int from) {
    int to = from;
    while (to < length && line[to] != separator) {
      to++;
    }
    cells.add(text(line, from, to).strip());
    return to;
  }

  private int quoted(int from) {
    byte[] cell = new byte[length - from];
    int n = 0;
    int at = from + 1;
    while (at < length && (line[at] != '"' || at + 1 < length && line[at + 1] == '"')) {
      at += line[at] == '"' ? 1 : 0;
      cell[n++] = line[at++];
    }
    cells.add(text(cell, 0, n));
    if (at + 1 < length && line[at + 1] != separator) {
      throw DataException.atLine(file, lineNumber, at + 2, "text behind a closed quote", "write a quote within quotes"
          + " twice");
    }
    return at + 1;
  }

  private String text(byte[] bytes, int from, int to) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      throw DataException.atLine(file, lineNumber, columns.get(columns.size() - 1), "this cell is not UTF-8",
          "save the file as UTF-8");
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw DataException.io(file, e);
    }
  }
}
