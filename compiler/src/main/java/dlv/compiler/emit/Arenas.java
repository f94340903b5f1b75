package dlv.compiler.emit;

import dlv.compiler.check.Initialiser;
import dlv.compiler.lower.Arena;
import dlv.runtime.plan.Placed;
import java.util.Arrays;
import java.util.List;

/** Arenas as the manifest has them. */
final class Arenas {
  private Arenas() {}

  static dlv.runtime.plan.Arena manifest(Arena arena) {
    var role = switch (arena.role()) {
      case WEIGHT -> dlv.runtime.plan.Arena.Role.WEIGHT;
      case STATISTIC -> dlv.runtime.plan.Arena.Role.STATISTIC;
      case OPTIMISER -> dlv.runtime.plan.Arena.Role.OPTIMISER;
      case EMA -> dlv.runtime.plan.Arena.Role.EMA;
      case CARRY -> dlv.runtime.plan.Arena.Role.CARRY;
      case COUNTER -> dlv.runtime.plan.Arena.Role.COUNTER;
    };
    return new dlv.runtime.plan.Arena(arena.name(), role, Assembly.element(arena.element()), arena.length(),
        arena.places().stream().map(Arenas::placed).toList());
  }

  private static Placed placed(Arena.Place place) {
    var state = place.state();
    List<Long> shape = Arrays.stream(state.shape().values()).boxed().toList();
    return new Placed(state.path(), shape, place.offset(), initialiser(state.initialiser()), state.doc());
  }

  private static dlv.runtime.plan.Initialiser initialiser(Initialiser initialiser) {
    List<Double> numbers = initialiser.numbers();
    return switch (initialiser.kind()) {
      case CONSTANT -> new dlv.runtime.plan.Initialiser.Constant(numbers.get(0));
      case UNIFORM -> new dlv.runtime.plan.Initialiser.Uniform(numbers.get(0), numbers.get(1));
      case NORMAL -> new dlv.runtime.plan.Initialiser.Normal(numbers.get(0), numbers.get(1));
      case ORTHOGONAL -> new dlv.runtime.plan.Initialiser.Orthogonal(numbers.get(0));
      case VALUES -> new dlv.runtime.plan.Initialiser.Values(numbers);
    };
  }
}
