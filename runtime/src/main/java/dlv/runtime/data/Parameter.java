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
 * @param choices the words of a choice, else empty
 */
public record Parameter(String name, Kind kind, Optional<Object> fallback, String meaning, List<String> choices) {
  /** Copies the choices. */
  public Parameter {
    choices = List.copyOf(choices);
  }

  /** A parameter that is no choice. */
  public Parameter(String name, Kind kind, Optional<Object> fallback, String meaning) {
    this(name, kind, fallback, meaning, List.of());
  }

  /** A choice among words; one that takes a whole number is written {@code bpe(int)}. */
  static Parameter choice(String name, Optional<Object> fallback, String meaning, String... choices) {
    return new Parameter(name, Kind.CHOICE, fallback, meaning, List.of(choices));
  }

  /** The type as the language writes it: {@code int}, {@code character | word | bpe(int)}. */
  public String type() {
    return kind == Kind.CHOICE ? String.join(" | ", choices) : kind.toString();
  }

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
    TEXTS,
    /** One of some words, {@code String}; a word that takes a whole number is written like {@code bpe(8000)}. */
    CHOICE;

    /** The value as this kind carries it; absent where it does not fit. */
    Optional<Object> accept(Object value) {
      return Optional.ofNullable(switch (this) {
        case INT -> value instanceof Long || value instanceof Integer ? ((Number) value).longValue() : null;
        case REAL -> value instanceof Number n ? (Object) n.doubleValue() : null;
        case BOOL -> value instanceof Boolean ? value : null;
        case TEXT, CHOICE -> value instanceof String ? value : null;
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
        case CHOICE -> "choice";
      };
    }
  }
}
