package dlv.compiler.syntax;

import dlv.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** What stands in a {@code train} block or one of its stages. */
public sealed interface Line permits Statement.Let, Statement.Model, Line.Data, Line.Minimize, Line.Report, Line.Stage,
    Line.Setting {

  Span span();

  <R> R accept(Cases<R> cases);

  /** One answer for each kind of line. */
  interface Cases<R> {
    R let(Statement.Let line);

    R model(Statement.Model line);

    R data(Data line);

    R minimize(Minimize line);

    R report(Report line);

    R stage(Stage line);

    R setting(Setting line);
  }

  /** {@code data digits = mnist()}. */
  record Data(Name name, Expression source, Span span) implements Line {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.data(this);
    }
  }

  /** {@code minimize loss of G with adam(2e-4) clip 1.0 times 5}; {@code of} is empty where it was left out. */
  record Minimize(
      Expression loss,
      List<Name> of,
      Expression optimizer,
      Optional<Expression> clip,
      Optional<Expression> times,
      Span span)
      implements Line {

    public Minimize {
      of = List.copyOf(of);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.minimize(this);
    }
  }

  /** {@code report accuracy(digit, label), elbo = -loss}. */
  record Report(List<Reported> reported, Span span) implements Line {

    /** One figure, named where the line gives it a name. */
    public record Reported(Optional<Name> name, Expression value, Span span) {}

    public Report {
      reported = List.copyOf(reported);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.report(this);
    }
  }

  /** {@code stage one { … }}: lines that train one after the other. */
  record Stage(Name name, List<Line> lines, Span span) implements Line {
    public Stage {
      lines = List.copyOf(lines);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.stage(this);
    }
  }

  /** {@code batch 128}, {@code epochs 12}, {@code seed 1}: a name and a value. */
  record Setting(Name name, Expression value, Span span) implements Line {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.setting(this);
    }
  }
}
