package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Processes in use. A call gives a process its parameters; a part without arguments is read like a field, one with
 * arguments is called like a network. A part sees the parameters and the other parts by their names; what it draws is a
 * draw of the place where it is called.
 */
final class Processes {
  /** The library's process whose parts every stochastic differential equation has. */
  private static final String EQUATION = "sde";

  private final Evaluator caller;

  Processes(Evaluator caller) {
    this.caller = caller;
  }

  /** {@code ddpm(steps: 1000)}. */
  Value.Process make(Value.Process process, List<Given> given, Span span) {
    Bound bound = new Binder(caller, process.process().signature()).bind(given, false, span);
    Map<String, Value> options = new LinkedHashMap<>(process.options());
    options.putAll(bound.options);
    return new Value.Process(process.process(), options);
  }

  /** {@code chain.forward}. */
  Value field(Value.Process process, Name name) {
    Map<String, Value.Part> parts = parts(process);
    Value.Part part = parts.get(name.text());
    if (part == null) {
      Diagnostic diagnostic = Diagnostic.error("unknown-name", name.span(), "the process `"
          + process.process().signature().name() + "` has no part `" + name.text() + "`");
      Diagnostic near = Suggest.help(diagnostic, name.text(), parts.keySet());
      throw caller.here().report(near.helps().isEmpty()
          ? diagnostic.help("there is: " + String.join(", ", parts.keySet())) : near);
    }
    return read(part, name.span());
  }

  /** Its own parts, and those that it has as an equation. */
  private Map<String, Value.Part> parts(Value.Process process) {
    Map<String, Value.Part> parts = new TreeMap<>();
    if (process.process().isEquation()) {
      Process every = caller.here().session().modules().library().declaring(EQUATION).orElseThrow().process(EQUATION)
          .orElseThrow();
      every.parts().forEach(part -> parts.put(part.name().text(), new Value.Part(process, every, part)));
    }
    process.process().parts().forEach(part ->
        parts.put(part.name().text(), new Value.Part(process, process.process(), part)));
    return parts;
  }

  /** A part where its name stands: its value, or the part itself where it takes arguments. */
  Value read(Value.Part part, Span span) {
    if (part.syntax().arguments().isPresent()) {
      return part;
    }
    Map<List<Object>, Value> known = caller.here().session().parts();
    List<Object> key = List.of(part, caller.here().training());
    Value value = known.get(key);
    if (value == null) {
      value = evaluate(part, Map.of(), span);
      known.put(key, value);
    }
    return value;
  }

  /** {@code chain.forward(x0, noise, t)}. */
  Value apply(Value.Part part, List<Given> given, Span span) {
    List<Name> wanted = arguments(part);
    Map<String, Given> arguments = new LinkedHashMap<>();
    int position = 0;
    for (Given argument : Binder.spread(given)) {
      String name = argument.name().map(Name::text)
          .orElse(position < wanted.size() ? wanted.get(position).text() : "");
      position += argument.name().isEmpty() ? 1 : 0;
      if (wanted.stream().noneMatch(known -> known.text().equals(name))) {
        throw caller.here().report(Diagnostic.error(argument.name().isEmpty() ? "argument" : "unknown-option",
            argument.name().map(Name::span).orElse(argument.span()), argument.name().isEmpty()
                ? "`" + part.syntax().name() + "` takes no more arguments"
                : "`" + part.syntax().name() + "` has no argument `" + name + "`").help("write " + signature(part)));
      }
      if (arguments.put(name, argument) != null) {
        throw caller.error("argument", argument.span(), "`" + name + "` is given twice");
      }
    }
    List<String> missing = wanted.stream().map(Name::text).filter(name -> !arguments.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw caller.here().report(Diagnostic.error("argument", span, "`" + part.syntax().name() + "` needs "
          + missing.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")))
          .help("write " + signature(part)));
    }
    return evaluate(part, arguments, span);
  }

  private static List<Name> arguments(Value.Part part) {
    return part.syntax().arguments().orElse(List.of());
  }

  /** {@code `forward(x0, noise, t)`}. */
  private static String signature(Value.Part part) {
    return "`" + part.syntax().name() + arguments(part).stream().map(Name::text)
        .collect(Collectors.joining(", ", "(", ")")) + "`";
  }

  private Value evaluate(Value.Part part, Map<String, Given> arguments, Span span) {
    Declaration signature = part.of().process().signature();
    String name = signature.name() + "." + part.syntax().name();
    Frame frame = new Frame(caller.here().frame(), span, name, part.declaring().signature().isLibrary());
    if (frame.depth() > Bounds.NESTING || part.syntax().arguments().isEmpty() && isInside(frame, name)) {
      throw caller.error("cycle", span, "`" + name + "` depends on itself");
    }
    var place = new ArrayList<>(caller.here().place());
    place.add(caller.key(span));
    Instance instance = instance(part.of(), span);
    Activation here = new Activation(caller.here().session(), frame, instance, caller.here().training(),
        List.copyOf(place));
    here.steps(caller.here().steps());
    Evaluator body = new Evaluator(here, new Scope(null), part.declaring().signature().module(), List.of());
    body.scope().bind(part.declaring().signature().name(), part.of(), part.syntax().name().span());
    parts(part.of()).forEach((other, value) -> body.scope().bind(other, value, value.syntax().name().span()));
    Applying.bindOptions(body, instance, span);
    Applying.defaults(body, signature, span);
    arguments.forEach((argument, given) -> body.scope().bind(argument, given.value(), given.span()));
    Value value = body.evaluate(part.syntax().value());
    caller.here().children().addAll(here.children());
    return value;
  }

  private static boolean isInside(Frame frame, String name) {
    for (Frame at = frame.parent(); at != null; at = at.parent()) {
      if (at.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** What a process applies belongs to the place where its part is read. */
  private Instance instance(Value.Process process, Span span) {
    Instance owner = caller.here().instance();
    Instance.Key key = caller.key(span);
    Instance known = owner.child(key);
    if (known != null && known.declaration() == process.process().signature()) {
      known.give(process.options(), Map.of());
      return known;
    }
    Instance made = new Instance(process.process().signature(), process.options(), Map.of(), span, owner);
    owner.child(key, made);
    return made;
  }
}
