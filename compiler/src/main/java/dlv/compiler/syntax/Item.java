package dlv.compiler.syntax;

import dlv.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** What stands at the top level of a file. */
public sealed interface Item {

  Span span();

  <R> R accept(Cases<R> cases);

  /** One answer for each kind of item. */
  interface Cases<R> {
    R imports(Import item);

    R constant(Constant item);

    R assertion(Assertion item);

    R network(NetworkSyntax item);

    R optimizer(OptimizerSyntax item);

    R process(ProcessSyntax item);

    R train(TrainSyntax item);

    R generate(GenerateSyntax item);
  }

  /** {@code import "blocks.dlv" as blocks}; {@code path} is the text between the quotes. */
  record Import(String path, Optional<Name> alias, Span span) implements Item {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.imports(this);
    }
  }

  /** {@code let chain = ddpm(steps: 1000)} outside any declaration. */
  record Constant(Name name, Expression value, String doc, Span span) implements Item {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.constant(this);
    }
  }

  /** {@code assert parameters(LeNet5) == 61_706}. */
  record Assertion(Expression condition, Span span) implements Item {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.assertion(this);
    }
  }

  /** {@code network} or {@code cell}: inputs and parameters, what comes out, and how. */
  record NetworkSyntax(
      Kind kind,
      Name name,
      List<ParameterSyntax> parameters,
      Optional<ResultSyntax> result,
      Body body,
      String doc,
      Span span)
      implements Item {

    /** The two kinds of declaration that answer with a tensor. */
    public enum Kind {
      NETWORK,
      CELL
    }

    public NetworkSyntax {
      parameters = List.copyOf(parameters);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.network(this);
    }
  }

  /** {@code optimizer adam(w: float[...], g: float[...], …) { … }}: statements and no answer. */
  record OptimizerSyntax(
      Name name, List<ParameterSyntax> parameters, List<Statement> statements, String doc, Span span)
      implements Item {

    public OptimizerSyntax {
      parameters = List.copyOf(parameters);
      statements = List.copyOf(statements);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.optimizer(this);
    }
  }

  /** {@code process VP { drift(x, t) = … }}: the functions of a stochastic process. */
  record ProcessSyntax(Name name, List<ParameterSyntax> parameters, List<Part> parts, String doc, Span span)
      implements Item {

    /** {@code name = value}, without arguments, or {@code name(arguments) = value}, which may be none: {@code ()}. */
    public record Part(Name name, Optional<List<Name>> arguments, Expression value, String doc, Span span) {
      public Part {
        arguments = arguments.map(List::copyOf);
      }
    }

    public ProcessSyntax {
      parameters = List.copyOf(parameters);
      parts = List.copyOf(parts);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.process(this);
    }
  }

  /** {@code train Digits { … }}. */
  record TrainSyntax(Name name, List<Line> lines, String doc, Span span) implements Item {

    public TrainSyntax {
      lines = List.copyOf(lines);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.train(this);
    }
  }

  /** {@code generate Translation(source: index(V)[S]) -> target: index(W)[T] { … }}. */
  record GenerateSyntax(
      Name name, List<ParameterSyntax> parameters, ResultSyntax result, Body body, String doc, Span span)
      implements Item {

    public GenerateSyntax {
      parameters = List.copyOf(parameters);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.generate(this);
    }
  }
}
