package dlv.compiler.lower;

import dlv.compiler.check.Initialiser;
import dlv.compiler.check.Minimize;
import dlv.compiler.check.ModelBinding;
import dlv.compiler.check.StateInfo;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Role;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Everything that a train block keeps between steps, placed in arenas. */
final class TrainStates {
  /** Iterations done so far. */
  static final Op.State STEP = new Op.State("step", Role.COUNTER, Element.INT, Shape.SCALAR, 0);
  static final Op.State SEED = new Op.State("seed", Role.COUNTER, Element.INT, Shape.SCALAR, 0);
  /** The turns begun before this one, in all steps; computed from the steps, and never kept. */
  static final String TURN = "turn";

  private final TrainProgram train;
  private final long most;
  private final Map<Minimize, Integer> numbers = new IdentityHashMap<>();
  private final Map<String, List<Arena>> weights = new LinkedHashMap<>();
  private final Map<String, Arena> optimisers = new LinkedHashMap<>();
  private final Map<Arena, Arena> averages = new LinkedHashMap<>();
  private final List<Arena> statistics = new ArrayList<>();
  private final List<Arena> carried;
  private final List<StateInfo> sums = new ArrayList<>();

  /** Arenas of at most {@code most} elements, but for tensors that are larger. */
  TrainStates(TrainProgram train, long most) {
    this.train = train;
    this.most = most;
    for (ModelBinding model : train.models()) {
      List<StateInfo> own = train.states().stream().filter(s -> s.model().equals(model.name())).toList();
      weights.put(model.name(), arenas(model.name(), Role.WEIGHT, byRank(train, own)));
      statistics.addAll(arenas(model.name() + ".statistics", Role.STATISTIC, own));
    }
    carried = arenas("carried", Role.CARRY, train.states().stream()
        .map(state -> state.role() == Role.CARRY ? ofBatch(state, Dim.of(capacity(train))) : state).toList());
    for (Minimize line : train.minimize()) {
      numbers.put(line, numbers.size());
      optimisers(line, numbers.get(line));
    }
    train.shorter().values().forEach(shorter -> {
      for (int line = 0; line < shorter.minimize().size(); line++) {
        numbers.put(shorter.minimize().get(line), line);
      }
    });
    if (train.settings().ema().isPresent()) {
      weights.forEach((model, own) -> own.forEach(w -> averages.put(
          like(w, w.name() + ".average", model + ".average", Role.EMA, Initialiser.constant(0)), w)));
    }
    figures(train).forEach(name -> sums.add(counter(sum(name).path())));
  }

  /** The rows that a batch has room for. */
  private static long capacity(TrainProgram train) {
    return (train.settings().batch() + 15L) / 16 * 16;
  }

  private static StateInfo ofBatch(StateInfo state, Dim rows) {
    return new StateInfo(state.path(), state.model(), state.role(), state.shape().insert(0, rows), state.initialiser(),
        state.span(), state.doc());
  }

  /** A state of cells for every row of a batch. */
  static Op.State carried(StateInfo state) {
    return new Op.State(state.path(), Role.CARRY, Element.FLOAT, state.shape().with(0, Dim.BATCH), 0);
  }

  /** The states of a model; the highest ranks first where an optimiser changes some otherwise than others. */
  private static List<StateInfo> byRank(TrainProgram train, List<StateInfo> states) {
    boolean differ = train.minimize().stream()
        .anyMatch(line -> new HashSet<>(line.optimiser().byRank().values()).size() > 1);
    return !differ ? states : states.stream()
        .sorted(Comparator.comparing((StateInfo state) -> state.shape().rank()).reversed()).toList();
  }

  private List<Arena> arenas(String name, Role role, List<StateInfo> states) {
    return Arena.cut(name, role, Element.FLOAT, states.stream().filter(s -> s.role() == role).toList(), most);
  }

  private void optimisers(Minimize line, int number) {
    for (String model : line.models()) {
      for (StateInfo state : line.optimiser().states()) {
        for (Arena w : weights(model)) {
          String name = key(number, w.name(), state.path());
          optimisers.put(name,
              like(w, name, key(number, model, state.path()), Role.OPTIMISER, state.initialiser()));
        }
      }
    }
  }

  /** An arena with the layout of {@code weights}; its tensors are named after the weights they belong to. */
  private static Arena like(Arena weights, String name, String prefix, Role role, Initialiser initial) {
    return new Arena(name, role, Element.FLOAT, weights.length(), weights.places().stream()
        .map(place -> new Arena.Place(named(place.state(), prefix, role, initial), place.offset())).toList());
  }

  private static StateInfo named(StateInfo weight, String prefix, Role role, Initialiser initial) {
    return new StateInfo(prefix + "." + weight.path(), weight.model(), role, weight.shape(), initial, weight.span(),
        "");
  }

  private static StateInfo counter(String path) {
    return new StateInfo(path, "", Role.COUNTER, Shape.SCALAR, Initialiser.constant(0), null, "");
  }

  private static String key(int line, String weights, String state) {
    return "line" + (line + 1) + "." + state + "." + weights;
  }

  /** What iterations measure: the reports, then the loss of each line; with stages what any of them does. */
  static List<String> figures(TrainProgram train) {
    var names = new LinkedHashSet<String>();
    for (TrainProgram part : train.parts()) {
      part.reports().forEach(report -> names.add(report.name()));
      for (int i = 0; i < part.minimize().size(); i++) {
        names.add(loss(part, i));
      }
    }
    return List.copyOf(names);
  }

  /** What an entry is called that does {@code work} for a part of the block: {@code iterate}, {@code iterate.one}. */
  String entry(String work, TrainProgram part) {
    return train.stages().isEmpty() ? work : work + "." + part.name();
  }

  /** The name of a line's loss: {@code loss}, or {@code loss2} where there are several lines. */
  static String loss(TrainProgram train, int line) {
    return train.minimize().size() == 1 ? "loss" : "loss" + (line + 1);
  }

  /** The running sum of a figure over the steps since the host last cleared it. */
  static Op.State sum(String figure) {
    return new Op.State("sum." + figure, Role.COUNTER, Element.FLOAT, Shape.SCALAR, 0);
  }

  /** The arenas of a model's weights; none where it has no weights. */
  List<Arena> weights(String model) {
    return weights.get(model);
  }

  /** The arena in which an optimiser's state for {@code weights} lives. */
  Arena optimiser(Minimize line, Arena weights, String state) {
    return optimisers.get(key(numbers.get(line), weights.name(), state));
  }

  /** Averages of weights, each with the weights it follows. */
  Map<Arena, Arena> averages() {
    return averages;
  }

  /** Gives every state its value at the start of an entry. */
  void bind(Lowering lowering) {
    Build build = new Build(Origin.NONE);
    lowering.assign("seed", build.node(SEED));
    lowering.assign("step", build.node(STEP));
    lowering.assign(TURN, build.node(STEP));
    weights.values().forEach(arenas -> arenas.forEach(arena -> arena.bind(lowering)));
    statistics.forEach(arena -> arena.bind(lowering));
    carried.forEach(arena -> arena.places().forEach(place ->
        lowering.assign(place.state().path(), build.node(carried(place.state())))));
    optimisers.values().forEach(arena -> lowering.assign(arena.name(), build.node(arena.state())));
  }

  /** Lets weights stand for their averages, where there are any. */
  void bindAverages(Lowering lowering) {
    averages.forEach((average, own) -> own.bind(lowering, new Build(Origin.NONE).node(average.state())));
  }

  /** All arenas, in the order in which a checkpoint holds them. */
  List<Arena> all() {
    var all = new ArrayList<Arena>();
    weights.values().forEach(all::addAll);
    all.addAll(statistics);
    all.addAll(carried);
    all.addAll(optimisers.values());
    all.addAll(averages.keySet());
    all.add(Arena.of("counters", Role.COUNTER, Element.INT,
        List.of(counter(STEP.path()), counter(SEED.path()))));
    all.add(Arena.of("sums", Role.COUNTER, Element.FLOAT, sums));
    return all;
  }
}
