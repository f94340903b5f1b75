package dlv.compiler.syntax;

import dlv.compiler.source.Span;
import dlv.grammar.DlvParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Makes expressions from the parse tree. Rules of the grammar that pass one operand on leave no trace. */
final class ExpressionBuilder {

  private final Tokens tokens;
  private final Places places;
  private StatementBuilder statements;

  ExpressionBuilder(Tokens tokens) {
    this.tokens = tokens;
    this.places = tokens.places();
  }

  /** Tells who makes the bodies of conditionals: bodies hold expressions, which hold bodies. */
  void bodies(StatementBuilder builder) {
    this.statements = builder;
  }

  Name name(Token token) {
    return new Name(token.getText(), places.span(token));
  }

  Name name(TerminalNode node) {
    return name(node.getSymbol());
  }

  /** The name before the prime of {@code name'}, with the place of both. */
  Name nameOfNext(Token next) {
    String text = next.getText();
    return new Name(text.substring(0, text.length() - 1), places.span(next));
  }

  Optional<Expression> optional(ParserRuleContext context) {
    return context == null ? Optional.empty() : Optional.of(expression(context));
  }

  List<Expression> all(List<? extends ParserRuleContext> contexts) {
    return contexts.stream().map(this::expression).toList();
  }

  Expression expression(ParserRuleContext context) {
    ParserRuleContext rule = context;
    while (rule.getChildCount() == 1 && rule.getChild(0) instanceof ParserRuleContext only) {
      rule = only;
    }
    return switch (rule.getRuleIndex()) {
      case DlvParser.RULE_expression, DlvParser.RULE_answer -> pipeline(rule);
      case DlvParser.RULE_unary, DlvParser.RULE_leadUnary -> unary(rule);
      case DlvParser.RULE_postfix, DlvParser.RULE_leadPostfix -> postfix(rule);
      case DlvParser.RULE_operand, DlvParser.RULE_head -> operand(rule);
      case DlvParser.RULE_conditional -> conditional((DlvParser.ConditionalContext) rule);
      default -> chain(rule);
    };
  }

  private Expression pipeline(ParserRuleContext rule) {
    Expression source = expression((ParserRuleContext) rule.getChild(0));
    return new Expression.Pipeline(source, stages(rule.getRuleContexts(DlvParser.StageContext.class)),
        places.span(rule));
  }

  private List<Stage> stages(List<DlvParser.StageContext> stages) {
    return stages.stream().map(this::stage).toList();
  }

  private Stage stage(DlvParser.StageContext stage) {
    Span span = places.span(stage);
    var repeat = stage.repeat();
    if (repeat == null) {
      return new Stage.Apply(expression(stage.postfix()), span);
    }
    return new Stage.Repeat(
        repeat.NAME() == null ? Optional.empty() : Optional.of(name(repeat.NAME())),
        expression(repeat.range()),
        stages(repeat.stage()),
        span);
  }

  /** Operands with operators between them, from left to right. */
  private Expression chain(ParserRuleContext rule) {
    ParserRuleContext first = (ParserRuleContext) rule.getChild(0);
    Expression left = expression(first);
    for (int i = 2; i < rule.getChildCount(); i += 2) {
      ParserRuleContext operand = (ParserRuleContext) rule.getChild(i);
      Token operator = operator(rule.getChild(i - 1));
      left = new Expression.Binary(BinaryOperator.of(operator.getText()), left, expression(operand),
          places.span(operator), places.span(first, operand));
    }
    return left;
  }

  private static Token operator(ParseTree node) {
    return node instanceof TerminalNode sign ? sign.getSymbol() : ((ParserRuleContext) node).getStart();
  }

  private Expression unary(ParserRuleContext rule) {
    var operator = rule.getStart().getType() == DlvParser.NOT ? UnaryOperator.NOT : UnaryOperator.MINUS;
    return new Expression.Unary(operator, expression((ParserRuleContext) rule.getChild(1)), places.span(rule));
  }

  private Expression postfix(ParserRuleContext rule) {
    ParserRuleContext first = (ParserRuleContext) rule.getChild(0);
    Expression target = expression(first);
    for (int i = 1; i < rule.getChildCount(); i++) {
      var suffix = (DlvParser.SuffixContext) rule.getChild(i);
      Span span = places.span(first, suffix);
      if (suffix.call() != null) {
        target = new Expression.Call(target, suffix.call().argument().stream().map(this::argument).toList(), span);
      } else if (suffix.index() != null) {
        target = new Expression.Index(target, all(suffix.index().expression()), span);
      } else {
        target = new Expression.Field(target, name(suffix.field().word().getStart()), span);
      }
    }
    return target;
  }

  private Expression.Call.Argument argument(DlvParser.ArgumentContext argument) {
    return new Expression.Call.Argument(
        argument.word() == null ? Optional.empty() : Optional.of(name(argument.word().getStart())),
        expression(argument.expression()),
        places.span(argument));
  }

  private Expression operand(ParserRuleContext rule) {
    Token first = rule.getStart();
    Span span = places.span(rule);
    String text = first.getText();
    return switch (first.getType()) {
      case DlvParser.NUMBER -> Literals.isReal(text)
          ? new Expression.Real(Literals.real(text), text, span)
          : new Expression.Whole(Literals.whole(text), span);
      case DlvParser.TEXT -> new Expression.Text(Literals.text(text), span);
      case DlvParser.TRUE, DlvParser.FALSE -> new Expression.Truth(first.getType() == DlvParser.TRUE, span);
      case DlvParser.NAME -> new Expression.Reference(text, span);
      case DlvParser.NEXT -> new Expression.Next(nameOfNext(first).text(), span);
      case DlvParser.GAP -> new Expression.Open(span);
      case DlvParser.ANY -> new Expression.Ellipsis(span);
      case DlvParser.OPEN, DlvParser.PAREN -> parentheses(all(elements(rule)), span);
      case DlvParser.OPEN_LIST, DlvParser.BRACKET -> new Expression.ListOf(all(elements(rule)), span);
      default -> throw new IllegalStateException("no operand begins with " + text);
    };
  }

  private static List<DlvParser.ExpressionContext> elements(ParserRuleContext rule) {
    return rule.getRuleContexts(DlvParser.ExpressionContext.class);
  }

  private static Expression parentheses(List<Expression> elements, Span span) {
    return elements.size() == 1 ? elements.get(0) : new Expression.Tuple(elements, span);
  }

  /** {@code else if} becomes a conditional inside the other case, from the last to the first. */
  private Expression conditional(DlvParser.ConditionalContext rule) {
    List<DlvParser.BodyContext> bodies = rule.body();
    DlvParser.BodyContext last = bodies.get(bodies.size() - 1);
    Body otherwise = statements.body(last);
    List<Expression> conditions = new ArrayList<>(all(rule.expression()));
    for (int i = conditions.size() - 1; ; i--) {
      Body then = statements.body(bodies.get(i));
      Span span = conditions.get(i).span().to(places.span(last));
      if (i == 0) {
        return new Expression.Conditional(conditions.get(0), then, otherwise, places.span(rule));
      }
      var inner = new Expression.Conditional(conditions.get(i), then, otherwise, span);
      otherwise = new Body(List.of(), inner, span);
    }
  }
}
