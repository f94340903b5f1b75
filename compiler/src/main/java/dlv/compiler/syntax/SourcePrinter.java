package dlv.compiler.syntax;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a file as it was understood: one form for each thing, and parentheses around every operation inside another.
 * Reading the result gives the same again.
 */
public final class SourcePrinter {

  private final StringBuilder out = new StringBuilder();
  private final ExpressionPrinter expressions = new ExpressionPrinter(this);
  private int indent;

  private SourcePrinter() {}

  public static String print(SourceUnit unit) {
    SourcePrinter printer = new SourcePrinter();
    unit.items().forEach(item -> {
      item.accept(printer.items);
      printer.out.append('\n');
    });
    return printer.out.toString().stripTrailing() + "\n";
  }

  /** An expression on as few lines as its bodies allow. */
  public static String print(Expression expression) {
    return expression.accept(new SourcePrinter().expressions);
  }

  /** A body between braces, its lines one step further in. */
  String body(Body body) {
    if (body.statements().isEmpty()) {
      return "{ " + text(body.answer()) + " }";
    }
    SourcePrinter inner = new SourcePrinter();
    inner.indent = indent + 1;
    body.statements().forEach(statement -> statement.accept(inner.statements));
    inner.line(inner.answer(body.answer()));
    return "{\n" + inner.out + "  ".repeat(indent) + "}";
  }

  private String answer(Expression answer) {
    String text = text(answer);
    return text.startsWith("-") ? "(" + text + ")" : text;
  }

  private String text(Expression expression) {
    return expression.accept(expressions);
  }

  private void line(String text) {
    out.append("  ".repeat(indent)).append(text).append('\n');
  }

  private void doc(String doc) {
    if (!doc.isEmpty()) {
      doc.lines().forEach(line -> line(("/// " + line).stripTrailing()));
    }
  }

  private void block(String head, Runnable lines) {
    line(head + " {");
    indent++;
    lines.run();
    indent--;
    line("}");
  }

  private String optional(String before, Optional<Expression> expression) {
    return expression.map(value -> before + text(value)).orElse("");
  }

  private String parameters(List<ParameterSyntax> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.name() + ": " + type(parameter.type()) + optional(" = ", parameter.initial()))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private String type(TypeSyntax type) {
    return type.forms().stream().map(this::form).collect(Collectors.joining(" | "));
  }

  private String form(TypeSyntax.Form form) {
    String argument = form.argument().map(value -> "(" + text(value) + ")").orElse("");
    return form.name() + argument + (form.axes().isEmpty() ? "" : list(form.axes(), this::text, "[", "]"));
  }

  private String result(ResultSyntax result) {
    String outputs = list(result.outputs(),
        output -> output.name().map(name -> name + ": ").orElse("") + type(output.type()), "", "");
    return " -> " + (result.outputs().size() == 1 ? outputs : "(" + outputs + ")");
  }

  private static <T> String list(List<T> elements, Function<T, String> text, String open, String close) {
    return elements.stream().map(text).collect(Collectors.joining(", ", open, close));
  }

  private final Item.Cases<Void> items = new Item.Cases<>() {
    @Override
    public Void imports(Item.Import item) {
      line("import " + ExpressionPrinter.quote(item.path()) + item.alias().map(alias -> " as " + alias).orElse(""));
      return null;
    }

    @Override
    public Void constant(Item.Constant item) {
      doc(item.doc());
      line("let " + item.name() + " = " + text(item.value()));
      return null;
    }

    @Override
    public Void assertion(Item.Assertion item) {
      line("assert " + text(item.condition()));
      return null;
    }

    @Override
    public Void network(Item.NetworkSyntax item) {
      doc(item.doc());
      String word = item.kind() == Item.NetworkSyntax.Kind.CELL ? "cell " : "network ";
      line(word + item.name() + parameters(item.parameters()) + item.result().map(value -> result(value)).orElse("")
          + " " + body(item.body()));
      return null;
    }

    @Override
    public Void optimizer(Item.OptimizerSyntax item) {
      doc(item.doc());
      block("optimizer " + item.name() + parameters(item.parameters()),
          () -> item.statements().forEach(statement -> statement.accept(statements)));
      return null;
    }

    @Override
    public Void process(Item.ProcessSyntax item) {
      doc(item.doc());
      String parameters = item.parameters().isEmpty() ? "" : parameters(item.parameters());
      block("process " + item.name() + parameters, () -> item.parts().forEach(part -> {
        doc(part.doc());
        String arguments = part.arguments().map(names -> list(names, Name::text, "(", ")")).orElse("");
        line(part.name() + arguments + " = " + text(part.value()));
      }));
      return null;
    }

    @Override
    public Void train(Item.TrainSyntax item) {
      doc(item.doc());
      block("train " + item.name(), () -> item.lines().forEach(line -> line.accept(lines)));
      return null;
    }

    @Override
    public Void generate(Item.GenerateSyntax item) {
      doc(item.doc());
      line("generate " + item.name() + parameters(item.parameters()) + result(item.result()) + " "
          + body(item.body()));
      return null;
    }
  };

  private final Statement.Cases<Void> statements = new Statement.Cases<>() {
    @Override
    public Void let(Statement.Let statement) {
      String names = list(statement.names(), Name::text, "", "");
      line("let " + (statement.names().size() == 1 ? names : "(" + names + ")") + " = " + text(statement.value()));
      return null;
    }

    @Override
    public Void weight(Statement.Weight statement) {
      doc(statement.doc());
      line("weight " + statement.name() + ": " + type(statement.type()) + " = " + text(statement.initial()));
      return null;
    }

    @Override
    public Void state(Statement.State statement) {
      doc(statement.doc());
      line("state " + statement.name() + ": " + type(statement.type()) + optional(" = ", statement.initial()));
      return null;
    }

    @Override
    public Void require(Statement.Require statement) {
      line("require " + text(statement.condition())
          + statement.message().map(message -> ", " + message.span().text()).orElse(""));
      return null;
    }

    @Override
    public Void model(Statement.Model statement) {
      line("model " + statement.name() + " = " + text(statement.value())
          + statement.from().map(path -> " from " + ExpressionPrinter.quote(path)).orElse(""));
      return null;
    }

    @Override
    public Void next(Statement.Next statement) {
      line(statement.name() + "' = " + text(statement.value()));
      return null;
    }
  };

  private final Line.Cases<Void> lines = new Line.Cases<>() {
    @Override
    public Void let(Statement.Let line) {
      return statements.let(line);
    }

    @Override
    public Void model(Statement.Model line) {
      return statements.model(line);
    }

    @Override
    public Void data(Line.Data line) {
      line("data " + line.name() + " = " + text(line.source()));
      return null;
    }

    @Override
    public Void minimize(Line.Minimize line) {
      String of = line.of().isEmpty() ? "" : list(line.of(), Name::text, " of ", "");
      line("minimize " + text(line.loss()) + of + " with " + text(line.optimizer())
          + optional(" clip ", line.clip()) + optional(" times ", line.times()));
      return null;
    }

    @Override
    public Void report(Line.Report line) {
      line(list(line.reported(), reported ->
          reported.name().map(name -> name + " = ").orElse("") + text(reported.value()), "report ", ""));
      return null;
    }

    @Override
    public Void stage(Line.Stage line) {
      block("stage " + line.name(), () -> line.lines().forEach(inner -> inner.accept(lines)));
      return null;
    }

    @Override
    public Void setting(Line.Setting line) {
      line(line.name() + " " + text(line.value()));
      return null;
    }
  };
}
