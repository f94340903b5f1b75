package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Calls: with no tensor among its arguments one makes an instance, otherwise it applies one. Positional arguments fill
 * the inputs first in an application, the parameters in an instance.
 */
final class Calls {
  private final Evaluator evaluator;

  Calls(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** Evaluates a call; {@code piped} is what a pipeline hands over. */
  Value call(Expression.Call call, List<Given> piped) {
    Value function = attemptFunction(call.function());
    List<Given> written = new ArrayList<>();
    for (Expression.Call.Argument argument : call.arguments()) {
      written.add(new Given(argument.name(), argument(argument.value()), argument.value().span()));
    }
    return invoke(function, place(piped, written), call.span());
  }

  /** A call with {@code first} in front and the labelled values after what is written. */
  Value call(Expression.Call call, Map<String, Size> labelled, Value first) {
    List<Given> piped = new ArrayList<>();
    piped.add(new Given(Optional.empty(), first, call.span()));
    Value function = attemptFunction(call.function());
    for (Expression.Call.Argument argument : call.arguments()) {
      piped.add(new Given(argument.name(), argument(argument.value()), argument.value().span()));
    }
    piped.addAll(labelled(labelled, call.span()));
    return invoke(function, piped, call.span());
  }

  private static List<Given> labelled(Map<String, Size> values, Span span) {
    List<Given> given = new ArrayList<>();
    values.forEach((name, size) -> given.add(new Given(
        Optional.of(new dlv.compiler.syntax.Name(name, span)), new Value.Whole(size), span)));
    return given;
  }

  /** Arguments: {@code first}, then labelled values. */
  static List<Given> labelled(Map<String, Size> values, Value first, Span span) {
    List<Given> given = new ArrayList<>(List.of(new Given(Optional.empty(), first, span)));
    given.addAll(labelled(values, span));
    return given;
  }

  /** Piped values take the place of {@code _}, or come first. */
  private static List<Given> place(List<Given> piped, List<Given> written) {
    boolean hole = written.stream().anyMatch(given -> given.value() instanceof Value.Open);
    List<Given> all = new ArrayList<>();
    if (!hole || piped.isEmpty()) {
      all.addAll(piped);
      all.addAll(written);
      return all;
    }
    var rest = new ArrayList<>(piped);
    for (Given given : written) {
      boolean filled = given.value() instanceof Value.Open && !rest.isEmpty();
      all.add(filled ? new Given(given.name(), rest.get(0).value(), rest.remove(0).span()) : given);
    }
    return all;
  }

  /** Evaluates what stands after an arrow and is no call. */
  Value bare(Expression function, List<Given> piped) {
    return invoke(attemptFunction(function), piped, function.span());
  }

  private Value attemptFunction(Expression function) {
    try {
      if (!(function instanceof Expression.Reference reference)) {
        return evaluator.evaluate(function);
      }
      Value value = evaluator.lookup().function(reference);
      if (value instanceof Value.Word) {
        throw evaluator.lookup().unknown(reference.name(), reference.span());
      }
      return value;
    } catch (Failed e) {
      return new Value.Unknown();
    }
  }

  /** An argument: a name that nothing declares may be a choice. */
  private Value argument(Expression expression) {
    if (expression instanceof Expression.Reference reference) {
      try {
        return evaluator.lookup().value(reference);
      } catch (Failed e) {
        return new Value.Unknown();
      }
    }
    return evaluator.attempt(expression);
  }

  /** Calls a value. */
  Value invoke(Value function, List<Given> given, Span span) {
    if (function instanceof Value.Unknown) {
      complainAboutWords(given);
      throw Failed.REPORTED;
    }
    if (function instanceof Value.Builtin builtin) {
      complainAboutWords(given);
      return Primitives.invoke(builtin.primitive(), evaluator, given, span);
    }
    if (function instanceof Value.Template template) {
      return template(template.declaration(), given, span);
    }
    complainAboutWords(given);
    stopIfUnknown(given);
    if (function instanceof Value.Network network) {
      return given.isEmpty() ? network : apply(network.instance(), inputs(network.instance(), given, span), span);
    }
    if (function instanceof Value.Waiting waiting) {
      List<Value> inputs = new ArrayList<>(waiting.inputs());
      Given only = given.size() == 1 && given.get(0).name().isEmpty() ? given.get(0) : null;
      if (only == null) {
        throw evaluator.error("argument", span, waiting.text() + " takes the one input that is open");
      }
      inputs.set(waiting.open(), only.value());
      return apply(waiting.instance(), inputs.stream().map(v -> new Given(Optional.empty(), v, span)).toList(), span);
    }
    throw evaluator.error("type", span, function.text() + " cannot be applied");
  }

  private void complainAboutWords(List<Given> given) {
    boolean words = false;
    for (Given argument : given) {
      if (argument.value() instanceof Value.Word word) {
        evaluator.lookup().unknown(word.name(), word.span());
        words = true;
      }
    }
    if (words) {
      throw Failed.REPORTED;
    }
  }

  private static void stopIfUnknown(List<Given> given) {
    if (given.stream().anyMatch(Given::isUnknown)) {
      throw Failed.REPORTED;
    }
  }

  private Value template(Declaration declaration, List<Given> given, Span span) {
    if (declaration.kind() == Declaration.Kind.OPTIMIZER) {
      throw evaluator.error("type", span, "the optimizer `" + declaration.name() + "` stands after `with`");
    }
    if (declaration.kind() == Declaration.Kind.CELL) {
      throw evaluator.error("unsupported", span, "cells are not supported yet: `" + declaration.name() + "`");
    }
    List<Given> spread = spread(given);
    boolean application = spread.stream().anyMatch(Given::isTensor);
    if (!application && spread.stream().anyMatch(argument -> argument.isUnknown() && argument.name().isEmpty())) {
      checkLabels(declaration, spread);
      throw Failed.REPORTED;
    }
    Bound bound = bind(declaration, spread, application, span);
    Instance instance = instance(declaration, bound, span);
    return application ? apply(instance, bound.inputs, span) : new Value.Network(instance);
  }

  /** Where an error hides what the positions mean, labels can still be checked. */
  private void checkLabels(Declaration declaration, List<Given> given) {
    for (Given argument : given) {
      if (argument.name().isPresent() && slot(declaration, argument) == -2) {
        unknownOption(declaration, argument);
      }
    }
  }

  /** Tuples fill several inputs. */
  private static List<Given> spread(List<Given> given) {
    List<Given> all = new ArrayList<>();
    for (Given argument : given) {
      if (argument.value() instanceof Value.Tuple tuple && argument.isTensor() && argument.name().isEmpty()) {
        tuple.elements().forEach(value -> all.add(new Given(Optional.empty(), value, argument.span())));
      } else {
        all.add(argument);
      }
    }
    return all;
  }

  /** Arguments by what they fill. */
  static final class Bound {
    final List<Given> inputs = new ArrayList<>();
    final Map<String, Value> options = new LinkedHashMap<>();
    final Map<String, Size> dims = new LinkedHashMap<>();
  }

  /** Sorts arguments; every wrong one is reported. */
  Bound bind(Declaration declaration, List<Given> given, boolean application, Span span) {
    Bound bound = new Bound();
    Given[] inputs = new Given[declaration.inputs().size()];
    int position = application ? 0 : inputs.length;
    boolean failed = false;
    for (Given argument : given) {
      int slot = argument.name().isPresent() ? slot(declaration, argument) : position++;
      try {
        fill(declaration, bound, inputs, slot, argument);
      } catch (Failed e) {
        failed = true;
      }
    }
    if (failed || !complete(declaration, bound, inputs, application, span)) {
      throw Failed.REPORTED;
    }
    bound.inputs.addAll(java.util.Arrays.asList(inputs));
    return bound;
  }

  /** The place of a labelled argument among inputs and parameters; -1 for a dimension, -2 for nothing. */
  private static int slot(Declaration declaration, Given argument) {
    String name = argument.name().orElseThrow().text();
    var all = declaration.parameters();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equals(name)) {
        return i;
      }
    }
    return dimensions(declaration).contains(name) ? -1 : -2;
  }

  /** The names in the types of a declaration that nothing else declares. */
  static TreeSet<String> dimensions(Declaration declaration) {
    TreeSet<String> names = new TreeSet<>();
    declaration.inputs().forEach(input -> Names.valuesIn(input.syntax().type(), names));
    declaration.result().ifPresent(result -> result.outputs().forEach(output -> Names.valuesIn(output.type(), names)));
    declaration.statics().forEach(parameter -> names.remove(parameter.name()));
    names.removeIf(name -> declaration.module().constant(name).isPresent());
    return names;
  }

  private void fill(Declaration declaration, Bound bound, Given[] inputs, int slot, Given argument) {
    if (slot == -2) {
      throw unknownOption(declaration, argument);
    }
    if (slot == -1) {
      String name = argument.name().orElseThrow().text();
      once(bound.dims.containsKey(name), name, argument);
      bound.dims.put(name, Statics.whole(evaluator, known(argument), argument.span(), "`" + name + "`"));
      return;
    }
    if (slot >= declaration.parameters().size()) {
      throw evaluator.here().report(Diagnostic.error("argument", argument.span(), "`" + declaration.name()
          + "` takes no more arguments: " + signature(declaration)));
    }
    var parameter = declaration.parameters().get(slot);
    if (slot < inputs.length) {
      once(inputs[slot] != null, parameter.name(), argument);
      inputs[slot] = argument;
    } else {
      once(bound.options.containsKey(parameter.name()), parameter.name(), argument);
      bound.options.put(parameter.name(), new Value.Unknown());
      boolean choice = argument.value() instanceof Value.Word && parameter.takes() != Declaration.Takes.CHOICE;
      Value value = choice ? known(argument) : argument.isUnknown() ? known(argument) : argument.value();
      bound.options.put(parameter.name(), Statics.fit(evaluator, parameter, instantiated(parameter, value, argument),
          argument.span()));
    }
  }

  /** A bare network name is a call without arguments, also where a parameter takes a network. */
  private Value instantiated(Declaration.Parameter parameter, Value value, Given argument) {
    boolean network = parameter.takes() == Declaration.Takes.NETWORK && value instanceof Value.Template;
    return network ? template(((Value.Template) value).declaration(), List.of(), argument.span()) : value;
  }

  private Value known(Given argument) {
    if (argument.value() instanceof Value.Word word) {
      throw evaluator.lookup().unknown(word.name(), word.span());
    }
    if (argument.isUnknown()) {
      throw Failed.REPORTED;
    }
    return argument.value();
  }

  private void once(boolean before, String name, Given argument) {
    if (before) {
      throw evaluator.error("argument", argument.span(), "`" + name + "` is given twice");
    }
  }

  private Failed unknownOption(Declaration declaration, Given argument) {
    var name = argument.name().orElseThrow();
    TreeSet<String> known = dimensions(declaration);
    declaration.parameters().forEach(parameter -> known.add(parameter.name()));
    Diagnostic diagnostic = Suggest.help(Diagnostic.error("unknown-option", name.span(), "`" + declaration.name()
        + "` has no parameter `" + name.text() + "`"), name.text(), known);
    return evaluator.here().report(diagnostic.helps().isEmpty()
        ? diagnostic.help("write " + signature(declaration)) : diagnostic);
  }

  /** {@code Dense(x, units, bias)}. */
  private static String signature(Declaration declaration) {
    return "`" + declaration.name() + "("
        + String.join(", ", declaration.parameters().stream().map(Declaration.Parameter::name).toList()) + ")`";
  }

  private boolean complete(Declaration declaration, Bound bound, Given[] inputs, boolean application, Span span) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; application && i < inputs.length; i++) {
      if (inputs[i] == null) {
        missing.add(declaration.inputs().get(i).name());
      }
    }
    TreeSet<String> solvable = new TreeSet<>();
    declaration.inputs().forEach(input -> Names.valuesIn(input.syntax().type(), solvable));
    for (var parameter : declaration.statics()) {
      boolean open = parameter.required() && !bound.options.containsKey(parameter.name());
      if (open && !solvable.contains(parameter.name())) {
        missing.add(parameter.name());
      }
    }
    if (!missing.isEmpty()) {
      evaluator.here().report(Diagnostic.error("argument", span, "`" + declaration.name() + "` needs "
          + String.join(", ", missing.stream().map(name -> "`" + name + "`").toList()))
          .help("write " + signature(declaration)));
    }
    return missing.isEmpty();
  }

  /** The instance of this call, made when the call is first met. */
  Instance instance(Declaration declaration, Bound bound, Span span) {
    Instance owner = evaluator.here().instance();
    Instance.Key key = evaluator.key(span);
    Instance known = owner.child(key);
    if (known != null && known.declaration() == declaration) {
      known.give(bound.options, bound.dims);
      return known;
    }
    Instance made = new Instance(declaration, bound.options, bound.dims, span, owner);
    owner.child(key, made);
    return made;
  }

  private List<Given> inputs(Instance instance, List<Given> given, Span span) {
    Declaration declaration = instance.declaration();
    List<Given> spread = spread(given);
    for (Given argument : spread) {
      boolean option = argument.name().isPresent() && slot(declaration, argument) >= declaration.inputs().size();
      if (option) {
        throw evaluator.here().report(Diagnostic.error("argument", argument.span(), "this instance of `"
            + declaration.name() + "` has its parameters already").note("made here", instance.call()));
      }
    }
    if (spread.size() > declaration.inputs().size()) {
      throw evaluator.error("argument", span, "`" + declaration.name() + "` takes "
          + declaration.inputs().size() + (declaration.inputs().size() == 1 ? " input" : " inputs") + ", and gets "
          + spread.size());
    }
    Bound bound = new Bound();
    Given[] inputs = new Given[declaration.inputs().size()];
    int position = 0;
    for (Given argument : spread) {
      fill(declaration, bound, inputs, argument.name().isPresent() ? slot(declaration, argument) : position++,
          argument);
    }
    bound.options.putAll(instance.options());
    if (!complete(declaration, bound, inputs, true, span)) {
      throw Failed.REPORTED;
    }
    return java.util.Arrays.asList(inputs);
  }

  /** Applies an instance, or waits where an input is open. */
  private Value apply(Instance instance, List<Given> inputs, Span span) {
    stopIfUnknown(inputs);
    long open = inputs.stream().filter(given -> given.value() instanceof Value.Open).count();
    if (open > 1) {
      throw evaluator.error("argument", span, "only one input can be left open");
    }
    if (open == 1) {
      List<Value> values = inputs.stream().map(Given::value).toList();
      int at = java.util.stream.IntStream.range(0, values.size())
          .filter(i -> values.get(i) instanceof Value.Open).findFirst().orElseThrow();
      return new Value.Waiting(instance, values, at);
    }
    return new Applying(evaluator, instance, span).apply(inputs);
  }
}
