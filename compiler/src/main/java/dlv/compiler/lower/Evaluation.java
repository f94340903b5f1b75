package dlv.compiler.lower;

import dlv.compiler.check.Minimize;
import dlv.compiler.check.Plot;
import dlv.compiler.check.Report;
import dlv.compiler.check.TrainProgram;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One batch of the held-back rows as a graph: for every report and loss its sum over the live rows, and, where examples
 * differ in length, over how many elements that is; and for every plot what all rows show.
 */
final class Evaluation {
  /** What the name of such a number ends with. */
  private static final String COUNT = ".count";

  /** What the names of a plot's two outputs end with. */
  private static final String VALUES = ".values";
  private static final String LABELS = ".labels";

  private Evaluation() {}

  static Graph of(TrainProgram train, TrainStates states) {
    Live live = new Live(new Build(Origin.NONE).node(new Op.Input("live", Element.INT, Shape.SCALAR)), false);
    Lowering lowering = new Lowering(live);
    states.bind(lowering);
    states.bindAverages(lowering);
    Batches.evaluating(train, live, lowering);
    var outputs = new ArrayList<Graph.Output>();
    for (Report report : train.reports()) {
      add(report.name(), report.evaluated(), report.count(), lowering, live, outputs);
    }
    for (int i = 0; i < train.minimize().size(); i++) {
      Minimize line = train.minimize().get(i);
      add(TrainStates.loss(train, i), line.evaluated(), line.count(), lowering, live, outputs);
    }
    for (Plot plot : train.plots()) {
      outputs.add(new Graph.Output(plot.name() + VALUES, lowering.rows(plot.values())));
      outputs.add(new Graph.Output(plot.name() + LABELS, lowering.rows(plot.labels())));
    }
    return new Graph(states.entry("evaluate", train), outputs, List.of(), train.settings().products());
  }

  private static void add(String name, Node figure, Optional<Node> count, Lowering lowering, Live live,
      List<Graph.Output> outputs) {
    outputs.add(new Graph.Output(name, sum(lowering.rows(figure), live)));
    count.ifPresent(n -> outputs.add(new Graph.Output(name + COUNT, live.sum(lowering.rows(n)))));
  }

  /** The sum over live rows of each row's mean. */
  private static Node sum(Node rows, Live live) {
    Build build = new Build(rows.origin());
    Node each = build.sum(rows, Build.axesWithout(rows.rank(), List.of(0)));
    if (rows.rank() > 1) {
      Node n = build.map(Scalar.TO_FLOAT, build.size(rows.shape().range(1, rows.rank()).elements()));
      each = build.div(each, build.fill(n, each.shape()));
    }
    return live.sum(each);
  }
}
