package dlv.compiler.syntax;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.Span;
import java.util.Locale;

/** Explains characters that mean nothing in the language, with what to write instead of them. */
final class Characters {

  private Characters() {}

  /** What is wrong with the characters at {@code span}. */
  static Diagnostic explain(Span span) {
    String text = span.text();
    int first = text.codePointAt(0);
    boolean single = text.codePointCount(0, text.length()) == 1;
    Diagnostic diagnostic = Diagnostic.error("character", span, single
        ? describe(first) + " means nothing here"
        : "these characters mean nothing here");
    return switch (first) {
      case '#' -> diagnostic.help("a comment begins with `//`", span, "//");
      case ';' -> diagnostic.help("nothing separates statements: leave it out", span, "");
      case '\'' -> diagnostic.help("a text stands between double quotes; a prime follows its name directly");
      case '\u2018', '\u2019', '\u201c', '\u201d' -> diagnostic.help("write straight quotes: `\"text\"`");
      case '&' -> diagnostic.help("write `and`", span, "and");
      case '!' -> diagnostic.help("write `not`", span, "not ");
      case '%' -> diagnostic.help("the remainder is a function: `mod(a, b)`");
      case '\u2212', '\u2013', '\u2014' -> diagnostic.help("write the minus of the keyboard: `-`", span, "-");
      case '\u2192' -> diagnostic.help("write `->`", span, "->");
      case '\u00d7', '\u00b7' -> diagnostic.help("write `*`", span, "*");
      case '$', '\\', '?', '~', '`' -> diagnostic;
      default -> isWritten(first)
          ? diagnostic.help("names consist of letters, digits and `_`, and begin with a letter")
          : diagnostic.help("delete it; it may be invisible in an editor", span, "");
    };
  }

  /** The character as people know it, or its number where it cannot be seen. */
  private static String describe(int point) {
    return isWritten(point)
        ? "`" + Character.toString(point) + "`"
        : String.format(Locale.ROOT, "the character U+%04X", point);
  }

  private static boolean isWritten(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.UNASSIGNED, Character.SURROGATE, Character.PRIVATE_USE,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> false;
      default -> true;
    };
  }
}
