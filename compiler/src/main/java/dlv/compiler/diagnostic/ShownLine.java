package dlv.compiler.diagnostic;

import java.util.Locale;

/**
 * A line of source as a terminal shows it: tabs are blanks, what could disturb the terminal or cannot be seen is
 * written as {@code <U+202E>}, and of a long line only the part around its focus is shown.
 */
final class ShownLine {

  private static final int TAB = 4;
  private static final int LONGEST = 120;
  private static final int BEFORE_FOCUS = 60;

  private final StringBuilder shown = new StringBuilder();
  private final int[] columns;
  private int width;

  /** The line, with the char offset in it that must be seen. */
  ShownLine(String line, int focus) {
    columns = new int[line.length() + 1];
    int first = line.length() <= LONGEST ? 0 : boundary(line, Math.max(0, focus - BEFORE_FOCUS));
    int last = first + LONGEST >= line.length() ? line.length() : boundary(line, first + LONGEST);
    if (first > 0) {
      append("…", 1);
    }
    for (int i = 0; i < line.length(); ) {
      int point = line.codePointAt(i);
      int next = i + Character.charCount(point);
      for (int k = i; k < next; k++) {
        columns[k] = width;
      }
      if (i >= first && i < last) {
        append(point);
      }
      i = next;
    }
    columns[line.length()] = width;
    if (last < line.length()) {
      append("…", 1);
    }
  }

  /** The text to print. */
  String text() {
    return shown.toString();
  }

  /** The column of the terminal, from 0, at which a char offset of the line is shown. */
  int column(int offset) {
    return columns[Math.min(offset, columns.length - 1)];
  }

  /** Text that a terminal can show, on one line. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints().forEach(point -> printable.append(
        isHarmless(point) ? Character.toString(point) : escape(point)));
    return printable.toString();
  }

  private void append(int point) {
    if (point == '\t') {
      int blanks = TAB - width % TAB;
      append(" ".repeat(blanks), blanks);
    } else if (isHarmless(point)) {
      append(Character.toString(point), cells(point));
    } else {
      append(escape(point), escape(point).length());
    }
  }

  private void append(String text, int cells) {
    shown.append(text);
    width += cells;
  }

  private static int boundary(String line, int offset) {
    return offset < line.length() && Character.isLowSurrogate(line.charAt(offset)) ? offset + 1 : offset;
  }

  private static String escape(int point) {
    return String.format(Locale.ROOT, "<U+%04X>", point);
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.UNASSIGNED, Character.SURROGATE, Character.PRIVATE_USE,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }

  /** How many columns a character takes: none if it sits on the one before, two if it is wide, else one. */
  private static int cells(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide = point >= 0x1100 && point <= 0x115F
        || point >= 0x2E80 && point <= 0xA4CF && point != 0x303F
        || point >= 0xAC00 && point <= 0xD7A3
        || point >= 0xF900 && point <= 0xFAFF
        || point >= 0xFE30 && point <= 0xFE6F
        || point >= 0xFF00 && point <= 0xFF60
        || point >= 0xFFE0 && point <= 0xFFE6
        || point >= 0x1F300 && point <= 0x1F64F
        || point >= 0x1F680 && point <= 0x1F6FF
        || point >= 0x1F900 && point <= 0x1FAFF
        || point >= 0x20000 && point <= 0x3FFFD;
    return wide ? 2 : 1;
  }
}
