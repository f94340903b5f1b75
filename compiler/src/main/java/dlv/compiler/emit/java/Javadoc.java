package dlv.compiler.emit.java;

import java.util.Locale;

/** The one way by which text from a user's file reaches a comment. */
final class Javadoc {
  private Javadoc() {}

  /** {@code text} so that it shows as written and ends no comment, starts no tag and hides no escape. */
  static String of(String text) {
    var out = new StringBuilder();
    text.codePoints().forEach(c -> {
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '@', '\\', '*', '{', '}' -> out.append("&#").append(c).append(';');
        case '\n' -> out.append('\n');
        default -> out.append(shown(c).replace("<", "&lt;").replace(">", "&gt;"));
      }
    });
    return out.toString();
  }

  /** The same for a text of several paragraphs, which blank lines part. */
  static String paragraphs(String text) {
    return of(text.strip()).replaceAll("\\n\\s*\\n", "\n\n<p>");
  }

  /** {@code text} in the font of code. */
  static String code(String text) {
    String safe = of(text);
    return safe.equals(text) ? "{@code " + text + "}" : "<code>" + safe + "</code>";
  }

  /** {@code text} for a line comment: one line, no backslash. */
  static String line(String text) {
    var out = new StringBuilder();
    text.codePoints().forEach(c -> out.append(c == '\\' ? point(c) : shown(c)));
    return out.toString();
  }

  private static String shown(int c) {
    return isVisible(c) ? Character.toString(c) : Character.isWhitespace(c) ? " " : point(c);
  }

  private static String point(int c) {
    return String.format(Locale.ROOT, "<U+%04X>", c);
  }

  /** Whether a reader sees that there is a character, and the ones around it where they stand. */
  static boolean isVisible(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE
        && type != Character.PRIVATE_USE && type != Character.UNASSIGNED
        && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
  }
}
