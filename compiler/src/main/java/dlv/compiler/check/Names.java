package dlv.compiler.check;

import dlv.compiler.syntax.Body;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Line;
import dlv.compiler.syntax.Message;
import dlv.compiler.syntax.Stage;
import dlv.compiler.syntax.Statement;
import dlv.compiler.syntax.TypeSyntax;
import java.util.Optional;
import java.util.Set;

/** Finds the names that a piece of text uses. */
final class Names implements Expression.Cases<Void>, Statement.Cases<Void>, Stage.Cases<Void> {
  private final Set<String> found;
  private final boolean functions;

  private Names(Set<String> found, boolean functions) {
    this.found = found;
    this.functions = functions;
  }

  /** Adds the names that an expression uses. */
  static void in(Expression expression, Set<String> found) {
    expression.accept(new Names(found, true));
  }

  static void in(Statement statement, Set<String> found) {
    statement.accept(new Names(found, true));
  }

  static void in(TypeSyntax type, Set<String> found) {
    new Names(found, true).type(type);
  }

  /** Adds the names that a line of a train block uses. */
  static void in(Line line, Set<String> found) {
    Names names = new Names(found, true);
    if (line instanceof Statement statement) {
      statement.accept(names);
    } else if (line instanceof Line.Data data) {
      names.visit(data.source());
    } else if (line instanceof Line.Minimize minimize) {
      names.visit(minimize.loss());
      names.visit(minimize.optimizer());
      minimize.clip().ifPresent(names::visit);
      minimize.times().ifPresent(names::visit);
    } else if (line instanceof Line.Report report) {
      report.reported().forEach(reported -> names.visit(reported.value()));
    } else if (line instanceof Line.Stage stage) {
      stage.lines().forEach(inner -> in(inner, found));
    } else if (line instanceof Line.Setting setting) {
      names.visit(setting.value());
    }
  }

  /** Adds the names in a formula that stand for values, not those of functions. */
  static void valuesIn(Expression formula, Set<String> found) {
    formula.accept(new Names(found, false));
  }

  static void valuesIn(TypeSyntax type, Set<String> found) {
    new Names(found, false).type(type);
  }

  private Void type(TypeSyntax type) {
    for (TypeSyntax.Form form : type.forms()) {
      form.argument().ifPresent(this::visit);
      form.axes().forEach(this::visit);
    }
    return null;
  }

  private Void visit(Expression expression) {
    return expression.accept(this);
  }

  private void visit(Body body) {
    body.statements().forEach(statement -> statement.accept(this));
    visit(body.answer());
  }

  @Override
  public Void whole(Expression.Whole expression) {
    return null;
  }

  @Override
  public Void real(Expression.Real expression) {
    return null;
  }

  @Override
  public Void text(Expression.Text expression) {
    return null;
  }

  @Override
  public Void truth(Expression.Truth expression) {
    return null;
  }

  @Override
  public Void reference(Expression.Reference expression) {
    found.add(expression.name());
    return null;
  }

  @Override
  public Void next(Expression.Next expression) {
    found.add(expression.name());
    return null;
  }

  @Override
  public Void open(Expression.Open expression) {
    return null;
  }

  @Override
  public Void ellipsis(Expression.Ellipsis expression) {
    return null;
  }

  @Override
  public Void tuple(Expression.Tuple expression) {
    expression.elements().forEach(this::visit);
    return null;
  }

  @Override
  public Void list(Expression.ListOf expression) {
    expression.elements().forEach(this::visit);
    return null;
  }

  @Override
  public Void conditional(Expression.Conditional expression) {
    visit(expression.condition());
    visit(expression.then());
    visit(expression.otherwise());
    return null;
  }

  @Override
  public Void call(Expression.Call expression) {
    if (functions || !(expression.function() instanceof Expression.Reference)) {
      visit(expression.function());
    }
    expression.arguments().forEach(argument -> visit(argument.value()));
    return null;
  }

  @Override
  public Void index(Expression.Index expression) {
    visit(expression.target());
    expression.indices().forEach(this::visit);
    return null;
  }

  @Override
  public Void field(Expression.Field expression) {
    return visit(expression.target());
  }

  @Override
  public Void unary(Expression.Unary expression) {
    return visit(expression.operand());
  }

  /** Chains lean to the left and are long: they are walked, not recursed into. */
  @Override
  public Void binary(Expression.Binary expression) {
    Expression left = expression;
    while (left instanceof Expression.Binary binary) {
      visit(binary.right());
      left = binary.left();
    }
    return visit(left);
  }

  @Override
  public Void pipeline(Expression.Pipeline expression) {
    visit(expression.source());
    expression.stages().forEach(stage -> stage.accept(this));
    return null;
  }

  @Override
  public Void apply(Stage.Apply stage) {
    return visit(stage.function());
  }

  @Override
  public Void repeat(Stage.Repeat stage) {
    visit(stage.count());
    stage.stages().forEach(inner -> inner.accept(this));
    return null;
  }

  @Override
  public Void let(Statement.Let statement) {
    return visit(statement.value());
  }

  @Override
  public Void weight(Statement.Weight statement) {
    type(statement.type());
    return visit(statement.initial());
  }

  @Override
  public Void state(Statement.State statement) {
    type(statement.type());
    statement.initial().ifPresent(this::visit);
    return null;
  }

  @Override
  public Void require(Statement.Require statement) {
    visit(statement.condition());
    Optional<Message> message = statement.message();
    message.ifPresent(text -> text.holes().forEach(this::visit));
    return null;
  }

  @Override
  public Void model(Statement.Model statement) {
    return visit(statement.value());
  }

  @Override
  public Void next(Statement.Next statement) {
    return visit(statement.value());
  }
}
