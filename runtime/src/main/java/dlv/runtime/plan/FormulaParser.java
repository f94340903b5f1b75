package dlv.runtime.plan;

import dlv.runtime.plan.Formula.Term;
import java.util.Set;

/** Parses the expressions of {@link Formula} into closures. */
final class FormulaParser {
  private static final int DEPTH = 64;
  private final String text;
  private final Set<String> names;
  private int at;
  private int depth;

  FormulaParser(String text, Set<String> names) {
    this.text = text;
    this.names = names;
  }

  Term whole() {
    Term term = sum();
    space();
    if (at < text.length()) {
      throw fault("an operator or the end");
    }
    return term;
  }

  private Term sum() {
    Term left = product();
    while (true) {
      Term a = left;
      if (take("+")) {
        Term b = product();
        left = values -> Math.addExact(a.evaluate(values), b.evaluate(values));
      } else if (take("-")) {
        Term b = product();
        left = values -> Math.subtractExact(a.evaluate(values), b.evaluate(values));
      } else {
        return left;
      }
    }
  }

  private Term product() {
    Term left = signed();
    while (true) {
      Term a = left;
      if (take("*")) {
        Term b = signed();
        left = values -> Math.multiplyExact(a.evaluate(values), b.evaluate(values));
      } else if (take("//")) {
        Term b = signed();
        left = values -> quotient(a.evaluate(values), b.evaluate(values));
      } else {
        return left;
      }
    }
  }

  // The divisor is checked here, because a driver may have taken the signal by which Java would notice a zero.
  private static long quotient(long dividend, long divisor) {
    if (divisor == 0) {
      throw new ArithmeticException("division by zero");
    }
    if (dividend == Long.MIN_VALUE && divisor == -1) {
      throw new ArithmeticException("long overflow");
    }
    return Math.floorDiv(dividend, divisor);
  }

  private Term signed() {
    if (take("-")) {
      nest();
      Term a = signed();
      depth--;
      return values -> Math.negateExact(a.evaluate(values));
    }
    return operand();
  }

  private Term operand() {
    space();
    char c = at < text.length() ? text.charAt(at) : 0;
    if (c == '(') {
      at++;
      nest();
      Term inner = sum();
      depth--;
      expect(")");
      return inner;
    } else if (c >= '0' && c <= '9') {
      return number();
    } else if (Character.isJavaIdentifierStart(c) && c != 0) {
      return named();
    }
    throw fault("a number, a name or '('");
  }

  private Term number() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    try {
      long value = Long.parseLong(text.substring(start, at));
      return values -> value;
    } catch (NumberFormatException e) {
      at = start;
      throw fault("a number of at most 64 bits");
    }
  }

  private Term named() {
    int start = at;
    while (at < text.length() && (Character.isJavaIdentifierPart(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    String name = text.substring(start, at);
    if ((name.equals("min") || name.equals("max")) && take("(")) {
      nest();
      Term a = sum();
      expect(",");
      Term b = sum();
      depth--;
      expect(")");
      return name.equals("min")
          ? values -> Math.min(a.evaluate(values), b.evaluate(values))
          : values -> Math.max(a.evaluate(values), b.evaluate(values));
    }
    names.add(name);
    return values -> values.get(name);
  }

  private void nest() {
    if (++depth > DEPTH) {
      throw fault("at most " + DEPTH + " levels of nesting");
    }
  }

  private boolean take(String token) {
    space();
    boolean found = text.startsWith(token, at);
    at += found ? token.length() : 0;
    return found;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw fault("'" + token + "'");
    }
  }

  private void space() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException fault(String expected) {
    return new IllegalArgumentException(
        "formula \"" + text + "\", character " + (at + 1) + ": expected " + expected);
  }
}
