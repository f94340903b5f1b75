package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.source.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Values set from outside, {@code --set NAME=VALUE}; those that nothing takes are errors. */
final class Overrides {
  private final Map<String, String> values;
  private final TreeSet<String> known = new TreeSet<>();

  Overrides(Map<String, String> values) {
    this.values = values;
  }

  /** The value set for a name, which is thereby known as one that can be set. */
  Optional<Value> take(String name) {
    known.add(name);
    return Optional.ofNullable(values.get(name)).map(Overrides::value);
  }

  /** The value set for a static parameter, as it takes it. */
  Optional<Value> take(Declaration.Parameter parameter, Evaluator at, Span span) {
    return take(parameter.name()).map(value -> {
      boolean choice = value instanceof Value.Text text && parameter.choices().contains(text.value());
      return Statics.fit(at, parameter, choice ? new Value.Choice(((Value.Text) value).value()) : value, span);
    });
  }

  /** Sets the static parameters of a model; what is set from outside goes before what the file says. */
  void give(Instance model, Evaluator at, Span span) {
    Map<String, Value> options = new LinkedHashMap<>(model.options());
    for (Declaration.Parameter parameter : model.declaration().statics()) {
      boolean own = !model.declaration().isLibrary();
      Optional<Value> set = own ? take(parameter, at, span) : Optional.empty();
      set.ifPresent(value -> options.put(parameter.name(), value));
    }
    model.give(options, model.dims());
  }

  /** A number, a truth, or a word. */
  static Value value(String text) {
    String plain = text.replace("_", "");
    if (text.equals("true") || text.equals("false")) {
      return new Value.Truth(text.equals("true"));
    }
    try {
      return Value.Whole.of(Long.parseLong(plain));
    } catch (NumberFormatException notWhole) {
      try {
        double real = Double.parseDouble(plain);
        return Double.isFinite(real) ? new Value.Real(real) : new Value.Text(text);
      } catch (NumberFormatException notReal) {
        return new Value.Text(text);
      }
    }
  }

  void reportUnused(Blame blame, Span file) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        Diagnostic diagnostic = Diagnostic.error("unknown-name", file,
            "there is nothing to set that is named `" + name + "`");
        blame.report(null, Suggest.question(name, known).map(diagnostic::help).orElse(known.isEmpty() ? diagnostic
            : diagnostic.help("there is: " + String.join(", ", known))));
      }
    }
  }
}
