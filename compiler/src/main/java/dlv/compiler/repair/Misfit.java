package dlv.compiler.repair;

import dlv.compiler.source.Span;
import dlv.compiler.syntax.Body;
import dlv.compiler.syntax.Expression;
import dlv.compiler.syntax.Item;
import dlv.compiler.syntax.SourceUnit;
import dlv.compiler.syntax.Stage;
import dlv.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call that does not fit, and what led there.
 *
 * @param network the declaration in which it stands
 * @param calls the calls of that network up to this one, which is the last
 * @param stages the stages of its pipeline up to this one; empty where it stands in none
 */
record Misfit(Item.NetworkSyntax network, List<Expression.Call> calls, List<Stage.Apply> stages) {
  Misfit {
    calls = List.copyOf(calls);
    stages = List.copyOf(stages);
  }

  /** The call that is blamed at a place; empty where the place is in no network, or no call. */
  static Optional<Misfit> at(SourceUnit unit, Span place) {
    return unit.items().stream().filter(Item.NetworkSyntax.class::isInstance).map(Item.NetworkSyntax.class::cast)
        .filter(network -> holds(network.span(), place)).findFirst().flatMap(network -> {
          var search = new Search(place);
          search.body(network.body());
          return search.found ? Optional.of(new Misfit(network, search.calls, search.stages)) : Optional.empty();
        });
  }

  /** Where the call that does not fit begins. */
  int start() {
    return stages.isEmpty() ? calls.get(calls.size() - 1).span().start() : stages.get(stages.size() - 1).span().start();
  }

  /** The blamed call itself, where it has arguments. */
  Optional<Expression.Call> blamed() {
    return calls.stream().reduce((first, second) -> second).filter(call -> call.span().end() > start());
  }

  private static boolean holds(Span outer, Span inner) {
    return outer.file() == inner.file() && outer.start() <= inner.start() && inner.end() <= outer.end();
  }

  /** Walks a body in the order of the text, as far as the place. */
  private static final class Search {
    private final Span place;
    private final List<Expression.Call> calls = new ArrayList<>();
    private List<Stage.Apply> stages = List.of();
    private boolean found;

    Search(Span place) {
      this.place = place;
    }

    void body(Body body) {
      for (Statement statement : body.statements()) {
        if (statement instanceof Statement.Let let) {
          expression(let.value());
        } else if (statement instanceof Statement.Next next) {
          expression(next.value());
        }
      }
      expression(body.answer());
    }

    private void expression(Expression expression) {
      if (found || expression.span().start() >= place.end()) {
        return;
      }
      if (expression instanceof Expression.Pipeline pipeline) {
        expression(pipeline.source());
        stages(pipeline.stages());
        if (!found && pipeline.span().equals(place)) {
          last(pipeline.stages());
        }
      } else if (expression instanceof Expression.Call call) {
        call.arguments().forEach(argument -> expression(argument.value()));
        call(call);
      } else if (expression instanceof Expression.Binary binary) {
        expression(binary.left());
        expression(binary.right());
      } else if (expression instanceof Expression.Tuple tuple) {
        tuple.elements().forEach(this::expression);
      } else if (expression instanceof Expression.Conditional conditional) {
        body(conditional.then());
        body(conditional.otherwise());
      }
    }

    /** An answer of the wrong shape is blamed as a whole; its last stage made it. */
    private void last(List<Stage> all) {
      found = true;
      stages = all.stream().filter(Stage.Apply.class::isInstance).map(Stage.Apply.class::cast).toList();
    }

    private void call(Expression.Call call) {
      if (!found) {
        calls.add(call);
        found = holds(call.span(), place);
      }
    }

    private void stages(List<Stage> all) {
      List<Stage.Apply> before = new ArrayList<>();
      for (Stage stage : all) {
        if (stage instanceof Stage.Repeat repeat) {
          stages(repeat.stages());
          before.clear();
        } else if (stage instanceof Stage.Apply apply) {
          before.add(apply);
          expression(apply.function());
          if (stages.isEmpty() && holds(apply.span(), place)) {
            stages = List.copyOf(before);
            found = true;
          }
        }
      }
    }
  }
}
