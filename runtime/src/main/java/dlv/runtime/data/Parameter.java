package dlv.runtime.data;

import java.util.List;
import java.util.Optional;

/**
 * A static parameter of a kind of source, as a call in a train block may give it.
 *
 * @param name its name
 * @param kind what values it takes
 * @param fallback its value where the call does not give one; absent where it must
 * @param meaning a line for messages and the reference
 */
public record Parameter(String name, Kind kind, Optional<Object> fallback, String meaning) {
  /** What values a parameter takes, and the Java type that carries them. */
  public enum Kind {
    /** A whole number, {@code Long}. */
    INT,
    /** A number, {@code Double}. */
    REAL,
    /** {@code Boolean}. */
    BOOL,
    /** {@code String}. */
    TEXT,
    /** A list of texts, {@code List}. */
    TEXTS;

    /** The value as this kind carries it; absent where it does not fit. */
    Optional<Object> accept(Object value) {
      return Optional.ofNullable(switch (this) {
        case INT -> value instanceof Long || value instanceof Integer ? ((Number) value).longValue() : null;
        case REAL -> value instanceof Number n ? (Object) n.doubleValue() : null;
        case BOOL -> value instanceof Boolean ? value : null;
        case TEXT -> value instanceof String ? value : null;
        case TEXTS -> value instanceof List<?> l && l.stream().allMatch(String.class::isInstance) ? value : null;
      });
    }

    /** The name in the language: {@code int}, {@code real}, {@code bool}, {@code text}, {@code list of text}. */
    @Override
    public String toString() {
      return switch (this) {
        case INT -> "int";
        case REAL -> "real";
        case BOOL -> "bool";
        case TEXT -> "text";
        case TEXTS -> "list of text";
      };
    }
  }
}
