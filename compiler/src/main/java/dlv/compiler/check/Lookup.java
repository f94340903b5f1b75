package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Suggest;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Item;
import dlv.compiler.syntax.Statement;
import dlv.compiler.type.Dim;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what a name means: inner scope, then file, then imports, then the library. */
final class Lookup {
  private static final List<String> BUILT_IN = List.of("training", "batch", "std");
  private final Evaluator evaluator;

  Lookup(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** What a name means where a value is wanted; a {@link Value.Word} where nothing declares it. */
  Value value(Expression.Reference reference) {
    String name = reference.name();
    Optional<Value> local = evaluator.scope().find(name).map(Scope.Binding::value);
    if (local.isPresent()) {
      return bound(local.get(), reference.span());
    }
    Declaration declaration = evaluator.here().declaration();
    if (declaration != null && isChoice(declaration, name)) {
      return new Value.Choice(name);
    }
    return function(reference);
  }

  /** What a name means where something is called: words of choices do not hide functions. */
  Value function(Expression.Reference reference) {
    String name = reference.name();
    Optional<Value> local = evaluator.scope().find(name).map(Scope.Binding::value);
    return local.map(value -> bound(value, reference.span()))
        .or(() -> inFile(evaluator.module(), name, reference.span()))
        .or(() -> evaluator.module().imported(name).map(Value.Names::new))
        .or(() -> builtIn(name))
        .or(() -> standard(name))
        .orElseGet(() -> new Value.Word(name, reference.span()));
  }

  private static boolean isChoice(Declaration declaration, String name) {
    return declaration.statics().stream().anyMatch(parameter -> parameter.choices().contains(name));
  }

  private Optional<Value> builtIn(String name) {
    return Optional.ofNullable(switch (name) {
      case "training" -> {
        evaluator.here().session().noteTraining();
        yield new Value.Truth(evaluator.here().training());
      }
      case "batch" -> new Value.Whole(Size.of(Dim.BATCH));
      case "std" -> new Value.Names(null);
      default -> null;
    });
  }

  private Optional<Value> standard(String name) {
    Optional<Value> primitive = Primitives.named(name).map(Value.Builtin::new);
    return primitive.or(() -> evaluator.here().session().modules().library().declaring(name)
        .flatMap(module -> declared(module, name)));
  }

  private static Optional<Value> declared(Module module, String name) {
    Optional<Value> called = module.declaration(name).map(Value.Template::new);
    return called.or(() -> module.process(name).map(process -> new Value.Process(process, java.util.Map.of())));
  }

  /** A bound name: a part of a process that takes no arguments is its value. */
  private Value bound(Value value, Span span) {
    return value instanceof Value.Part part ? new Processes(evaluator).read(part, span) : value;
  }

  private Optional<Value> inFile(Module module, String name, Span span) {
    Optional<Value> declared = declared(module, name);
    if (declared.isPresent()) {
      return declared;
    }
    if (module.other(name).isPresent()) {
      return Optional.of(block(module, module.other(name).orElseThrow(), name, span));
    }
    return module.constant(name).map(constant -> constant(module, constant, span));
  }

  private Value block(Module module, Item item, String name, Span span) {
    if (item instanceof Item.TrainSyntax train) {
      return new Value.Block(module, train);
    }
    throw evaluator.error("type", span, "`" + name
        + "` is a generate block: `dlvc generate` runs it, and nothing in a file can call it");
  }

  /** The value of a {@code let} at the top of a file, evaluated when it is first used. */
  private Value constant(Module module, Item.Constant constant, Span span) {
    Session session = evaluator.here().session();
    var known = session.constants();
    if (!known.containsKey(constant)) {
      known.put(constant, null);
      Instance owner = new Instance(null, java.util.Map.of(), java.util.Map.of(), constant.span(), null);
      Frame frame = new Frame(null, null, constant.name().text(), module.isLibrary());
      Activation top = new Activation(session, frame, owner, false, List.of());
      known.put(constant, new Evaluator(top, new Scope(null), module, List.of()).attempt(constant.value()));
    }
    Value value = known.get(constant);
    if (value == null) {
      throw evaluator.error("cycle", span, "`" + constant.name() + "` depends on itself");
    }
    if (value instanceof Value.Unknown) {
      throw Failed.REPORTED;
    }
    return value;
  }

  Value field(Expression.Field field) {
    Value target = evaluator.evaluate(field.target());
    String name = field.name().text();
    Span span = field.name().span();
    if (target instanceof Value.Extent extent && (name.equals("h") || name.equals("w"))) {
      return new Value.Whole(name.equals("h") ? extent.h() : extent.w());
    }
    if (target instanceof Value.Range range && (name.equals("low") || name.equals("high"))) {
      return name.equals("low") ? range.from() : range.to();
    }
    if (target instanceof Value.Data data) {
      Value.Tensor found = data.fields().get(name);
      if (found == null && data.fields().keySet().stream().anyMatch(key -> key.startsWith(name + "."))) {
        return data.part(name);
      } else if (found == null) {
        throw missing("data `" + data.name() + "` have no field `" + name + "`", name, span, data.fields().keySet());
      }
      return found;
    }
    if (target instanceof Value.Tensor tensor && !tensor.finals().isEmpty()) {
      if (tensor.finals().containsKey(name)) {
        return tensor.finals().get(name);
      }
      throw missing("there is no final state `" + name + "`", name, span, tensor.finals().keySet());
    }
    if (target instanceof Value.Tuple tuple && tuple.names().contains(name)) {
      return tuple.elements().get(tuple.names().indexOf(name));
    }
    if (target instanceof Value.Process process) {
      return new Processes(evaluator).field(process, field.name());
    }
    if (target instanceof Value.Names names) {
      return names.module() == null ? qualified(name, span) : inFile(names.module(), name, span).orElseThrow(() ->
          missing("`" + names.module().name() + "` declares no `" + name + "`", name, span, names.module().names()));
    }
    if (target instanceof Value.Block block) {
      List<String> models = block.syntax().lines().stream().filter(Statement.Model.class::isInstance)
          .map(line -> ((Statement.Model) line).name().text()).toList();
      if (!models.contains(name)) {
        throw missing("`" + block.syntax().name().text() + "` has no model `" + name + "`", name, span, models);
      }
      return new Value.Foreign(block, name);
    }
    if (target instanceof Value.Tuple tuple) {
      throw missing("there is no result `" + name + "`", name, span, tuple.names());
    }
    Diagnostic diagnostic = Diagnostic.error("type", span, target.text() + " has no field `" + name + "`");
    boolean network = evaluator.module().declaration(name).isPresent() || standard(name).isPresent();
    throw evaluator.here().report(network ? diagnostic.help("a network is applied with an arrow: `… -> " + name + "`")
        : diagnostic);
  }

  private Value qualified(String name, Span span) {
    return standard(name).orElseThrow(() -> missing("the library declares no `" + name + "`", name, span,
        evaluator.here().session().modules().library().names()));
  }

  private Failed missing(String message, String name, Span span, java.util.Collection<String> known) {
    Diagnostic diagnostic = Suggest.help(Diagnostic.error("unknown-name", span, message), name, known);
    boolean few = known.stream().anyMatch(k -> !k.isEmpty()) && known.size() <= 12 && diagnostic.helps().isEmpty();
    return evaluator.here().report(few ? diagnostic.help("there is: " + String.join(", ", known)) : diagnostic);
  }

  /** Reports a name that nothing declares, or a dimension that nothing has solved. */
  Failed unknown(String name, Span span) {
    Activation here = evaluator.here();
    if (here.declaration() != null && Binder.dimensions(here.declaration()).contains(name)) {
      String network = here.declaration().name();
      return here.session().blame().report(here.frame().parent(), Diagnostic.error("unify", here.frame().call(),
          "the dimension `" + name + "` of `" + network + "` is not known here")
          .note("it is used here", span).help("give it by name: `" + network + "(" + name + ": …)`"));
    }
    TreeSet<String> names = name.length() > 2 ? evaluator.scope().names() : new TreeSet<>();
    names.removeIf(known -> known.endsWith("'"));
    names.addAll(evaluator.module().names());
    names.addAll(Primitives.names());
    names.addAll(evaluator.here().session().modules().library().names());
    names.addAll(BUILT_IN);
    Diagnostic diagnostic = Diagnostic.error("unknown-name", span, "nothing declares `" + name + "`");
    for (String known : evaluator.here().session().modules().library().knownAs(name)) {
      diagnostic = diagnostic.help("here it is called `" + known + "`", span, known);
    }
    return evaluator.here().report(diagnostic.helps().isEmpty() ? Suggest.help(diagnostic, name, names) : diagnostic);
  }
}
