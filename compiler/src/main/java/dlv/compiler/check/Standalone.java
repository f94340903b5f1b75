package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Role;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.TypeSyntax;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A network on its own, or a cell along a sequence: dimensions that nobody gives are names. */
final class Standalone {
  private static final int QUESTIONS = 16;

  /** The steps of a cell on its own. */
  private static final String TIME = "steps";

  private final Session session;
  private final Overrides overrides;

  Standalone(Session session) {
    this(session, new Overrides(Map.of()));
  }

  Standalone(Session session, Overrides overrides) {
    this.session = session;
    this.overrides = overrides;
  }

  /** One elaboration: the pseudo-caller, its inputs, and what came out. */
  private record Run(Evaluator caller, List<Port> inputs, Value result, Instance owner) {}

  /** The network as it is used; empty where it has errors, or needs static values that only a caller can give. */
  Optional<NetworkProgram> elaborate(Declaration declaration) {
    try {
      Optional<Map<String, Value>> options = options(declaration);
      if (options.isEmpty()) {
        return Optional.empty();
      }
      Run run = run(declaration, options.get(), new LinkedHashMap<>(), false);
      if (session.trainingMatters() && declaration.kind() != Declaration.Kind.GENERATE) {
        Session other = session.inner(session.blame());
        new Standalone(other, overrides).run(declaration, options.get(), new LinkedHashMap<>(), true);
      }
      return Optional.of(program(declaration, run));
    } catch (Failed e) {
      return Optional.empty();
    }
  }

  private static Dim weights(Run run) {
    return run.owner().allStates().stream().filter(state -> state.role() == Role.WEIGHT)
        .map(state -> state.shape().elements()).reduce(Dim.ZERO, Dim::plus);
  }

  /** The number of weights of a network. */
  Dim parameters(Value network, Arguments call) {
    Declaration declaration = network instanceof Value.Network made ? made.instance().declaration()
        : ((Value.Template) network).declaration();
    Map<String, Value> options = new LinkedHashMap<>(options(declaration).orElse(Map.of()));
    Map<String, Size> dims = new LinkedHashMap<>();
    if (network instanceof Value.Network made) {
      options.putAll(made.instance().options());
      dims.putAll(made.instance().dims());
    }
    try {
      if (session.depth() > QUESTIONS) {
        throw call.error("limit", "the parameters of `" + declaration.name() + "` depend on themselves");
      }
      Session own = session.inner(session.blame());
      return weights(new Standalone(own, overrides).run(declaration, options, dims, false));
    } catch (Failed e) {
      if (!session.blame().diagnostics().hasErrors()) {
        throw call.error("argument", "`" + declaration.name() + "` has parameters that depend on open dimensions");
      }
      throw e;
    }
  }

  /** Values for static parameters without defaults; empty where a name cannot stand for one. */
  private Optional<Map<String, Value>> options(Declaration declaration) {
    Map<String, Value> options = new LinkedHashMap<>();
    for (Declaration.Parameter parameter : declaration.statics()) {
      Optional<Value> set = overrides.take(parameter, caller(declaration, false), parameter.syntax().span());
      if (set.isPresent()) {
        options.put(parameter.name(), set.get());
      } else if (parameter.required() && parameter.takes() == Declaration.Takes.INT) {
        options.put(parameter.name(), new Value.Whole(Size.of(Dim.name(parameter.name()))));
      } else if (parameter.required()) {
        return Optional.empty();
      }
    }
    return Optional.of(options);
  }

  private Evaluator caller(Declaration declaration, boolean training) {
    Instance owner = new Instance(null, Map.of(), Map.of(), declaration.nameSpan(), null);
    Frame frame = new Frame(null, null, declaration.name(), false);
    Activation top = new Activation(session, frame, owner, training, List.of());
    return new Evaluator(top, new Scope(null), declaration.module(), List.of());
  }

  private Run run(Declaration declaration, Map<String, Value> options, Map<String, Size> dims, boolean training) {
    Evaluator caller = caller(declaration, training);
    Span span = declaration.nameSpan();
    options.forEach((name, value) -> caller.scope().bind(name, value, span));
    dims.forEach((name, size) -> caller.scope().bind(name, new Value.Whole(size), span));
    Map<String, Size> solved = new LinkedHashMap<>(dims);
    Instance owner = caller.here().instance();
    List<Port> inputs = new ArrayList<>();
    List<Given> given = new ArrayList<>();
    for (Declaration.Parameter input : declaration.inputs()) {
      Value.Tensor tensor = input(caller, declaration, input, solved);
      inputs.add(new Port(input.name(), tensor.type(), tensor.node()));
      if (declaration.kind() == Declaration.Kind.GENERATE && tensor.type().isText()) {
        inputs.add(length(input, tensor));
      }
      given.add(new Given(Optional.empty(), tensor, input.syntax().span()));
    }
    openResults(caller, declaration, solved);
    Instance instance = new Instance(declaration, options, solved, span, owner);
    instance.name("");
    owner.child(caller.key(span), instance);
    Bound bound = new Bound();
    bound.inputs.addAll(given);
    return new Run(caller, inputs, new Applying(caller, new Value.Network(instance), span).apply(bound), owner);
  }

  /** How many symbols of a text are real: an input beside it. */
  private Port length(Declaration.Parameter input, Value.Tensor text) {
    Node length = new Build(new Origin("", input.syntax().span()))
        .node(new Op.Input(Port.lengthOf(input.name()), Element.INT, Shape.SCALAR));
    session.lengths().set(text.declared().get(0), length);
    return new Port(Port.lengthOf(input.name()), new TensorType(Element.INT, Shape.SCALAR, Optional.empty()), length);
  }

  /** Dimensions that only the result names, and that the body uses, are open too. */
  private void openResults(Evaluator caller, Declaration declaration, Map<String, Size> solved) {
    TreeSet<String> used = new TreeSet<>();
    declaration.statements().forEach(statement -> Names.in(statement, used));
    declaration.answer().ifPresent(answer -> Names.in(answer, used));
    for (String name : Binder.dimensions(declaration)) {
      if (used.contains(name) && !solved.containsKey(name)) {
        Span span = declaration.nameSpan();
        solved.put(name, overrides.take(name).map(value -> Statics.whole(caller, value, span, "`" + name + "`"))
            .orElseGet(() -> Size.of(Dim.name(name))));
      }
    }
  }

  /** An input of the type that is declared, with a name for each open dimension. */
  private Value.Tensor input(Evaluator caller, Declaration declaration, Declaration.Parameter input,
      Map<String, Size> solved) {
    TypeSyntax.Form form = input.syntax().type().forms().get(0);
    TreeSet<String> names = new TreeSet<>();
    Names.valuesIn(input.syntax().type(), names);
    names.removeIf(caller::isBound);
    Span span = input.syntax().span();
    for (String name : names) {
      if (name.equals("batch")) {
        throw caller.error("dimension", span, "`batch` is the axis that no file names: choose another name");
      }
      Size size = overrides.take(name).map(value -> Statics.whole(caller, value, span, "`" + name + "`"))
          .orElseGet(() -> Size.of(session.solved().getOrDefault(name, Dim.name(name))));
      caller.scope().bind(name, new Value.Whole(size), input.syntax().span());
      solved.put(name, size);
    }
    List<Size> sizes = new ArrayList<>();
    if (declaration.kind() == Declaration.Kind.CELL && !input.hasDots()) {
      sizes.add(overrides.take(TIME).map(value -> Statics.whole(caller, value, span, "`" + TIME + "`"))
          .orElseGet(() -> Size.of(Dim.name(TIME))));
    }
    for (Expression axis : form.axes()) {
      if (!(axis instanceof Expression.Ellipsis)) {
        sizes.add(caller.whole(axis, "a dimension"));
      } else if (declaration.inputs().stream().anyMatch(Standalone::isAny)) {
        sizes.add(Size.of(Dim.name(anyAxis(declaration))));
      }
    }
    Bounds.refusal(Shaping.shape(sizes)).ifPresent(why -> {
      throw caller.error("range", form.span(), why);
    });
    Element element = switch (form.name().text()) {
      case "float" -> Element.FLOAT;
      case "bool" -> Element.BOOL;
      default -> Element.INT;
    };
    Node node = new Build(new Origin("", input.syntax().span()))
        .node(new Op.Input(input.name(), element, Shaping.shape(sizes)));
    Optional<Dim> categories = form.argument().map(argument -> caller.whole(argument,
        "a number of categories").value());
    List<Dim> declared = sizes.stream().map(Size::declared).toList();
    boolean text = declaration.kind() == Declaration.Kind.GENERATE && sizes.size() == 1 && categories.isPresent();
    return new Value.Tensor(node, text ? List.of(session.symbol("length")) : declared, categories);
  }

  /** Whether an input takes any axes at all: one axis then stands for them, in each input. */
  private static boolean isAny(Declaration.Parameter input) {
    return input.hasDots() && input.syntax().type().forms().get(0).axes().size() == 1;
  }

  /** A name for that axis which the declaration has not. */
  private static String anyAxis(Declaration declaration) {
    TreeSet<String> taken = new TreeSet<>(Binder.dimensions(declaration));
    declaration.parameters().forEach(parameter -> taken.add(parameter.name()));
    String name = "n";
    while (taken.contains(name)) {
      name += "_";
    }
    return name;
  }

  /** What it keeps: weights of its own, or in a generate block those of the models on loan alone. */
  private List<StateInfo> states(Declaration declaration, Run run) {
    List<StateInfo> own = run.owner().allStates();
    if (declaration.kind() != Declaration.Kind.GENERATE) {
      return own;
    }
    if (!own.isEmpty()) {
      throw run.caller().here().report(Diagnostic.error("model", declaration.nameSpan(), "`" + declaration.name()
          + "` has the weight `" + own.get(0).path() + "`, which nothing trains")
          .note("it is made here", own.get(0).span())
          .help("train it in a block, and write `model name = Block.model` here"));
    }
    return session.lent().stream().flatMap(lent -> lent.owner().allStates().stream()).toList();
  }

  private NetworkProgram program(Declaration declaration, Run run) {
    List<Port> results = new ArrayList<>();
    List<Value.Tensor> tensors = Results.tensors(run.result());
    var outputs = declaration.result().map(result -> result.outputs()).orElse(List.of());
    for (int i = 0; i < tensors.size(); i++) {
      boolean named = i < outputs.size() && outputs.get(i).name().isPresent();
      String name = named ? outputs.get(i).name().get().text() : tensors.size() == 1 ? "result" : "result" + (i + 1);
      results.add(new Port(name, tensors.get(i).type(), tensors.get(i).node()));
    }
    if (results.isEmpty()) {
      throw Failed.REPORTED;
    }
    return new NetworkProgram(declaration.name(), declaration.doc(), declaration.nameSpan(), run.inputs(), results,
        states(declaration, run), run.caller().here().children().get(0));
  }
}
