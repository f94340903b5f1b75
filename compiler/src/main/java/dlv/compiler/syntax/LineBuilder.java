package dlv.compiler.syntax;

import dlv.compiler.diagnostic.Diagnostic;
import dlv.compiler.diagnostic.Diagnostics;
import dlv.grammar.DlvBaseVisitor;
import dlv.grammar.DlvParser;
import java.util.List;
import java.util.Optional;

/** Makes the lines of train blocks from the parse tree. */
final class LineBuilder extends DlvBaseVisitor<Line> {

  private final Tokens tokens;
  private final Diagnostics diagnostics;
  private final ExpressionBuilder expressions;
  private final StatementBuilder statements;

  LineBuilder(Tokens tokens, Diagnostics diagnostics, ExpressionBuilder expressions, StatementBuilder statements) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.expressions = expressions;
    this.statements = statements;
  }

  List<Line> all(DlvParser.LinesContext lines) {
    return lines.line().stream().map(this::visit).toList();
  }

  @Override
  public Line visitLet(DlvParser.LetContext let) {
    return statements.visitLet(let);
  }

  @Override
  public Line visitModel(DlvParser.ModelContext model) {
    return statements.visitModel(model);
  }

  @Override
  public Line visitData(DlvParser.DataContext data) {
    return new Line.Data(
        expressions.name(data.NAME()), expressions.expression(data.expression()), tokens.places().span(data));
  }

  @Override
  public Line visitMinimize(DlvParser.MinimizeContext minimize) {
    return new Line.Minimize(
        expressions.expression(minimize.expression(0)),
        minimize.NAME().stream().map(expressions::name).toList(),
        expressions.expression(minimize.expression(1)),
        clause(minimize, DlvParser.CLIP),
        clause(minimize, DlvParser.TIMES),
        tokens.places().span(minimize));
  }

  @Override
  public Line visitReport(DlvParser.ReportContext report) {
    return new Line.Report(
        report.reported().stream().map(this::reported).toList(), tokens.places().span(report));
  }

  @Override
  public Line visitStages(DlvParser.StagesContext stage) {
    return new Line.Stage(expressions.name(stage.NAME()), all(stage.lines()), tokens.places().span(stage));
  }

  @Override
  public Line visitSetting(DlvParser.SettingContext setting) {
    return new Line.Setting(
        expressions.name(setting.NAME()),
        expressions.expression(setting.expression()),
        tokens.places().span(setting));
  }

  private Line.Report.Reported reported(DlvParser.ReportedContext reported) {
    return new Line.Report.Reported(
        Optional.ofNullable(reported.NAME()).map(expressions::name),
        expressions.expression(reported.expression()),
        tokens.places().span(reported));
  }

  private Optional<Expression> clause(DlvParser.MinimizeContext minimize, int word) {
    var clauses = minimize.clause().stream().filter(clause -> clause.getStart().getType() == word).toList();
    if (clauses.size() > 1) {
      var again = tokens.places().span(clauses.get(1));
      diagnostics.add(Diagnostic.error("syntax", again, "a second `" + clauses.get(0).getStart().getText() + "`")
          .note("the first is here", tokens.places().span(clauses.get(0)))
          .help("remove one of them", again, ""));
    }
    return clauses.stream().findFirst().map(clause -> expressions.expression(clause.postfix()));
  }
}
