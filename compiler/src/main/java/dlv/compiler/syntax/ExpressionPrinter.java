package dlv.compiler.syntax;

import java.util.List;
import java.util.stream.Collectors;

/** Writes expressions, with parentheses around every operation inside another. */
final class ExpressionPrinter implements Expression.Cases<String> {

  private final SourcePrinter bodies;

  ExpressionPrinter(SourcePrinter bodies) {
    this.bodies = bodies;
  }

  static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + "\"";
  }

  @Override
  public String whole(Expression.Whole expression) {
    return Long.toString(expression.value());
  }

  @Override
  public String real(Expression.Real expression) {
    return expression.written();
  }

  @Override
  public String text(Expression.Text expression) {
    return quote(expression.value());
  }

  @Override
  public String truth(Expression.Truth expression) {
    return Boolean.toString(expression.value());
  }

  @Override
  public String reference(Expression.Reference expression) {
    return expression.name();
  }

  @Override
  public String next(Expression.Next expression) {
    return expression.name() + "'";
  }

  @Override
  public String open(Expression.Open expression) {
    return "_";
  }

  @Override
  public String ellipsis(Expression.Ellipsis expression) {
    return "...";
  }

  @Override
  public String tuple(Expression.Tuple expression) {
    return "(" + all(expression.elements()) + ")";
  }

  @Override
  public String list(Expression.ListOf expression) {
    return "[" + all(expression.elements()) + "]";
  }

  @Override
  public String conditional(Expression.Conditional expression) {
    return "if " + expression.condition().accept(this) + " " + bodies.body(expression.then())
        + " else " + bodies.body(expression.otherwise());
  }

  @Override
  public String call(Expression.Call expression) {
    return operand(expression.function()) + expression.arguments().stream()
        .map(argument -> argument.name().map(name -> name + ": ").orElse("") + argument.value().accept(this))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  @Override
  public String index(Expression.Index expression) {
    return operand(expression.target()) + "[" + all(expression.indices()) + "]";
  }

  @Override
  public String field(Expression.Field expression) {
    return operand(expression.target()) + "." + expression.name();
  }

  @Override
  public String unary(Expression.Unary expression) {
    String blank = expression.operator() == UnaryOperator.NOT ? " " : "";
    return expression.operator().symbol() + blank + operand(expression.operand());
  }

  @Override
  public String binary(Expression.Binary expression) {
    return operand(expression.left()) + " " + expression.operator().symbol() + " " + operand(expression.right());
  }

  @Override
  public String pipeline(Expression.Pipeline expression) {
    return operand(expression.source()) + stages(" -> ", expression.stages());
  }

  private String stages(String before, List<Stage> stages) {
    return stages.stream().map(this::stage).collect(Collectors.joining(" -> ", before, ""));
  }

  private String stage(Stage stage) {
    return stage.accept(new Stage.Cases<>() {
      @Override
      public String apply(Stage.Apply apply) {
        return operand(apply.function());
      }

      @Override
      public String repeat(Stage.Repeat repeat) {
        return "repeat " + repeat.variable().map(name -> name + " in ").orElse("") + repeat.count().accept(
            ExpressionPrinter.this) + " {" + stages(" ", repeat.stages()) + " }";
      }
    });
  }

  private String all(List<Expression> elements) {
    return elements.stream().map(element -> element.accept(this)).collect(Collectors.joining(", "));
  }

  private String operand(Expression expression) {
    boolean composed = expression instanceof Expression.Binary
        || expression instanceof Expression.Unary
        || expression instanceof Expression.Pipeline
        || expression instanceof Expression.Conditional;
    return composed ? "(" + expression.accept(this) + ")" : expression.accept(this);
  }
}
