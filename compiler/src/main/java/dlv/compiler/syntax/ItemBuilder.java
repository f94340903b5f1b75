package dlv.compiler.syntax;

import dlv.compiler.diagnostic.Diagnostics;
import dlv.grammar.DlvBaseVisitor;
import dlv.grammar.DlvParser;
import java.util.List;
import java.util.Optional;

/** Makes the items of a file from the parse tree. */
final class ItemBuilder extends DlvBaseVisitor<Item> {

  private final Tokens tokens;
  private final ExpressionBuilder expressions;
  private final TypeBuilder types;
  private final StatementBuilder statements;
  private final LineBuilder lines;

  ItemBuilder(Tokens tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.expressions = new ExpressionBuilder(tokens);
    this.types = new TypeBuilder(tokens, expressions);
    this.statements = new StatementBuilder(tokens, diagnostics, expressions, types);
    this.lines = new LineBuilder(tokens, diagnostics, expressions, statements);
  }

  List<Item> all(DlvParser.FileContext file) {
    return file.item().stream().map(this::visit).toList();
  }

  Expression expression(DlvParser.ExpressionContext expression) {
    return expressions.expression(expression);
  }

  @Override
  public Item visitImports(DlvParser.ImportsContext item) {
    return new Item.Import(
        Literals.text(item.TEXT().getText()),
        Optional.ofNullable(item.NAME()).map(expressions::name),
        tokens.places().span(item));
  }

  @Override
  public Item visitConstant(DlvParser.ConstantContext item) {
    return new Item.Constant(
        expressions.name(item.NAME()),
        expressions.expression(item.expression()),
        tokens.doc(item),
        tokens.places().span(item));
  }

  @Override
  public Item visitAssertion(DlvParser.AssertionContext item) {
    return new Item.Assertion(expressions.expression(item.expression()), tokens.places().span(item));
  }

  @Override
  public Item visitNetwork(DlvParser.NetworkContext item) {
    return new Item.NetworkSyntax(
        item.CELL() == null ? Item.NetworkSyntax.Kind.NETWORK : Item.NetworkSyntax.Kind.CELL,
        expressions.name(item.NAME()),
        types.parameters(item.parameters()),
        Optional.ofNullable(item.result()).map(types::result),
        statements.body(item.body()),
        tokens.doc(item),
        tokens.places().span(item));
  }

  @Override
  public Item visitOptimizer(DlvParser.OptimizerContext item) {
    return new Item.OptimizerSyntax(
        expressions.name(item.NAME()),
        types.parameters(item.parameters()),
        statements.all(item.statements()),
        tokens.doc(item),
        tokens.places().span(item));
  }

  @Override
  public Item visitProcess(DlvParser.ProcessContext item) {
    return new Item.ProcessSyntax(
        expressions.name(item.NAME()),
        types.parameters(item.parameters()),
        item.parts().part().stream().map(this::part).toList(),
        tokens.doc(item),
        tokens.places().span(item));
  }

  @Override
  public Item visitTrain(DlvParser.TrainContext item) {
    return new Item.TrainSyntax(
        expressions.name(item.NAME()), lines.all(item.lines()), tokens.doc(item), tokens.places().span(item));
  }

  @Override
  public Item visitGenerate(DlvParser.GenerateContext item) {
    return new Item.GenerateSyntax(
        expressions.name(item.NAME()),
        types.parameters(item.parameters()),
        types.result(item.result()),
        statements.body(item.body()),
        tokens.doc(item),
        tokens.places().span(item));
  }

  private Item.ProcessSyntax.Part part(DlvParser.PartContext part) {
    var names = part.NAME().stream().map(expressions::name).toList();
    return new Item.ProcessSyntax.Part(
        names.get(0),
        Optional.ofNullable(part.OPEN()).map(open -> names.subList(1, names.size())),
        expressions.expression(part.expression()),
        tokens.doc(part),
        tokens.places().span(part));
  }
}
