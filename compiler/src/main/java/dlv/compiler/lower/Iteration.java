package dlv.compiler.lower;

import dlv.compiler.check.Minimize;
import dlv.compiler.check.Optimiser;
import dlv.compiler.check.Report;
import dlv.compiler.check.StateInfo;
import dlv.compiler.check.StatisticUpdate;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Role;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One training iteration as a graph: every {@code minimize} line in turn, each seeing the states as the lines before
 * it left them, then the averages of weights, the running figures and the step counter. Lines share the rows and draws
 * of a turn; each further turn of a line has others.
 */
final class Iteration {
  private final TrainProgram train;
  private final TrainStates states;
  private final String entry;
  private final Lowering lowering;
  private final Live live;
  private final Build build = new Build(Origin.NONE);
  private final Map<Op.State, Node> updates = new LinkedHashMap<>();
  private int begun = -1;

  private Iteration(TrainProgram train, TrainStates states, String entry) {
    this.train = train;
    this.states = states;
    this.entry = entry;
    long batch = train.settings().batch();
    boolean full = batch % 16 == 0;
    this.live = new Live(full ? build.size(Dim.BATCH) : build.constant(batch, Element.INT, Shape.SCALAR), full);
    this.lowering = new Lowering(live);
  }

  /** A step of the block, under the name {@code entry}. */
  static Graph of(TrainProgram train, TrainStates states, String entry) {
    return new Iteration(train, states, entry).graph();
  }

  private Graph graph() {
    states.bind(lowering);
    begin(0);
    for (StatisticUpdate state : train.carried()) {
      Node last = lowering.rows(state.next());
      updates.put(new Op.State(state.state().path(), Role.CARRY, Element.FLOAT, last.shape(), 0), last);
    }
    var figures = new LinkedHashMap<String, Node>();
    for (Report report : train.trains() ? train.reports() : List.<Report>of()) {
      figures.put(report.name(), mean(report.running(), report.count()));
    }
    for (int i = 0; i < train.minimize().size(); i++) {
      Minimize line = train.minimize().get(i);
      for (int turn = 0; turn < line.times(); turn++) {
        begin(turn);
        Node loss = minimize(line, turn);
        figures.put(TrainStates.loss(train, i), loss);
      }
    }
    averages();
    figures.forEach(this::accumulate);
    Op.State step = TrainStates.STEP;
    updates.put(step, build.map(Scalar.ADD, build.node(step), build.constant(1, Element.INT, Shape.SCALAR)));
    var list = new ArrayList<Graph.Update>();
    updates.forEach((state, next) -> list.add(new Graph.Update(state, next)));
    return new Graph(entry, List.of(), list, train.settings().products());
  }

  /** Lets rows and draws be those of a turn of this step. */
  private void begin(int turn) {
    if (turn == begun) {
      return;
    }
    begun = turn;
    Node step = build.node(TrainStates.STEP);
    Node first = train.turns() == 1 ? step
        : build.map(Scalar.MUL, step, build.constant(train.turns(), Element.INT, Shape.SCALAR));
    Node now = turn == 0 ? first : build.map(Scalar.ADD, first, build.constant(turn, Element.INT, Shape.SCALAR));
    lowering.assign(TrainStates.TURN, now);
    Batches.training(train, now, live, lowering);
  }

  /** The mean over live rows and all further axes, or over all that is real where that is counted. */
  private Node mean(Node ofExample, Optional<Node> count) {
    Node rows = lowering.rows(ofExample);
    if (count.isPresent()) {
      return new Build(rows.origin()).div(live.sum(rows), live.sum(lowering.rows(count.get())));
    }
    Node total = live.sum(new Build(rows.origin()).sum(rows, Build.axesWithout(rows.rank(), List.of(0))));
    Node n = live.size(rows.shape().elements(), rows.origin());
    return new Build(rows.origin()).div(total, new Build(rows.origin()).map(Scalar.TO_FLOAT, n));
  }

  /**
   * One line, once: gradients by arena, clipped together, then each model's optimiser and statistics. Later lines see
   * the new values as given: no gradient leads back through a step.
   */
  private Node minimize(Minimize line, int turn) {
    Node loss = mean(line.loss(), line.count());
    var gradients = new LinkedHashMap<Arena, Node>();
    for (String model : line.models()) {
      states.weights(model).forEach(arena -> gradients.put(arena, gradient(loss, arena)));
    }
    line.clip().ifPresent(limit -> clip(gradients, lowering.common(limit)));
    Map<String, Node> statistics = statistics(line);
    Node t = count(line, turn);
    var next = new LinkedHashMap<String, Node>(statistics);
    gradients.forEach((arena, gradient) -> next.putAll(step(line, arena, gradient, t)));
    next.replaceAll((name, value) -> build.map(Scalar.DETACH, value));
    lowering.assign(next);
    lowering.endLine();
    return loss;
  }

  /** The gradient with respect to every weight of an arena, side by side as they lie there. */
  private Node gradient(Node loss, Arena arena) {
    Build at = new Build(loss.origin());
    var parts = new ArrayList<Node>();
    long end = 0;
    for (Arena.Place place : arena.places()) {
      gap(at, parts, place.offset() - end);
      Node weight = lowering.state(place.state().path());
      Dim elements = weight.shape().elements();
      parts.add(at.reshape(at.derivative(loss, weight), new Shape(List.of(elements))));
      end = place.offset() + elements.value();
    }
    gap(at, parts, arena.length() - end);
    return at.concat(0, parts);
  }

  private static void gap(Build build, List<Node> parts, long elements) {
    if (elements > 0) {
      parts.add(build.constant(0, Shape.of(elements)));
    }
  }

  /** Scales the gradients so that their common L2 norm is at most {@code limit}. */
  private void clip(Map<Arena, Node> gradients, Node bound) {
    Node square = gradients.values().stream().map(g -> build.sum(build.mul(g, g))).reduce(build::add).orElseThrow();
    Node length = build.map(Scalar.SQRT, square);
    Node factor = build.div(bound, build.map(Scalar.MAX, length, bound));
    gradients.replaceAll((arena, g) -> build.mul(g, build.fill(factor, g.shape())));
  }

  /** The statistics that applications in this line move, for the models it names alone, in the order of the text. */
  private Map<String, Node> statistics(Minimize line) {
    var next = new LinkedHashMap<String, Node>();
    for (StatisticUpdate update : line.updates()) {
      if (line.models().contains(update.model())) {
        Op.State state = update.state();
        Node value = lowering.common(update.next());
        lowering.assign(Lowering.key(state.path(), state.turn() + 1), value);
        next.put(state.path(), value);
        updates.put(new Op.State(state.path(), state.role(), state.element(), state.shape(), 0), value);
      }
    }
    return next;
  }

  /** The number of this update of the line, from 1, as a float. */
  private Node count(Minimize line, int turn) {
    Node step = build.node(TrainStates.STEP);
    Node times = build.constant(line.times(), Element.INT, Shape.SCALAR);
    Node before = build.map(Scalar.MUL, step, times);
    Node now = build.map(Scalar.ADD, before, build.constant(turn + 1, Element.INT, Shape.SCALAR));
    return build.map(Scalar.TO_FLOAT, now);
  }

  /** The optimiser's equations over one arena; the values that states take next, by name. */
  private Map<String, Node> step(Minimize line, Arena arena, Node gradient, Node t) {
    Optimiser optimiser = line.optimiser();
    var given = new LinkedHashMap<String, Node>();
    given.put("w", lowering.state(arena.name()));
    given.put("g", gradient);
    given.put("t", t);
    var next = new LinkedHashMap<String, Node>();
    for (StateInfo state : optimiser.states()) {
      Op.State own = states.optimiser(line, arena, state.path()).state();
      given.put(state.path(), lowering.state(own.path()));
    }
    Map<String, Node> later = new OptimiserStep(optimiser, arena, lowering).next(given);
    Node weights = later.get("w");
    put(next, arena, weights);
    arena.places().forEach(place -> next.put(place.state().path(), arena.view(weights, place)));
    optimiser.states().forEach(state ->
        put(next, states.optimiser(line, arena, state.path()), later.get(state.path())));
    return next;
  }

  private void put(Map<String, Node> next, Arena arena, Node value) {
    next.put(arena.name(), value);
    updates.put(arena.state(), value);
  }

  /**
   * Exponential moving averages of the weights, after all lines. The newest weights count for (1 - decay) / (1 -
   * decay^t) after step t: all of it after the first, so that nothing is left of what the averages began as.
   */
  private void averages() {
    train.settings().ema().ifPresent(decay -> {
      Node t = build.add(build.map(Scalar.TO_FLOAT, build.node(TrainStates.STEP)), build.constant(1, Shape.SCALAR));
      Node share = build.div(build.constant(decay - 1, Shape.SCALAR),
          build.map(Scalar.EXPM1, build.scale(t, Math.log(decay))));
      states.averages().forEach((average, weights) -> {
        Node mean = build.node(average.state());
        Node moved = build.mul(build.fill(share, mean.shape()), build.sub(lowering.state(weights.name()), mean));
        updates.put(average.state(), build.add(mean, moved));
      });
    });
  }

  /** Adds a figure of this step to its running sum, which the host reads now and then. */
  private void accumulate(String name, Node value) {
    Op.State sum = TrainStates.sum(name);
    updates.put(sum, build.add(build.node(sum), value));
  }
}
