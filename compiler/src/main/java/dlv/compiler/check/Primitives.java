package dlv.compiler.check;

import dlv.compiler.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All primitives by name: what a library declaration, or any other, can be written in. */
final class Primitives {
  private static final Map<String, Primitive> TABLE = table();

  private Primitives() {}

  private static Map<String, Primitive> table() {
    List<Primitive> all = new ArrayList<>();
    all.addAll(ScalarFunctions.all());
    all.addAll(Reductions.all());
    all.addAll(Products.all());
    all.addAll(Views.all());
    all.addAll(Places.all());
    all.addAll(Draws.all());
    all.addAll(Sequences.all());
    all.addAll(Writing.all());
    all.addAll(Schedules.all());
    all.addAll(Questions.all());
    all.addAll(Overall.all());
    all.addAll(Tables.all());
    all.addAll(Ranges.all());
    Map<String, Primitive> table = new LinkedHashMap<>();
    for (Primitive primitive : all) {
      if (table.put(primitive.name(), primitive) != null) {
        throw new IllegalStateException("two primitives are named " + primitive.name());
      }
    }
    return table;
  }

  static Optional<Primitive> named(String name) {
    return Optional.ofNullable(TABLE.get(name));
  }

  static Set<String> names() {
    return TABLE.keySet();
  }

  /** Applies a primitive; operands that no rule foresaw are reported as the shapes they have. */
  static Value invoke(Primitive primitive, Evaluator evaluator, List<Given> given, Span span) {
    Arguments arguments = new Arguments(primitive, evaluator, span);
    arguments.bind(given);
    Value value;
    try {
      value = primitive.rule().apply(arguments);
    } catch (IllegalArgumentException e) {
      String types = String.join(", ", given.stream().map(g -> g.value().text()).toList());
      throw arguments.error("shape", "`" + primitive.name() + "` does not take " + types);
    }
    if (value instanceof Value.Tensor tensor) {
      Bounds.refusal(tensor.shape()).ifPresent(why -> {
        throw arguments.error("range", "`" + primitive.name() + "` gives " + tensor.text() + ": " + why);
      });
    }
    return value;
  }
}
