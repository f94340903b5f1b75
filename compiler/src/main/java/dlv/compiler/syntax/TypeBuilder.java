package dlv.compiler.syntax;

import dlv.grammar.DlvParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** Makes types, parameters and results from the parse tree. */
final class TypeBuilder {

  private final Tokens tokens;
  private final ExpressionBuilder expressions;

  TypeBuilder(Tokens tokens, ExpressionBuilder expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  List<ParameterSyntax> parameters(DlvParser.ParametersContext parameters) {
    return parameters == null ? List.of() : parameters.parameter().stream().map(this::parameter).toList();
  }

  TypeSyntax type(DlvParser.TypeContext type) {
    return new TypeSyntax(type.form().stream().map(this::form).toList(), tokens.places().span(type));
  }

  ResultSyntax result(DlvParser.ResultContext result) {
    List<ResultSyntax.Output> outputs = new ArrayList<>();
    var single = result.output();
    if (single != null) {
      outputs.add(output(single.NAME() == null ? null : single.NAME().getSymbol(), single.type()));
    }
    for (var named : result.namedOutput()) {
      outputs.add(output(named.NAME().getSymbol(), named.type()));
    }
    return new ResultSyntax(outputs, tokens.places().span(result));
  }

  private ResultSyntax.Output output(Token name, DlvParser.TypeContext type) {
    var span = tokens.places().span(type);
    return name == null
        ? new ResultSyntax.Output(Optional.empty(), type(type), span)
        : new ResultSyntax.Output(
            Optional.of(expressions.name(name)), type(type), tokens.places().span(name).to(span));
  }

  private ParameterSyntax parameter(DlvParser.ParameterContext parameter) {
    return new ParameterSyntax(
        expressions.name(parameter.NAME().getSymbol()),
        type(parameter.type()),
        expressions.optional(parameter.expression()),
        tokens.doc(parameter),
        tokens.places().span(parameter));
  }

  private TypeSyntax.Form form(DlvParser.FormContext form) {
    var all = form.expression();
    boolean hasArgument = form.OPEN() != null;
    return new TypeSyntax.Form(
        expressions.name(form.getStart()),
        hasArgument ? Optional.of(expressions.expression(all.get(0))) : Optional.empty(),
        expressions.all(hasArgument ? all.subList(1, all.size()) : all),
        tokens.places().span(form));
  }
}
