package dlv.compiler.source;

import java.util.Arrays;
import java.util.Objects;

/**
 * The text of one {@code .dlv} file, with its lines.
 *
 * <p>Offsets count {@code char}s from 0; lines and columns count from 1, columns in code points, so that a letter
 * outside the basic plane is one column. A line ends at {@code \n}, {@code \r\n} or a lone {@code \r}.
 * Two source files are equal only if they are the same object.
 */
public final class SourceFile {

  private final String name;
  private final String text;
  private final int[] lineStarts;

  public SourceFile(String name, String text) {
    this.name = Objects.requireNonNull(name, "name");
    this.text = Objects.requireNonNull(text, "text");
    this.lineStarts = lineStarts(text);
  }

  /** The name as the user gave it, usually a path. */
  public String name() {
    return name;
  }

  /** The name without the folders that lead to it. */
  public String ownName() {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  public String text() {
    return text;
  }

  /** The number of lines; an empty file has one. */
  public int lineCount() {
    return lineStarts.length;
  }

  /** The line, from 1, that holds an offset. */
  public int lineAt(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column, from 1 and in code points, of an offset in its line. */
  public int columnAt(int offset) {
    int start = lineStarts[lineAt(offset) - 1];
    return text.codePointCount(start, Math.min(offset, text.length())) + 1;
  }

  /** The offset at which a line begins; lines count from 1. */
  public int lineStart(int line) {
    return lineStarts[line - 1];
  }

  /** The text of a line without its end; lines count from 1. */
  public String line(int line) {
    int start = lineStarts[line - 1];
    int end = line < lineStarts.length ? lineStarts[line] : text.length();
    while (end > start && isLineEnd(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** The place from {@code start} up to, not including, {@code end}. */
  public Span span(int start, int end) {
    return new Span(this, start, end);
  }

  @Override
  public String toString() {
    return name;
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean crlf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (isLineEnd(c) && !crlf) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }
}
