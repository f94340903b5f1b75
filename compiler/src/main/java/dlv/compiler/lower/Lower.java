package dlv.compiler.lower;

import dlv.compiler.check.NetworkProgram;
import dlv.compiler.check.Port;
import dlv.compiler.check.StateInfo;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Role;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import dlv.runtime.train.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Graphs of one example become graphs of a batch, and what they keep gets its place in arenas. */
public final class Lower {
  private Lower() {}

  /**
   * A train block: {@code iterate} is one step of training, {@code evaluate} one batch of held-back rows; with stages
   * {@code iterate.one} and so on. For rows that take at most so many places there may be {@code iterate.12} beside.
   */
  public static Lowered train(TrainProgram train) {
    return train(train, Arena.MOST);
  }

  /** With arenas of at most {@code most} elements, but for tensors that are larger. */
  public static Lowered train(TrainProgram train, long most) {
    var states = new TrainStates(train, most);
    var entries = new ArrayList<Graph>();
    for (TrainProgram part : train.parts()) {
      entries.add(Iteration.of(part, states, states.entry("iterate", part)));
      entries.add(Evaluation.of(part, states));
    }
    train.shorter().forEach((room, shorter) -> shorter.parts().forEach(part ->
        entries.add(Iteration.of(part, states, states.entry("iterate", part) + "." + room))));
    return new Lowered(train.name(), entries, states.all());
  }

  /** What each iteration of a train block measures, by name: the reports, then the loss of each line. */
  public static List<String> figures(TrainProgram train) {
    return TrainStates.figures(train);
  }

  /** Those of the {@link #figures} that are functions of a mean. */
  public static Map<String, Shown> shown(TrainProgram train) {
    var shown = new LinkedHashMap<String, Shown>();
    train.parts().forEach(part -> part.reports().forEach(report ->
        report.shown().ifPresent(function -> shown.put(report.name(), function))));
    return shown;
  }

  /** Those of the {@link #figures} that are losses. */
  public static List<String> losses(TrainProgram train) {
    return IntStream.range(0, train.minimize().size()).mapToObj(i -> TrainStates.loss(train, i)).toList();
  }

  /** A network in use: {@code run} answers for every row of a batch. */
  public static Lowered network(NetworkProgram network) {
    Live live = new Live(new Build(Origin.NONE).node(new Op.Input("live", Element.INT, Shape.SCALAR)), false);
    var lowering = new Lowering(live);
    var arenas = new ArrayList<Arena>();
    arenas.addAll(arenas("weights", Role.WEIGHT, network));
    arenas.addAll(arenas("statistics", Role.STATISTIC, network));
    arenas.forEach(arena -> arena.bind(lowering));
    bindChance(lowering);
    for (Port port : network.inputs()) {
      Op.Input one = (Op.Input) port.node().op();
      lowering.input(one.name(), new Build(port.node().origin())
          .node(new Op.Input(one.name(), one.element(), one.shape().insert(0, Dim.BATCH))));
    }
    var outputs = new ArrayList<Graph.Output>();
    network.results().forEach(port -> outputs.add(new Graph.Output(port.name(), lowering.rows(port.node()))));
    return new Lowered(network.name(), List.of(new Graph("run", outputs, List.of())), arenas);
  }

  /** In use draws depend on the inputs {@code draw.seed} and {@code draw.first}, the number of the first row. */
  private static void bindChance(Lowering lowering) {
    Build build = new Build(Origin.NONE);
    lowering.assign("seed", build.node(new Op.Input("draw.seed", Element.INT, Shape.SCALAR)));
    lowering.assign(TrainStates.TURN, build.constant(0, Element.INT, Shape.SCALAR));
    lowering.countFrom(build.node(new Op.Input("draw.first", Element.INT, Shape.SCALAR)));
  }

  private static List<Arena> arenas(String name, Role role, NetworkProgram network) {
    List<StateInfo> own = network.states().stream().filter(state -> state.role() == role).toList();
    return Arena.cut(name, role, Element.FLOAT, own, Arena.MOST);
  }
}
