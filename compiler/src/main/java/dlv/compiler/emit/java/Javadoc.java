package dlv.compiler.emit.java;

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
        case '@' -> out.append("&#64;");
        case '\\' -> out.append("&#92;");
        case '*' -> out.append("&#42;");
        case '{' -> out.append("&#123;");
        case '}' -> out.append("&#125;");
        case '\n' -> out.append('\n');
        default -> out.append(visible(c) ? Character.toString(c) : " ");
      }
    });
    return out.toString();
  }

  /** {@code text} for a line comment: one line, no backslash. */
  static String line(String text) {
    var out = new StringBuilder();
    text.codePoints().forEach(c -> out.append(c == '\\' || !visible(c) ? " " : Character.toString(c)));
    return out.toString();
  }

  private static boolean visible(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR;
  }
}
