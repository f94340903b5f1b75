package dlv.compiler.check;

import dlv.compiler.source.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The names bound in a body, inside those of the bodies around it. */
final class Scope {
  /** A value, and where its name was introduced. */
  record Binding(Value value, Span span) {}

  private final Scope outer;
  private final Map<String, Binding> names = new LinkedHashMap<>();

  Scope(Scope outer) {
    this.outer = outer;
  }

  Optional<Binding> find(String name) {
    Binding binding = names.get(name);
    return binding != null ? Optional.of(binding) : outer == null ? Optional.empty() : outer.find(name);
  }

  void bind(String name, Value value, Span span) {
    names.put(name, new Binding(value, span));
  }

  /** All names that can be seen from here. */
  TreeSet<String> names() {
    TreeSet<String> all = outer == null ? new TreeSet<>() : outer.names();
    all.addAll(names.keySet());
    return all;
  }
}
