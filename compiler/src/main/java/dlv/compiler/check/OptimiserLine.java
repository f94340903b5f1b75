package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Statement;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What stands after {@code with}: an optimizer, elaborated for each rank of weights.
 *
 * <p>Its first input is the weight, the second the gradient, the third, where there is one, the number of the update,
 * from 1.
 */
final class OptimiserLine {
  private static final List<String> INPUTS = List.of("w", "g", "t");
  private final Evaluator block;
  private final Declaration declaration;
  private final Bound bound;
  private final Span span;
  private final Map<Integer, Optimiser.Equations> byRank = new TreeMap<>();
  private final Map<String, StateInfo> states = new LinkedHashMap<>();

  /** Reads what is written; the equations wait until the ranks of the weights are known. */
  OptimiserLine(Evaluator block, Expression written) {
    this.block = block;
    this.span = written.span();
    Expression function = written instanceof Expression.Call call ? call.function() : written;
    Value value = function instanceof Expression.Reference reference ? block.lookup().function(reference)
        : block.evaluate(function);
    if (value instanceof Value.Word word) {
      throw block.lookup().unknown(word.name(), word.span());
    }
    if (!(value instanceof Value.Template template) || template.declaration().kind() != Declaration.Kind.OPTIMIZER) {
      throw block.here().report(Diagnostic.error("type", function.span(), "after `with` stands an optimizer, not "
          + value.text()).help("such as `adam(rate: 1e-3)` or `sgd(rate: 0.1, momentum: 0.9)`"));
    }
    this.declaration = template.declaration();
    List<Given> given = written instanceof Expression.Call call ? given(call) : List.of();
    this.bound = new Binder(block, declaration).bind(given, false, span);
  }

  /** The optimiser for weights of these ranks. */
  Optimiser of(Set<Integer> ranks) {
    for (int rank : ranks) {
      if (!byRank.containsKey(rank)) {
        Optimiser.Equations made = elaborate(rank);
        byRank.put(rank, byRank.values().stream().filter(other -> Flat.same(made, other)).findFirst().orElse(made));
      }
    }
    return new Optimiser(declaration.name(), List.copyOf(states.values()), byRank);
  }

  private List<Given> given(Expression.Call call) {
    List<Given> given = new ArrayList<>();
    for (Expression.Call.Argument argument : call.arguments()) {
      given.add(new Given(argument.name(), block.attempt(argument.value()), argument.value().span()));
    }
    return given;
  }

  private Optimiser.Equations elaborate(int rank) {
    Instance owner = new Instance(null, Map.of(), Map.of(), span, null);
    Instance instance = new Instance(declaration, bound.options, bound.dims, span, owner);
    instance.name("");
    Frame frame = new Frame(block.here().frame(), span, declaration.name(), declaration.isLibrary());
    Activation here = new Activation(block.here().session(), frame, instance, true, block.here().place());
    Evaluator body = new Evaluator(here, new Scope(null), declaration.module(), List.of());
    Applying.bindOptions(body, instance, span);
    Shape shape = new Shape(IntStream.range(0, rank).mapToObj(Optimiser::axis).toList());
    inputs(body, shape);
    Applying.defaults(body, declaration, span);
    var statements = new Statements(body);
    for (Statement statement : declaration.statements()) {
      statements.run(statement);
    }
    String weight = declaration.inputs().get(0).name();
    Optional<Value> next = body.scope().find(weight + "'").map(Scope.Binding::value);
    if (statements.failed()) {
      throw Failed.REPORTED;
    }
    if (next.isEmpty() || !(next.get() instanceof Value.Tensor tensor) || !tensor.shape().equals(shape)) {
      throw body.error("optimizer", declaration.nameSpan(), "`" + declaration.name()
          + "` does not say what becomes of the weight: write `" + weight + "' = …`");
    }
    for (StateInfo state : instance.allStates()) {
      if (!state.shape().equals(shape)) {
        throw body.error("unsupported", state.span(), "a state of an optimizer has the shape of the weight, float[...]");
      }
      states.putIfAbsent(state.path(), state);
    }
    Map<String, Node> updates = new LinkedHashMap<>();
    here.slots().forEach((name, slot) -> updates.put(name, (slot.next() == null ? slot.now() : slot.next()).node()));
    return Flat.of(new Optimiser.Equations(false, tensor.node(), updates), shape);
  }

  private void inputs(Evaluator body, Shape weight) {
    List<Declaration.Parameter> inputs = declaration.inputs();
    if (inputs.size() < 2 || inputs.size() > 3) {
      throw body.error("optimizer", declaration.nameSpan(),
          "an optimizer takes a weight, its gradient and, if it likes,"
          + " the number of the update: `optimizer " + declaration.name()
              + "(w: float[...], g: float[...], t: float)`");
    }
    Build build = body.here().build(span);
    Unifier unifier = new Unifier(body, body.here());
    List<Value.Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Shape shape = i < 2 ? weight : Shape.SCALAR;
      Value.Tensor tensor = Value.Tensor.of(build.node(new Op.Input(INPUTS.get(i), Element.FLOAT, shape)));
      unifier.match(new Unifier.Place("the optimizer", false, inputs.get(i).syntax().type(), tensor,
          inputs.get(i).syntax().span()));
      tensors.add(tensor);
    }
    unifier.finish();
    for (int i = 0; i < inputs.size(); i++) {
      var declared = new Shaping(body).declared(inputs.get(i).syntax().type(), tensors.get(i));
      body.scope().bind(inputs.get(i).name(), new Value.Tensor(tensors.get(i).node(), declared, Optional.empty()),
          inputs.get(i).syntax().name().span());
    }
  }
}
