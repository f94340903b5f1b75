package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Statement;
import dlv.compiler.syntax.TypeSyntax;
import dlv.compiler.type.Dim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** One application of an instance: dimensions are solved, parameters filled, and the body evaluated. */
final class Applying {
  private final Evaluator caller;
  private final Value.Network network;
  private final Instance instance;
  private final Span call;
  private final Declaration declaration;
  private final Activation here;
  private final Evaluator body;

  Applying(Evaluator caller, Value.Network network, Span call) {
    this.caller = caller;
    this.network = network;
    this.instance = network.instance();
    this.call = call;
    this.declaration = instance.declaration();
    Session session = caller.here().session();
    Frame frame = new Frame(caller.here().frame(), call, declaration.name(), declaration.isLibrary());
    var place = new ArrayList<>(caller.here().place());
    place.add(caller.key(call));
    boolean training = caller.here().training() && !session.holds(instance);
    this.here = new Activation(session, frame, instance, training, List.copyOf(place));
    here.steps(caller.here().steps());
    this.body = new Evaluator(here, new Scope(null), declaration.module(), List.of());
  }

  /** What comes out for these inputs, which are tensors, numbers or lists. */
  Value apply(Bound bound) {
    limit();
    instance.path();
    Optional<Cell> cell = declaration.kind() == Declaration.Kind.CELL
        ? Optional.of(new Cell(caller, body, network, bound, call)) : Optional.empty();
    List<Given> given = cell.map(Cell::step).orElse(bound.inputs);
    bindOptions(body, instance, call);
    instance.dims().forEach((name, size) -> body.bindDim(name, here.symbol(name, size), call));
    Unifier unifier = new Unifier(body, caller.here());
    List<Value.Tensor> tensors = unify(unifier, given);
    unifier.retry();
    defaults(body, declaration, call);
    unifier.finish();
    checkFitted();
    here.dims().forEach(instance.seen()::putIfAbsent);
    bindInputs(tensors);
    Value answer = cell.isPresent() ? cell.get().run() : run(body, declaration);
    Value checked = Results.check(body, declaration, answer);
    Value result = cell.map(steps -> steps.close(checked)).orElse(checked);
    finish(cell.isPresent() ? cell.get().inputs(tensors) : tensors, result);
    return Results.renamed(result, here.outer());
  }

  private void limit() {
    if (here.frame().depth() > Bounds.NESTING) {
      throw caller.error("limit", call, "more than " + Bounds.NESTING + " networks inside each other: does `"
          + declaration.name() + "` apply itself?");
    }
    if (here.session().count() > Bounds.LAYERS) {
      throw caller.error("limit", call, "more than " + Bounds.LAYERS + " layers");
    }
  }

  /** Fits the inputs: tensors first, then numbers and lists, which take the shape that is wanted of them. */
  private List<Value.Tensor> unify(Unifier unifier, List<Given> given) {
    Value.Tensor[] tensors = new Value.Tensor[given.size()];
    for (int i = 0; i < tensors.length; i++) {
      if (given.get(i).value() instanceof Value.Tensor tensor) {
        tensors[i] = tensor;
        match(unifier, i, tensor, given.get(i));
      }
    }
    for (int i = 0; i < tensors.length; i++) {
      if (tensors[i] == null) {
        tensors[i] = filled(tensor(given.get(i)), i);
        match(unifier, i, tensors[i], given.get(i));
      }
    }
    return Arrays.asList(tensors);
  }

  private void match(Unifier unifier, int input, Value.Tensor tensor, Given given) {
    String subject = declaration.kind() == Declaration.Kind.CELL ? "a step of `" : "`";
    unifier.match(new Unifier.Place(subject + declaration.name() + "`", false,
        declaration.inputs().get(input).syntax().type(),
        tensor, given.span()));
  }

  private Value.Tensor tensor(Given given) {
    var arithmetic = new Arithmetic(caller.here().build(call));
    Optional<Value.Tensor> tensor = Arithmetic.isNumber(given.value())
        ? Optional.of(Value.Tensor.of(arithmetic.node(given.value())))
        : given.value() instanceof Value.Items ? arithmetic.tensor(given.value()) : Optional.empty();
    return tensor.orElseThrow(() -> caller.error("type", given.span(), "`" + declaration.name()
        + "` takes a tensor here, not " + given.value().text()));
  }

  /** A number where a whole tensor is wanted, once its shape is known from the other inputs. */
  private Value.Tensor filled(Value.Tensor tensor, int input) {
    TypeSyntax type = declaration.inputs().get(input).syntax().type();
    var axes = type.forms().get(0).axes();
    TreeSet<String> names = new TreeSet<>();
    Names.valuesIn(type, names);
    boolean open = !names.stream().allMatch(body::isBound)
        || axes.stream().anyMatch(Expression.Ellipsis.class::isInstance) && here.ellipsis() == null;
    if (tensor.rank() > 0 || axes.isEmpty() || open) {
      return tensor;
    }
    List<Size> sizes = new Shaping(body).sizes(type, "a dimension");
    return Value.Tensor.of(caller.here().build(call).fill(tensor.node(), Shaping.shape(sizes)), sizes);
  }

  /** Gives parameters without an argument their defaults, in order. */
  static void defaults(Evaluator body, Declaration declaration, Span call) {
    for (Declaration.Parameter parameter : declaration.statics()) {
      Optional<Expression> initial = parameter.syntax().initial();
      if (body.scope().find(parameter.name()).isEmpty() && initial.isPresent()) {
        Value value = initial.get() instanceof Expression.Reference word ? body.lookup().value(word)
            : body.evaluate(initial.get());
        bindOption(body, parameter.name(), Statics.fit(body, parameter, value, initial.get().span()), call);
      }
    }
  }

  static void bindOptions(Evaluator body, Instance instance, Span call) {
    instance.options().forEach((name, value) -> bindOption(body, name, value, call));
  }

  /** Sizes get names of their own, so that shapes are lined up as they are declared. */
  private static void bindOption(Evaluator body, String name, Value value, Span call) {
    Activation here = body.here();
    Value bound = value;
    if (value instanceof Value.Whole whole) {
      bound = new Value.Whole(here.symbol(name, whole.size()));
    } else if (value instanceof Value.Extent extent) {
      bound = new Value.Extent(here.symbol(name + ".h", extent.h()), here.symbol(name + ".w", extent.w()));
    }
    body.scope().bind(name, bound, call);
  }

  /** Dimensions that weights use are one for the life of an instance. */
  private void checkFitted() {
    here.dims().forEach((name, size) -> {
      Instance.Fitted fitted = instance.fitted(name);
      if (fitted != null && !fitted.size().value().equals(size.value())) {
        if (caller.here().session().solve(size.value(), fitted.size().value())) {
          throw Failed.REPORTED;
        }
        throw caller.here().report(dlv.compiler.diagnostic.Diagnostic.error("shape", call,
            "`" + Statements.written(instance.call()) + "` was fitted for " + name + " = " + fitted.size()
                + ", and gets " + size)
            .note("fitted here", fitted.call())
            .help("another call of `" + declaration.name() + "` makes an instance with weights of its own"));
      }
    });
  }

  private void bindInputs(List<Value.Tensor> tensors) {
    for (int i = 0; i < tensors.size(); i++) {
      Declaration.Parameter input = declaration.inputs().get(i);
      Value.Tensor tensor = tensors.get(i);
      List<Dim> declared = new Shaping(body).declared(input.syntax().type(), tensor);
      body.scope().bind(input.name(), new Value.Tensor(tensor.node(), declared, tensor.categories()),
          input.syntax().name().span());
    }
  }

  /** Statements, then the answer; an error in one does not hide those in the next. */
  static Value run(Evaluator body, Declaration declaration) {
    var statements = new Statements(body);
    for (Statement statement : declaration.statements()) {
      statements.run(statement);
    }
    if (statements.refused()) {
      throw Failed.REPORTED;
    }
    Value answer = body.evaluate(declaration.answer().orElseThrow());
    if (statements.failed()) {
      throw Failed.REPORTED;
    }
    return answer;
  }

  private void finish(List<Value.Tensor> inputs, Value result) {
    List<Value.Tensor> outputs = Results.tensors(result);
    List<Node> nodes = outputs.stream().map(Value.Tensor::node).toList();
    new Statements(body).move(nodes);
    if (nodes.isEmpty()) {
      return;
    }
    caller.here().children().add(new Application(instance.path(), declaration.name(), Statements.written(call), call,
        inputs.stream().map(Value.Tensor::type).toList(), outputs.stream().map(Value.Tensor::type).toList(),
        here.weights(), here.children(), nodes, repeats()));
  }

  /** How often this is done for one example: once, or at each step of the cells around it. */
  private Dim repeats() {
    Dim times = Dim.ONE;
    for (Steps way = caller.here().steps(); way != null; way = way.outer()) {
      times = times.times(way.length().value());
    }
    return times;
  }
}
