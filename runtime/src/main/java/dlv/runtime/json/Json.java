package dlv.runtime.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A JSON value. */
public sealed interface Json {
  /** An object; its members keep their order. */
  record Members(Map<String, Json> values) implements Json {
    /** Keeps the order of the given map. */
    public Members {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** An array. */
  record Items(List<Json> values) implements Json {
    /** Copies the list. */
    public Items {
      values = List.copyOf(values);
    }
  }

  /** A string. */
  record Text(String value) implements Json {}

  /** A number as it is spelled. */
  record Number(String spelling) implements Json {}

  /** {@code true} or {@code false}. */
  record Truth(boolean value) implements Json {}

  /** {@code null}. */
  record Null() implements Json {}

  /** Reads one value that is all of the text. */
  static Json parse(String text) {
    return new JsonReader(text).document();
  }

  /** A string. */
  static Json of(String value) {
    return new Text(value);
  }

  /** An integer. */
  static Json of(long value) {
    return new Number(Long.toString(value));
  }

  /** A real number, spelled by the fewest digits that give it back; infinities and NaN as strings. */
  static Json of(double value) {
    return JsonWriter.real(value);
  }

  /** A truth value. */
  static Json of(boolean value) {
    return new Truth(value);
  }

  /** An array of values. */
  static Json of(List<? extends Json> values) {
    return new Items(List.copyOf(values));
  }

  /** Begins an object. */
  static Builder object() {
    return new Builder();
  }

  /** Collects the members of an object in order. */
  final class Builder {
    private final Map<String, Json> members = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a member. */
    public Builder put(String key, Json value) {
      if (members.put(key, value) != null) {
        throw new IllegalArgumentException("the key \"" + key + "\" occurs twice");
      }
      return this;
    }

    /** Adds a string. */
    public Builder put(String key, String value) {
      return put(key, of(value));
    }

    /** Adds an integer. */
    public Builder put(String key, long value) {
      return put(key, of(value));
    }

    /** Adds a real number. */
    public Builder put(String key, double value) {
      return put(key, of(value));
    }

    /** Adds a truth value. */
    public Builder put(String key, boolean value) {
      return put(key, of(value));
    }

    /** Adds an array, each of its items made by a function. */
    public <T> Builder put(String key, List<T> items, Function<T, Json> toJson) {
      List<Json> values = new ArrayList<>();
      items.forEach(item -> values.add(toJson.apply(item)));
      return put(key, of(values));
    }

    /** The object. */
    public Json build() {
      return new Members(members);
    }
  }

  /** The text on one line. */
  default String toLine() {
    return new JsonWriter(false).text(this);
  }

  /** The text over several lines, two spaces for each level; arrays of plain values stay on one line. */
  default String toText() {
    return new JsonWriter(true).text(this) + "\n";
  }

  /** A cursor for reading this value with errors that name the path. */
  default JsonView view() {
    return new JsonView(this, "$");
  }
}
