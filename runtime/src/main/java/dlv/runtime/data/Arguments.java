package dlv.runtime.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The checked arguments of a call of a source, defaults filled in. */
final class Arguments {
  private final String source;
  private final Map<String, Object> values;
  private final Path folder;

  private Arguments(String source, Map<String, Object> values, Path folder) {
    this.source = source;
    this.values = values;
    this.folder = folder;
  }

  /** Checks names and kinds; {@code folder} is what relative paths start from. */
  static Arguments check(SourceKind kind, Map<String, ?> given, Path folder) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter p : kind.parameters()) {
      Object value = given.get(p.name());
      if (value == null) {
        p.fallback().ifPresent(v -> values.put(p.name(), v));
      } else {
        values.put(p.name(), p.kind().accept(value).orElseThrow(() -> new DataException("", "",
            kind.name() + "(" + p.name() + ": …) takes " + p.kind() + ", not " + value, p.meaning())));
      }
    }
    for (String name : given.keySet()) {
      if (kind.parameters().stream().noneMatch(p -> p.name().equals(name))) {
        String known = kind.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
        throw new DataException("", "", kind.name() + " has no parameter " + name, "it has: " + known);
      }
    }
    return new Arguments(kind.name(), values, folder);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** A whole number within bounds. */
  int integer(String name, int least, int most) {
    long v = (Long) value(name);
    if (v < least || v > most) {
      throw new DataException("", "", source + "(" + name + ": " + v + ") is out of range",
          "give " + name + " between " + least + " and " + most);
    }
    return (int) v;
  }

  long whole(String name) {
    return (Long) value(name);
  }

  /** A share of the rows, from 0 up to but without 1. */
  double share(String name) {
    double v = (Double) value(name);
    if (!(v >= 0 && v < 1)) {
      throw new DataException("", "", source + "(" + name + ": " + v + ") is not a share of the rows",
          "give " + name + " as a number from 0 up to but without 1, such as 0.2");
    }
    return v;
  }

  boolean flag(String name) {
    return (Boolean) value(name);
  }

  String text(String name) {
    return (String) value(name);
  }

  /** One of the words of a choice. */
  boolean is(String name, String word) {
    return text(name).equals(word);
  }

  List<String> texts(String name) {
    return ((List<?>) value(name)).stream().map(String.class::cast).toList();
  }

  /** A path, from the folder of the program where it is relative. */
  Path path(String name) {
    return resolve(text(name));
  }

  /** Some paths, from the folder of the program where they are relative. */
  List<Path> paths(String name) {
    return texts(name).stream().map(this::resolve).toList();
  }

  private Path resolve(String path) {
    try {
      return folder.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new DataException("", "", source + ": \"" + path + "\" is no path", "give a path that this system"
          + " can name");
    }
  }

  private Object value(String name) {
    Object v = values.get(name);
    if (v == null) {
      throw new DataException("", "", source + " needs " + name, "write " + source + "(" + name + ": …)");
    }
    return v;
  }

  /** These arguments where they are for the same kind of source, else the fallbacks of the other. */
  Arguments forKind(SourceKind own, SourceKind other) {
    return own == other ? this : new Arguments(other.name(), fallbacks(other), folder);
  }

  /** The fallbacks of another kind of source, but these own values for parameters that both have. */
  Arguments forKind(SourceKind other, String... shared) {
    Map<String, Object> all = fallbacks(other);
    for (String name : shared) {
      all.put(name, value(name));
    }
    return new Arguments(other.name(), all, folder);
  }

  /** The same with other values for some. */
  Arguments with(Map<String, Object> others) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.putAll(others);
    return new Arguments(source, all, folder);
  }

  private static Map<String, Object> fallbacks(SourceKind kind) {
    Map<String, Object> values = new LinkedHashMap<>();
    kind.parameters().forEach(p -> p.fallback().ifPresent(v -> values.put(p.name(), v)));
    return values;
  }

  @Override
  public String toString() {
    return values.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue())
        .collect(Collectors.joining(", ", source + "(", ")"));
  }
}
