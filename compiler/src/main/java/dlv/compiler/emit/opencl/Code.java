package dlv.compiler.emit.opencl;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The text of a kernel as nested scopes. What an outer scope needs is written there even while an inner one is open,
 * so that a value stands in the outermost loop that knows all its variables; a guard is a barrier that nothing leaves.
 */
final class Code {
  /** A pair of braces: a function, a loop, a guard. */
  static final class Scope {
    private final Scope parent;
    private final String header;
    private final boolean barrier;
    private final int depth;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Value> known = new HashMap<>();

    private Scope(Scope parent, String header, boolean barrier) {
      this.parent = parent;
      this.header = header;
      this.barrier = barrier;
      this.depth = parent == null ? 0 : parent.depth + 1;
    }
  }

  private final Scope root = new Scope(null, "", true);
  private final Map<String, Scope> variables = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private Scope current = root;

  /** A name that nothing in this kernel has yet: {@code prefix} and a number. */
  String fresh(String prefix) {
    return prefix + (names.merge(prefix, 1, Integer::sum) - 1);
  }

  void line(String text) {
    current.text.append("  ".repeat(current.depth + 1)).append(text).append('\n');
  }

  /** Writes a line where the function's own variables are declared. */
  void declare(String text) {
    root.text.append("  ").append(text).append('\n');
  }

  /** Says that {@code variable} is defined from here on. */
  void define(String variable) {
    variables.put(variable, current);
  }

  /** Begins a scope; nothing is written outside a {@code barrier} on behalf of what stands inside it. */
  void open(String header, boolean barrier) {
    current = new Scope(current, header, barrier);
  }

  /** Ends the innermost scope. */
  void close() {
    Scope done = current;
    current = done.parent;
    line(done.header.isEmpty() ? "{" : done.header + " {");
    current.text.append(done.text);
    line("}");
  }

  /** Runs {@code body} inside a scope. */
  void within(String header, boolean barrier, Runnable body) {
    open(header, barrier);
    body.run();
    close();
  }

  /** A loop over {@code count} values from 0, whose variable the body gets; the count is a number or C. */
  Index loop(String prefix, String count, long high) {
    String name = fresh(prefix);
    return loop(name, "0", name + " < " + count, 0, high);
  }

  /** A loop from {@code first} while {@code condition} holds; the variable lies between two bounds, inclusive. */
  Index loop(String name, String first, String condition, long low, long high) {
    open("for (int " + name + " = " + first + "; " + condition + "; " + name + "++)", false);
    define(name);
    return Index.of(new Index.Variable(name, low, high, false));
  }

  /** Goes on with a loop whose variable is there already, {@code step} further each turn. */
  Index resume(String name, int step, String condition, long low, long high) {
    open("for (; " + condition + "; " + name + " += " + step + ")", false);
    define(name);
    return Index.of(new Index.Variable(name, low, high, false));
  }

  /** The outermost scope that knows all variables of {@code places} and lies inside the nearest barrier. */
  Scope home(Collection<Index> places) {
    Scope home = current;
    while (!home.barrier) {
      home = home.parent;
    }
    for (Index place : places) {
      for (Index.Variable variable : place.variables()) {
        Scope scope = variables.get(variable.name());
        if (scope != null && scope.depth > home.depth) {
          home = scope;
        }
      }
    }
    return home;
  }

  /** Writes what {@code body} writes into an enclosing scope. */
  <T> T in(Scope scope, Supplier<T> body) {
    Scope back = current;
    current = scope;
    T value = body.get();
    current = back;
    return value;
  }

  /** The value under {@code key} in this scope or one around it, or null. */
  Value known(String key) {
    for (Scope scope = current; scope != null; scope = scope.parent) {
      Value value = scope.known.get(key);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Remembers a value for as long as this scope is open. */
  void remember(String key, Value value) {
    current.known.put(key, value);
  }

  /** The finished text of the function's body. */
  String text() {
    if (current != root) {
      throw new IllegalStateException("a scope is still open: " + current.header);
    }
    return root.text.toString();
  }
}
