package dlv.compiler.syntax;

import dlv.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** What stands in a body before its answer. */
public sealed interface Statement {

  Span span();

  <R> R accept(Cases<R> cases);

  /** One answer for each kind of statement. */
  interface Cases<R> {
    R let(Let statement);

    R weight(Weight statement);

    R state(State statement);

    R require(Require statement);

    R model(Model statement);

    R next(Next statement);
  }

  /** {@code let y = …} or {@code let (mu, logvar) = …}; one name means no tuple is taken apart. */
  record Let(List<Name> names, Expression value, Span span) implements Statement, Line {
    public Let {
      names = List.copyOf(names);
    }

    @Override
    public <R> R accept(Statement.Cases<R> cases) {
      return cases.let(this);
    }

    @Override
    public <R> R accept(Line.Cases<R> cases) {
      return cases.let(this);
    }
  }

  /** {@code weight W: float[m, n] = glorot_uniform}. */
  record Weight(Name name, TypeSyntax type, Expression initial, String doc, Span span) implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.weight(this);
    }
  }

  /** {@code state h: float[n] = zeros}. */
  record State(Name name, TypeSyntax type, Optional<Expression> initial, String doc, Span span)
      implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.state(this);
    }
  }

  /** {@code require kernel.h <= h, "a {kernel} kernel does not fit"}. */
  record Require(Expression condition, Optional<Message> message, Span span) implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.require(this);
    }
  }

  /** {@code model enc = Sparse.enc from "runs/sparse"}; {@code from} is the text between the quotes. */
  record Model(Name name, Expression value, Optional<String> from, Span span) implements Statement, Line {
    @Override
    public <R> R accept(Statement.Cases<R> cases) {
      return cases.model(this);
    }

    @Override
    public <R> R accept(Line.Cases<R> cases) {
      return cases.model(this);
    }
  }

  /** {@code h' = …}: the next value of a state or, in an optimiser, of the weight. The name is without the prime. */
  record Next(Name name, Expression value, Span span) implements Statement {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.next(this);
    }
  }
}
