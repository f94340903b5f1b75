package dlv.compiler.syntax;

import dlv.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** What stands after an arrow of a pipeline. */
public sealed interface Stage {

  Span span();

  <R> R accept(Cases<R> cases);

  /** One answer for each kind of stage. */
  interface Cases<R> {
    R apply(Apply stage);

    R repeat(Repeat stage);
  }

  /** {@code -> Conv2D(6, kernel: 5)}: what comes in is the first argument of {@code function}. */
  record Apply(Expression function, Span span) implements Stage {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.apply(this);
    }
  }

  /** {@code -> repeat i in 1 .. n { Block(i) -> relu }}; {@code count} is a number of turns or a range. */
  record Repeat(Optional<Name> variable, Expression count, List<Stage> stages, Span span) implements Stage {
    public Repeat {
      stages = List.copyOf(stages);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.repeat(this);
    }
  }
}
