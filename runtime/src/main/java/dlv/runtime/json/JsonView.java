package dlv.runtime.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads a value as what it should be; whatever is not is a {@link JsonException} with the path to it, such as
 * {@code $.arenas[0].length}.
 */
public final class JsonView {
  private final Json value;
  private final String path;

  JsonView(Json value, String path) {
    this.value = value;
    this.path = path;
  }

  /** The path from the root of the document. */
  public String path() {
    return path;
  }

  /** The value itself. */
  public Json value() {
    return value;
  }

  /** The member of an object with this key. */
  public JsonView at(String key) {
    Json member = members().get(key);
    if (member == null) {
      throw fault("the key \"" + key + "\" is missing");
    }
    return new JsonView(member, path + "." + key);
  }

  /** Whether an object has this key. */
  public boolean has(String key) {
    return members().containsKey(key);
  }

  /** The keys of an object in order. */
  public List<String> keys() {
    return List.copyOf(members().keySet());
  }

  /** Refuses keys other than these. */
  public JsonView only(String... keys) {
    Set<String> unknown = new TreeSet<>(members().keySet());
    unknown.removeAll(Set.of(keys));
    if (!unknown.isEmpty()) {
      throw fault("unknown key \"" + unknown.iterator().next() + "\"");
    }
    return this;
  }

  /** The items of an array, each read by a function. */
  public <T> List<T> list(Function<JsonView, T> read) {
    if (!(value instanceof Json.Items items)) {
      throw fault("an array should stand here");
    }
    List<T> list = new ArrayList<>();
    for (Json item : items.values()) {
      list.add(read.apply(new JsonView(item, path + "[" + list.size() + "]")));
    }
    return list;
  }

  /** A string. */
  public String text() {
    if (value instanceof Json.Text text) {
      return text.value();
    }
    throw fault("a string should stand here");
  }

  /** An integer; {@code 1e3} and {@code 1.0} are none, nor is {@code -0}. */
  public long integer() {
    if (value instanceof Json.Number number && number.spelling().matches("0|-?[1-9][0-9]*")) {
      try {
        return Long.parseLong(number.spelling());
      } catch (NumberFormatException e) {
        throw fault(number.spelling() + " does not fit 64 bits");
      }
    }
    throw fault("an integer should stand here");
  }

  /** An integer of 32 bits. */
  public int smallInteger() {
    long wide = integer();
    if (wide != (int) wide) {
      throw fault(wide + " does not fit 32 bits");
    }
    return (int) wide;
  }

  /** A real number, also {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}. */
  public double real() {
    if (value instanceof Json.Number number) {
      return Double.parseDouble(number.spelling());
    }
    if (value instanceof Json.Text text && Set.of("NaN", "Infinity", "-Infinity").contains(text.value())) {
      return Double.parseDouble(text.value());
    }
    throw fault("a number should stand here");
  }

  /** A truth value. */
  public boolean truth() {
    if (value instanceof Json.Truth truth) {
      return truth.value();
    }
    throw fault("true or false should stand here");
  }

  /** An exception about this place. */
  public JsonException fault(String problem) {
    return new JsonException(path + ": " + problem);
  }

  private Map<String, Json> members() {
    if (value instanceof Json.Members members) {
      return members.values();
    }
    throw fault("an object should stand here");
  }
}
