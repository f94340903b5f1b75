package dlv.compiler.syntax;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.Span;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers and texts, from how they are written to what they are. */
final class Literals {

  private static final Pattern RADIX = Pattern.compile("0[xXbBoO].*");
  private static final Pattern SUFFIXED = Pattern.compile("([0-9_]*[0-9](\\.[0-9_]*[0-9])?)[dDfFlL]");

  private Literals() {}

  /** Whether a number is written with a point or an exponent. */
  static boolean isReal(String written) {
    return written.indexOf('.') >= 0 || written.indexOf('e') >= 0 || written.indexOf('E') >= 0;
  }

  static long whole(String written) {
    return Long.parseLong(written.replace("_", ""));
  }

  static double real(String written) {
    return Double.parseDouble(written.replace("_", ""));
  }

  /** What is wrong with a number, if anything: a number that the machine would change is refused. */
  static Optional<Diagnostic> checkNumber(String written, Span span) {
    if (!isReal(written)) {
      return fitsLong(written)
          ? Optional.empty()
          : Optional.of(Diagnostic.error("number", span, "this number is too large")
              .note("whole numbers go up to 9_223_372_036_854_775_807, which is 2^63 - 1"));
    }
    double value = real(written);
    if (Double.isInfinite(value)) {
      return Optional.of(Diagnostic.error("number", span, "this number is too large")
          .note("real numbers go up to 1.8e308"));
    }
    boolean vanishes = value == 0 && written.split("[eE]")[0].chars().anyMatch(c -> c >= '1' && c <= '9');
    return vanishes
        ? Optional.of(Diagnostic.error("number", span, "this number is too small: it would become 0")
            .note("real numbers go down to 4.9e-324"))
        : Optional.empty();
  }

  /** What is wrong with something that begins like a number and goes on like a name. */
  static Diagnostic badNumber(String written, Span span) {
    Diagnostic diagnostic = Diagnostic.error("number", span, "this is not a number");
    var suffixed = SUFFIXED.matcher(written);
    if (RADIX.matcher(written).matches()) {
      return diagnostic.help("numbers are decimal");
    }
    if (suffixed.matches()) {
      return diagnostic.help("write it without a suffix", span, suffixed.group(1));
    }
    return diagnostic.help(written.endsWith("_")
        ? "`_` stands between digits: `60_000`"
        : "names begin with a letter, and a product is written `2 * x`");
  }

  /** What is wrong with a text, if anything: an escape nobody knows. */
  static Optional<Diagnostic> checkText(String written, Span span) {
    for (int i = written.indexOf('\\'); i >= 0; i = written.indexOf('\\', i + 2)) {
      if ("\"\\nt".indexOf(written.charAt(i + 1)) < 0) {
        int end = i + 1 + Character.charCount(written.codePointAt(i + 1));
        Span at = span.file().span(span.start() + i, span.start() + end);
        return Optional.of(Diagnostic.error("text", at, "unknown escape `" + written.substring(i, end) + "`")
            .help("the escapes are `\\\"`, `\\\\`, `\\n` and `\\t`; a backslash that is meant is written twice"));
      }
    }
    return Optional.empty();
  }

  /** The text between the quotes, without its escapes. */
  static String text(String written) {
    return unescape(written.substring(1, written.length() - 1));
  }

  static String unescape(String written) {
    if (written.indexOf('\\') < 0) {
      return written;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '\\' && i + 1 < written.length()) {
        char escaped = written.charAt(++i);
        text.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean fitsLong(String written) {
    try {
      whole(written);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
