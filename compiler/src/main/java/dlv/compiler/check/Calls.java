package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    if (function instanceof Value.Process process) {
      return new Processes(evaluator).make(process, given, span);
    }
    complainAboutWords(given);
    stopIfUnknown(given);
    if (function instanceof Value.Part part) {
      return new Processes(evaluator).apply(part, given, span);
    }
    if (function instanceof Value.Network network) {
      return given.isEmpty() ? network : apply(network,
          new Binder(evaluator, network.instance().declaration()).bind(network.instance(), given, span), span);
    }
    if (function instanceof Value.Waiting waiting) {
      List<Value> inputs = new ArrayList<>(waiting.inputs());
      if (given.size() != waiting.open() || given.stream().anyMatch(argument -> argument.name().isPresent())) {
        throw evaluator.error("argument", span, waiting.text() + " takes these, without names");
      }
      var next = given.iterator();
      inputs.replaceAll(value -> value instanceof Value.Open ? next.next().value() : value);
      Bound bound = new Bound();
      inputs.forEach(value -> bound.inputs.add(new Given(Optional.empty(), value, span)));
      bound.states.putAll(waiting.states());
      return apply(waiting.network(), bound, span);
    }
    if (function instanceof Value.Foreign model) {
      String written = model.block().syntax().name().text() + "." + model.model();
      throw evaluator.here().report(Diagnostic.error("model", span, "`" + written + "` has no name here yet")
          .help("write `model " + model.model() + " = " + written + "` in this block, and apply `" + model.model()
              + "`"));
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
    List<Given> spread = Binder.spread(given);
    Binder binder = new Binder(evaluator, declaration);
    boolean application = binder.applies(spread);
    if (!application && spread.stream().anyMatch(argument -> argument.isUnknown() && argument.name().isEmpty())) {
      binder.checkLabels(spread);
      throw Failed.REPORTED;
    }
    Bound bound = binder.bind(spread, application, span);
    if (!application && !bound.states.isEmpty()) {
      throw evaluator.error("argument", bound.states.values().iterator().next().span(),
          "states begin with an application, and this call makes an instance: give the states where it is applied");
    }
    Value.Network network = new Value.Network(instance(declaration, bound, span));
    return application ? apply(network, bound, span) : network;
  }

  /** The instance of this call, made when the call is first met. */
  private Instance instance(Declaration declaration, Bound bound, Span span) {
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

  /** Applies an instance, or waits where inputs are open. */
  private Value apply(Value.Network network, Bound bound, Span span) {
    List<Given> inputs = bound.inputs;
    stopIfUnknown(inputs);
    if (inputs.stream().anyMatch(given -> given.value() instanceof Value.Open)) {
      return new Value.Waiting(network, inputs.stream().map(Given::value).toList(), bound.states);
    }
    return new Applying(evaluator, network, span).apply(bound);
  }
}
