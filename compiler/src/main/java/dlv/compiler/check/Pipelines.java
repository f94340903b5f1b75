package dlv.compiler.check;

import dlv.compiler.source.Span;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pipelines: {@code x -> f(a)} is {@code f(x, a)}, and {@code repeat} writes stages out once for each turn.
 *
 * <p>After an error the stages that follow are still looked at, without a tensor.
 */
final class Pipelines {
  private final Evaluator evaluator;

  Pipelines(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  Value pipeline(Expression.Pipeline pipeline) {
    Frame frame = evaluator.here().frame();
    List<Frame.Step> before = frame.trail();
    frame.trail(new ArrayList<>());
    try {
      Value value = evaluator.attempt(pipeline.source());
      step(pipeline.source().span(), value);
      Value result = stages(evaluator, pipeline.stages(), value);
      if (result instanceof Value.Unknown) {
        throw Failed.REPORTED;
      }
      return result;
    } finally {
      frame.trail(before);
    }
  }

  private void step(Span span, Value value) {
    if (value instanceof Value.Tensor) {
      evaluator.here().frame().trail().add(new Frame.Step(span, value.text()));
    }
  }

  private Value stages(Evaluator at, List<Stage> stages, Value source) {
    Value value = source;
    for (Stage stage : stages) {
      value = stage instanceof Stage.Repeat repeat ? repeat(at, repeat, value) : apply(at, (Stage.Apply) stage, value);
      step(stage.span(), value);
    }
    return value;
  }

  private Value apply(Evaluator at, Stage.Apply stage, Value source) {
    List<Given> piped = List.of(new Given(Optional.empty(), source, stage.span(), true));
    try {
      return stage.function() instanceof Expression.Call call
          ? new Calls(at).call(call, piped) : new Calls(at).bare(stage.function(), piped);
    } catch (Failed e) {
      return new Value.Unknown();
    }
  }

  private Value repeat(Evaluator at, Stage.Repeat stage, Value source) {
    long from = 1;
    long to;
    try {
      Value count = at.evaluate(stage.count());
      Span span = stage.count().span();
      if (count instanceof Value.Range range) {
        from = turns(Statics.whole(at, range.from(), span, "a turn"), at, span);
        to = turns(Statics.whole(at, range.to(), span, "a turn"), at, span);
      } else {
        to = turns(Statics.whole(at, count, span, "the number of turns"), at, span);
      }
      if (to - from + 1 > Bounds.LAYERS || to - from < -1) {
        throw at.error("limit", span, to - from < -1 ? "from " + from + " to " + to + " there are no turns"
            : (to - from + 1) + " turns are beyond the limit of " + Bounds.LAYERS + " layers");
      }
    } catch (Failed e) {
      return new Value.Unknown();
    }
    Value value = source;
    for (long turn = from; turn <= to && !(value instanceof Value.Unknown); turn++) {
      Scope scope = new Scope(at.scope());
      long now = turn;
      stage.variable().ifPresent(name -> scope.bind(name.text(), Value.Whole.of(now), name.span()));
      value = stages(at.inTurn(scope, (int) turn), stage.stages(), value);
    }
    return value;
  }

  private static long turns(Size size, Evaluator at, Span span) {
    if (!size.isConstant()) {
      throw Failed.REPORTED;
    }
    long value = size.value().value();
    if (value < 0) {
      throw at.error("range", span, "`repeat` takes 0 turns or more, not " + value);
    }
    return value;
  }
}
