package dlv.compiler.check;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.ir.Scalar;
import dlv.compiler.source.Span;
import dlv.compiler.syntax.BinaryOperator;
import dlv.compiler.syntax.Body;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Statement;
import dlv.compiler.syntax.UnaryOperator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Evaluates the expressions of one body: static values to values, tensors to nodes.
 *
 * <p>An error is reported once and ends the expression with {@link Failed}; parts that do not depend on each other are
 * all looked at, so that each says what is wrong with it.
 */
final class Evaluator implements Expression.Cases<Value> {
  private final Activation here;
  private final Scope scope;
  private final Module module;
  private final List<Integer> turns;

  Evaluator(Activation here, Scope scope, Module module, List<Integer> turns) {
    this.here = here;
    this.scope = scope;
    this.module = module;
    this.turns = turns;
  }

  Activation here() {
    return here;
  }

  Scope scope() {
    return scope;
  }

  Module module() {
    return module;
  }

  /** The turn of each {@code repeat} around this place, outermost first. */
  List<Integer> turns() {
    return turns;
  }

  Evaluator within(Scope inner) {
    return new Evaluator(here, inner, module, turns);
  }

  Evaluator inTurn(Scope inner, int turn) {
    var longer = new ArrayList<>(turns);
    longer.add(turn);
    return new Evaluator(here, inner, module, List.copyOf(longer));
  }

  Instance.Key key(Span call) {
    return new Instance.Key(call, turns);
  }

  /** The value of an expression; {@link Failed} after an error. */
  Value evaluate(Expression expression) {
    try {
      Value value = expression.accept(this);
      if (value instanceof Value.Unknown) {
        throw Failed.REPORTED;
      }
      return value;
    } catch (ArithmeticException e) {
      throw error("number", expression.span(), e.getMessage().contains("zero")
          ? "this divides by zero" : "this number is beyond 63 bits");
    }
  }

  /** The value of an expression, unknown after an error. */
  Value attempt(Expression expression) {
    try {
      return evaluate(expression);
    } catch (Failed e) {
      return new Value.Unknown();
    }
  }

  Failed error(String code, Span span, String message) {
    return here.error(code, span, message);
  }

  Lookup lookup() {
    return new Lookup(this);
  }

  boolean isBound(String name) {
    return scope.find(name).isPresent() || module.constant(name).isPresent();
  }

  /** Whether a name stands for what had an error. */
  boolean isUnknown(String name) {
    return scope.find(name).filter(binding -> binding.value() instanceof Value.Unknown).isPresent();
  }

  /** Whether the declaration has a static parameter of this name, which will have a value. */
  boolean declaresStatic(String name) {
    return here.declaration() != null && here.declaration().parameter(name).isPresent();
  }

  void bindDim(String name, Size size, Span span) {
    here.dims().put(name, size);
    scope.bind(name, new Value.Whole(size), span);
  }

  /** A static whole number. */
  Size whole(Expression expression, String what) {
    return Statics.whole(this, evaluate(expression), expression.span(), what);
  }

  /** The value of a body in a scope of its own. */
  Value body(Body body) {
    Evaluator inner = within(new Scope(scope));
    var statements = new Statements(inner);
    for (Statement statement : body.statements()) {
      statements.run(statement);
    }
    if (statements.refused()) {
      throw Failed.REPORTED;
    }
    return inner.evaluate(body.answer());
  }

  @Override
  public Value whole(Expression.Whole expression) {
    return Value.Whole.of(expression.value());
  }

  @Override
  public Value real(Expression.Real expression) {
    return new Value.Real(expression.value());
  }

  @Override
  public Value text(Expression.Text expression) {
    return new Value.Text(expression.value());
  }

  @Override
  public Value truth(Expression.Truth expression) {
    return new Value.Truth(expression.value());
  }

  @Override
  public Value reference(Expression.Reference expression) {
    Value value = lookup().value(expression);
    if (value instanceof Value.Word) {
      throw lookup().unknown(expression.name(), expression.span());
    }
    return value;
  }

  @Override
  public Value next(Expression.Next expression) {
    Activation.Slot slot = here.slots().get(expression.name());
    Value bound = scope.find(expression.name() + "'").map(Scope.Binding::value).orElse(null);
    if (bound != null) {
      return bound;
    }
    if (isUnknown(expression.name())) {
      throw Failed.REPORTED;
    }
    throw error("unknown-name", expression.span(), slot == null
        ? "there is no state `" + expression.name() + "`"
        : "`" + expression.name() + "'` has no value yet: write `" + expression.name() + "' = …` before it is used");
  }

  @Override
  public Value open(Expression.Open expression) {
    return new Value.Open();
  }

  @Override
  public Value ellipsis(Expression.Ellipsis expression) {
    if (here.ellipsis() == null) {
      throw error("dimension", expression.span(),
          "`...` stands for the axes of an input `float[...]`, and there is none");
    }
    return new Value.Ellipsis(here.ellipsis());
  }

  /** All elements, each looked at even where another has an error. */
  private List<Value> all(List<Expression> expressions) {
    List<Value> values = expressions.stream().map(this::attempt).toList();
    if (values.stream().anyMatch(Value.Unknown.class::isInstance)) {
      throw Failed.REPORTED;
    }
    return values;
  }

  @Override
  public Value tuple(Expression.Tuple expression) {
    List<Value> values = all(expression.elements());
    return new Value.Tuple(values, values.stream().map(value -> "").toList());
  }

  @Override
  public Value list(Expression.ListOf expression) {
    return new Value.Items(all(expression.elements()));
  }

  @Override
  public Value conditional(Expression.Conditional expression) {
    Value condition = evaluate(expression.condition());
    if (condition instanceof Value.Truth truth) {
      return body(truth.value() ? expression.then() : expression.otherwise());
    }
    if (condition instanceof Value.Undecided undecided) {
      if (undecided.schedule()) {
        throw error("static", expression.condition().span(),
            "`if` is decided before anything runs, and a schedule changes");
      }
      throw Failed.REPORTED;
    }
    throw here.report(Diagnostic.error("static", expression.condition().span(),
        "`if` is decided before anything runs, and this is " + condition.text())
        .help("`select(condition, a, b)` chooses between the elements of tensors"));
  }

  @Override
  public Value call(Expression.Call expression) {
    return new Calls(this).call(expression, List.of());
  }

  @Override
  public Value index(Expression.Index expression) {
    return new Indexing(this).index(expression);
  }

  @Override
  public Value field(Expression.Field expression) {
    return lookup().field(expression);
  }

  @Override
  public Value unary(Expression.Unary expression) {
    Value operand = evaluate(expression.operand());
    var elementwise = new Elementwise(here, expression.span());
    if (expression.operator() == UnaryOperator.NOT) {
      if (operand instanceof Value.Truth truth) {
        return new Value.Truth(!truth.value());
      }
      return operand instanceof Value.Undecided ? operand : elementwise.apply(Scalar.NOT, operand);
    }
    if (operand instanceof Value.Tensor) {
      return elementwise.apply(Scalar.NEG, operand);
    }
    return operand instanceof Value.Real real ? new Value.Real(-real.value())
        : Operators.of(this, expression.span()).apply(BinaryOperator.MINUS, Value.Whole.of(0), operand);
  }

  /** Chains lean to the left and are long: they are walked, not recursed into. */
  @Override
  public Value binary(Expression.Binary expression) {
    Deque<Expression.Binary> chain = new ArrayDeque<>();
    Expression left = expression;
    while (left instanceof Expression.Binary binary) {
      chain.push(binary);
      left = binary.left();
    }
    Value value = attempt(left);
    for (Expression.Binary binary : chain) {
      Value right = attempt(binary.right());
      boolean unknown = value instanceof Value.Unknown || right instanceof Value.Unknown;
      value = unknown ? new Value.Unknown() : combine(binary, value, right);
    }
    return value;
  }

  private Value combine(Expression.Binary binary, Value left, Value right) {
    try {
      return Operators.of(this, binary.at()).apply(binary.operator(), left, right);
    } catch (Failed e) {
      return new Value.Unknown();
    }
  }

  @Override
  public Value pipeline(Expression.Pipeline expression) {
    return new Pipelines(this).pipeline(expression);
  }
}
