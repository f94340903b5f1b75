package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Name;
import dlv.compiler.syntax.Statement;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One application of a cell: its body is evaluated for one step, and the step is repeated along the first axis of the
 * inputs that have one more than the cell declares. The others are the same at every step.
 */
final class Cell {
  private final Evaluator caller;
  private final Evaluator body;
  private final Value.Network network;
  private final Declaration declaration;
  private final Bound bound;
  private final Span call;
  private final List<Given> step = new ArrayList<>();
  private final Steps steps;
  private final Map<String, Span> states = new LinkedHashMap<>();

  /** @throws Failed where no input is a sequence, or two are of different lengths */
  Cell(Evaluator caller, Evaluator body, Value.Network network, Bound bound, Span call) {
    this.caller = caller;
    this.body = body;
    this.network = network;
    this.declaration = network.instance().declaration();
    this.bound = bound;
    this.call = call;
    this.steps = new Steps(caller.here().steps(), length(), network.reversed(), body.here().build(call));
    for (int i = 0; i < bound.inputs.size(); i++) {
      Given given = bound.inputs.get(i);
      step.add(isSequence(i) ? new Given(given.name(), steps.each((Value.Tensor) given.value()), given.span()) : given);
    }
    body.here().steps(steps);
    body.here().cell(this);
  }

  /** Whether an input has the axis of time in front of those that are declared; one of any axes has not. */
  private boolean isSequence(int input) {
    List<Expression> declared = declaration.inputs().get(input).syntax().type().forms().get(0).axes();
    return bound.inputs.get(input).value() instanceof Value.Tensor tensor && tensor.rank() == declared.size() + 1
        && declared.stream().noneMatch(Expression.Ellipsis.class::isInstance);
  }

  private Size length() {
    Size length = null;
    for (int i = 0; i < bound.inputs.size(); i++) {
      if (isSequence(i)) {
        Size found = ((Value.Tensor) bound.inputs.get(i).value()).size(0);
        boolean other = length != null && lengths().differs(length.declared())
            && lengths().differs(found.declared()) && !lengths().same(length.declared(), found.declared());
        if (length != null && !length.value().equals(found.value()) || other) {
          throw caller.error("shape", bound.inputs.get(i).span(), "one sequence of `" + declaration.name() + "` has "
              + length + " steps, and this one " + (other ? "another number of them in each example" : found));
        }
        length = length == null || lengths().differs(found.declared()) ? found : length;
      }
    }
    if (length == null && declaration.inputs().stream().allMatch(Declaration.Parameter::hasDots)) {
      throw Failed.REPORTED;
    }
    if (length == null) {
      String types = String.join(" and ", bound.inputs.stream().map(given -> given.value().text()).toList());
      Declaration.Parameter timed = declaration.inputs().stream().filter(input -> !input.hasDots()).findFirst()
          .orElseThrow();
      throw caller.here().report(Diagnostic.error("shape", call, "the cell `" + declaration.name()
          + "` runs along a sequence, and gets " + types)
          .help("it takes " + timed.syntax().type().span().text() + " at each step, so `" + timed.name()
              + "` has one axis more, that of time, in front"));
    }
    return length;
  }

  private Lengths lengths() {
    return caller.here().session().lengths();
  }

  /** The inputs of one step. */
  List<Given> step() {
    return step;
  }

  /** The inputs of all steps, given those of one. */
  List<Value.Tensor> inputs(List<Value.Tensor> ofStep) {
    List<Value.Tensor> all = new ArrayList<>();
    for (int i = 0; i < ofStep.size(); i++) {
      all.add(isSequence(i) ? (Value.Tensor) bound.inputs.get(i).value() : ofStep.get(i));
    }
    return all;
  }

  /** The answer of a step. */
  Value run() {
    Value answer = Applying.run(body, declaration);
    states.forEach((name, span) -> {
      if (body.here().slots().get(name).next() == null) {
        throw body.here().report(Diagnostic.error("state", span, "the state `" + name + "` never changes")
            .help("give it a next value, `" + name + "' = …`, or make it a weight or a parameter"));
      }
    });
    return answer;
  }

  /** A state as a step reads it: it begins as the application says, else as the declaration does. */
  Value.Tensor begin(Statement.State statement, List<Size> sizes, Evaluator at) {
    Name name = statement.name();
    String type = statement.type().forms().get(0).name().text();
    if (!type.equals("float")) {
      throw at.error("type", statement.type().span(), "the state of a cell is numbers, `float`, not `" + type + "`");
    }
    Given given = bound.states.get(name.text());
    Value.Tensor initial = given != null ? given(name.text(), given, sizes)
        : statement.initial().map(written -> declared(name.text(), written, sizes, at))
            .orElseGet(() -> constant(0, sizes, statement.span()));
    states.put(name.text(), statement.span());
    return steps.carry(name.text(), goesOn(name.text()) ? carried().begin(body.here(), name.text(), initial,
        statement.span()) : initial);
  }

  /** Whether a state goes on where it ended in the batch before: in training, unless the application begins it. */
  private boolean goesOn(String state) {
    return carried() != null && body.here().training() && steps.outer() == null && !network.reversed()
        && !bound.states.containsKey(state);
  }

  private Carried carried() {
    return body.here().session().carried();
  }

  private Value.Tensor constant(double value, List<Size> sizes, Span span) {
    return Value.Tensor.of(body.here().build(span).constant(value, Shaping.shape(sizes)), sizes);
  }

  private Value.Tensor given(String name, Given given, List<Size> sizes) {
    Value.Tensor initial = tensor(given.value(), sizes, caller, given.span()).orElseThrow(() -> caller.error("type",
        given.span(), "the state `" + name + "` begins with a tensor, not " + given.value().text()));
    if (!initial.shape().equals(Shaping.shape(sizes))) {
      throw caller.error("shape", given.span(), "the state `" + name + "` of `" + declaration.name() + "` is float"
          + Shaping.shape(sizes).text() + ", and begins with " + initial.text());
    }
    return initial;
  }

  private Value.Tensor declared(String name, Expression written, List<Size> sizes, Evaluator at) {
    Value evaluated = at.evaluate(written);
    Value value = evaluated instanceof Value.Builtin ? new Calls(at).invoke(evaluated, List.of(), written.span())
        : evaluated;
    Value.Tensor initial = tensor(value, sizes, at, written.span()).orElseThrow(() -> at.here().report(
        Diagnostic.error("argument", written.span(), "a state begins with a tensor, a number or a list, not "
            + value.text()).help("such as `zeros`, or a weight that learns it: `weight " + name + "0: … = zeros`")));
    if (!initial.shape().equals(Shaping.shape(sizes))) {
      throw at.error("shape", written.span(), "the state `" + name + "` is float" + Shaping.shape(sizes).text()
          + ", and begins with " + initial.text());
    }
    if (steps.varies(initial.node())) {
      throw at.error("state", written.span(), "the state `" + name
          + "` begins before the first step, so it cannot depend on what differs from step to step");
    }
    return initial;
  }

  /** A value as a tensor; numbers fill the shape that is wanted. */
  private static Optional<Value.Tensor> tensor(Value value, List<Size> sizes, Evaluator at, Span span) {
    Build build = at.here().build(span);
    Shape shape = Shaping.shape(sizes);
    if (value instanceof Value.Tensor tensor) {
      boolean numbers = tensor.node().element() == dlv.compiler.type.Element.FLOAT;
      Node node = tensor.rank() == 0 ? build.fill(tensor.node(), shape) : tensor.node();
      return !numbers ? Optional.empty() : Optional.of(tensor.rank() > 0 && !tensor.shape().equals(shape) ? tensor
          : Value.Tensor.of(node, sizes));
    }
    if (value instanceof Value.Start start && start.initialiser().kind() == Initialiser.Kind.CONSTANT) {
      return Optional.of(Value.Tensor.of(build.constant(start.initialiser().numbers().get(0), shape), sizes));
    }
    if (Arithmetic.isNumber(value)) {
      return Optional.of(Value.Tensor.of(build.fill(new Arithmetic(build).node(value), shape), sizes));
    }
    return value instanceof Value.Items ? new Arithmetic(build).tensor(value) : Optional.empty();
  }

  /** How many steps are real, where that differs by example. */
  private Optional<Node> lived() {
    for (int i = 0; i < bound.inputs.size(); i++) {
      if (isSequence(i)) {
        Value.Tensor sequence = (Value.Tensor) bound.inputs.get(i).value();
        var real = new RealPlaces(caller.here(), bound.inputs.get(i).span());
        if (!real.differing(sequence, List.of(0)).isEmpty()) {
          return Optional.of(real.length(sequence, 0));
        }
      }
    }
    return Optional.empty();
  }

  /** What all steps answer, with time in front, and with the final states. */
  Value close(Value answer) {
    List<Value.Tensor> answers = Results.tensors(answer);
    Map<String, Node> next = new LinkedHashMap<>();
    body.here().slots().forEach((name, slot) -> next.put(name, slot.next().node()));
    Steps.Run run = steps.close(next, answers.stream().map(Value.Tensor::node).toList(), lived());
    run.finals().forEach((name, last) -> {
      if (goesOn(name)) {
        carried().end(body.here(), name, last, states.get(name));
      }
    });
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      List<Dim> declared = new ArrayList<>(answers.get(i).declared());
      declared.add(0, steps.length().declared());
      all.add(new Value.Tensor(run.answers().get(i), declared, answers.get(i).categories(), run.finals()));
    }
    return answer instanceof Value.Tuple tuple ? new Value.Tuple(all, tuple.names()) : all.get(0);
  }
}
