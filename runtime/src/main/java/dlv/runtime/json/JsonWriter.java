package dlv.runtime.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Writes a value as text; equal values give equal text. */
final class JsonWriter {
  private final boolean pretty;
  private final StringBuilder out = new StringBuilder();

  JsonWriter(boolean pretty) {
    this.pretty = pretty;
  }

  String text(Json value) {
    write(value, 0);
    return out.toString();
  }

  /** The fewest digits that give the number back, by trying: the same in every version of Java. */
  static Json real(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return new Json.Text(Double.toString(value));
    }
    if (value == 0) {
      return new Json.Number(1 / value < 0 ? "-0.0" : "0.0");
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal shorter = exact.round(new MathContext(digits));
      if (shorter.doubleValue() == value) {
        return new Json.Number(shorter.toString());
      }
    }
    return new Json.Number(exact.round(new MathContext(17)).toString());
  }

  private void write(Json value, int depth) {
    if (value instanceof Json.Members members) {
      object(members.values(), depth);
    } else if (value instanceof Json.Items items) {
      array(items, depth);
    } else if (value instanceof Json.Text text) {
      string(text.value());
    } else if (value instanceof Json.Number number) {
      out.append(number.spelling());
    } else if (value instanceof Json.Truth truth) {
      out.append(truth.value());
    } else {
      out.append("null");
    }
  }

  private void object(Map<String, Json> members, int depth) {
    out.append('{');
    for (Iterator<Map.Entry<String, Json>> i = members.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, Json> member = i.next();
      line(depth + 1);
      string(member.getKey());
      out.append(pretty ? ": " : ":");
      write(member.getValue(), depth + 1);
      out.append(i.hasNext() ? "," : "");
    }
    if (!members.isEmpty()) {
      line(depth);
    }
    out.append('}');
  }

  private void array(Json.Items items, int depth) {
    boolean flat = items.values().stream()
        .noneMatch(item -> item instanceof Json.Members || item instanceof Json.Items);
    out.append('[');
    for (Iterator<Json> i = items.values().iterator(); i.hasNext(); ) {
      if (!flat) {
        line(depth + 1);
      }
      write(i.next(), depth + 1);
      out.append(i.hasNext() ? (flat && pretty ? ", " : ",") : "");
    }
    if (!flat) {
      line(depth);
    }
    out.append(']');
  }

  private void line(int depth) {
    if (pretty) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
