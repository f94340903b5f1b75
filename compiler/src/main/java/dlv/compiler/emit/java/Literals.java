package dlv.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values from a user's file as Java expressions. */
final class Literals {
  /** A class file holds texts of up to 65,535 bytes, of which a character takes three at most. */
  private static final int LONGEST_TEXT = 65_535 / 3;
  private static final int MAP_OF_PAIRS = 10;

  private Literals() {}

  /** A text, a number, a truth value, or a list of such. */
  static CodeBlock of(Object value) {
    if (value instanceof String text) {
      return text(text);
    } else if (value instanceof List<?> list) {
      return CodeBlock.of("$T.of($L)", List.class,
          list.stream().map(Literals::of).collect(CodeBlock.joining(",$W")));
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      return CodeBlock.of("$T.$L", Double.class,
          number.isNaN() ? "NaN" : number > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
    }
    return CodeBlock.of(value instanceof Long ? "$LL" : "$L", value);
  }

  /** A list of texts. */
  static CodeBlock texts(List<String> texts) {
    return of(List.copyOf(texts));
  }

  /** A map whose keys are texts, its pairs in the order given. */
  static CodeBlock map(Map<String, CodeBlock> pairs) {
    var parts = new ArrayList<CodeBlock>();
    boolean few = pairs.size() <= MAP_OF_PAIRS;
    pairs.forEach((key, value) -> parts.add(few ? CodeBlock.of("$L,$W$L", text(key), value)
        : CodeBlock.of("$T.entry($L,$W$L)", Map.class, text(key), value)));
    return CodeBlock.of(few ? "$T.of($L)" : "$T.ofEntries($L)", Map.class, CodeBlock.join(parts, ",$W"));
  }

  /** A text of any length. */
  static CodeBlock text(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return CodeBlock.of("$L", quoted(text));
    }
    var pieces = new ArrayList<CodeBlock>();
    for (int from = 0; from < text.length(); from += LONGEST_TEXT) {
      pieces.add(CodeBlock.of("$L", quoted(text.substring(from, Math.min(text.length(), from + LONGEST_TEXT)))));
    }
    return CodeBlock.of("$T.join(\"\", $L)", String.class, CodeBlock.join(pieces, ",$W"));
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (Javadoc.isVisible(c)) {
            out.appendCodePoint(c);
          } else {
            escape(c, out);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** As an octal escape where one can be, because javac reads the others before it knows that this is a text. */
  private static void escape(int c, StringBuilder out) {
    for (char unit : Character.toChars(c)) {
      out.append(String.format(Locale.ROOT, unit < 256 ? "\\%03o" : "\\u%04x", (int) unit));
    }
  }
}
