package dlv.compiler.syntax;

import dlv.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * Anything that has a value. Parentheses leave no trace but the shape of the tree.
 *
 * <p>Chains lean to the left and can be {@link dlv.compiler.source.Limits#CHAIN} deep: {@code a + b + c} is
 * {@code (a + b) + c}. Whoever walks them by recursion needs a stack for that.
 */
public sealed interface Expression {

  Span span();

  <R> R accept(Cases<R> cases);

  /** One answer for each kind of expression. */
  interface Cases<R> {
    R whole(Whole expression);

    R real(Real expression);

    R text(Text expression);

    R truth(Truth expression);

    R reference(Reference expression);

    R next(Next expression);

    R open(Open expression);

    R ellipsis(Ellipsis expression);

    R tuple(Tuple expression);

    R list(ListOf expression);

    R conditional(Conditional expression);

    R call(Call expression);

    R index(Index expression);

    R field(Field expression);

    R unary(Unary expression);

    R binary(Binary expression);

    R pipeline(Pipeline expression);
  }

  /** A whole number such as {@code 60_000}, from 0 to 2<sup>63</sup> - 1. */
  record Whole(long value, Span span) implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.whole(this);
    }
  }

  /** A number with a point or an exponent such as {@code 1e-3}: finite, and {@code written} as in the file. */
  record Real(double value, String written, Span span) implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.real(this);
    }
  }

  /** {@code "text"}: {@code value} is without quotes and escapes. */
  record Text(String value, Span span) implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.text(this);
    }
  }

  /** {@code true} or {@code false}. */
  record Truth(boolean value, Span span) implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.truth(this);
    }
  }

  /** A name that something declares. */
  record Reference(String name, Span span) implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.reference(this);
    }
  }

  /** {@code h'}: the next value of {@code h}; the name is without the prime. */
  record Next(String name, Span span) implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.next(this);
    }
  }

  /** {@code _}: an input left open. */
  record Open(Span span) implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.open(this);
    }
  }

  /** {@code ...}: any axes. */
  record Ellipsis(Span span) implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.ellipsis(this);
    }
  }

  /** {@code (a, b)}: two elements or more. */
  record Tuple(List<Expression> elements, Span span) implements Expression {
    public Tuple {
      elements = List.copyOf(elements);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.tuple(this);
    }
  }

  /** {@code [a, b]}, which may be empty. */
  record ListOf(List<Expression> elements, Span span) implements Expression {
    public ListOf {
      elements = List.copyOf(elements);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.list(this);
    }
  }

  /** {@code if condition { … } else { … }}; {@code else if} is a conditional as the answer of {@code otherwise}. */
  record Conditional(Expression condition, Body then, Body otherwise, Span span) implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.conditional(this);
    }
  }

  /** {@code function(arguments)}. */
  record Call(Expression function, List<Argument> arguments, Span span) implements Expression {

    /** {@code value} or {@code name: value}. */
    public record Argument(Optional<Name> name, Expression value, Span span) {}

    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.call(this);
    }
  }

  /** {@code target[indices]}: an index is an expression, a range or {@code ...}. */
  record Index(Expression target, List<Expression> indices, Span span) implements Expression {
    public Index {
      indices = List.copyOf(indices);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.index(this);
    }
  }

  /** {@code target.name}. */
  record Field(Expression target, Name name, Span span) implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.field(this);
    }
  }

  /** {@code -x} or {@code not x}. */
  record Unary(UnaryOperator operator, Expression operand, Span span) implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.unary(this);
    }
  }

  /** {@code left operator right}; a range {@code a .. b} is one too. {@code at} is the place of the operator. */
  record Binary(BinaryOperator operator, Expression left, Expression right, Span at, Span span)
      implements Expression {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.binary(this);
    }
  }

  /** {@code source -> stage -> stage}: one stage or more. */
  record Pipeline(Expression source, List<Stage> stages, Span span) implements Expression {
    public Pipeline {
      stages = List.copyOf(stages);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.pipeline(this);
    }
  }
}
