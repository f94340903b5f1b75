package dlv.compiler.syntax;

import dlv.compiler.diagnostic.Diagnostics;
import dlv.grammar.DlvBaseVisitor;
import dlv.grammar.DlvParser;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Makes bodies and their statements from the parse tree. */
final class StatementBuilder extends DlvBaseVisitor<Statement> {

  private final Tokens tokens;
  private final Diagnostics diagnostics;
  private final ExpressionBuilder expressions;
  private final TypeBuilder types;

  StatementBuilder(Tokens tokens, Diagnostics diagnostics, ExpressionBuilder expressions, TypeBuilder types) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.expressions = expressions;
    this.types = types;
    expressions.bodies(this);
  }

  Body body(DlvParser.BodyContext body) {
    var answer = body.answer() == null ? body.expression() : body.answer();
    return new Body(
        body.statement().stream().map(this::visit).toList(),
        expressions.expression(answer),
        tokens.places().span(body));
  }

  List<Statement> all(DlvParser.StatementsContext statements) {
    return statements.statement().stream().map(this::visit).toList();
  }

  @Override
  public Statement.Let visitLet(DlvParser.LetContext let) {
    return new Statement.Let(
        let.NAME().stream().map(expressions::name).toList(),
        expressions.expression(let.expression()),
        tokens.places().span(let));
  }

  @Override
  public Statement visitWeight(DlvParser.WeightContext weight) {
    return new Statement.Weight(
        expressions.name(weight.NAME()),
        types.type(weight.type()),
        expressions.expression(weight.expression()),
        tokens.doc(weight),
        tokens.places().span(weight));
  }

  @Override
  public Statement visitState(DlvParser.StateContext state) {
    return new Statement.State(
        expressions.name(state.NAME()),
        types.type(state.type()),
        expressions.optional(state.expression()),
        tokens.doc(state),
        tokens.places().span(state));
  }

  @Override
  public Statement visitRequire(DlvParser.RequireContext require) {
    TerminalNode text = require.TEXT();
    return new Statement.Require(
        expressions.expression(require.expression()),
        text == null
            ? Optional.empty()
            : Optional.of(MessageReader.read(tokens.places().span(text.getSymbol()), diagnostics)),
        tokens.places().span(require));
  }

  @Override
  public Statement.Model visitModel(DlvParser.ModelContext model) {
    return new Statement.Model(
        expressions.name(model.NAME()),
        expressions.expression(model.expression()),
        Optional.ofNullable(model.TEXT()).map(text -> Literals.text(text.getText())),
        tokens.places().span(model));
  }

  @Override
  public Statement visitNext(DlvParser.NextContext next) {
    return new Statement.Next(
        expressions.nameOfNext(next.NEXT().getSymbol()),
        expressions.expression(next.expression()),
        tokens.places().span(next));
  }
}
