package dlv.compiler.lower;

import dlv.compiler.check.Minimize;
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

/** One batch of the held-back rows as a graph: for every report and loss, its sum over the live rows. */
final class Evaluation {
  private Evaluation() {}

  static Graph of(TrainProgram train, TrainStates states) {
    Live live = new Live(new Build(Origin.NONE).node(new Op.Input("live", Element.INT, Shape.SCALAR)), false);
    Lowering lowering = new Lowering(live);
    states.bind(lowering);
    states.bindAverages(lowering);
    Batches.evaluating(train, live, lowering);
    var outputs = new ArrayList<Graph.Output>();
    for (Report report : train.reports()) {
      outputs.add(new Graph.Output(report.name(), sum(lowering.rows(report.evaluated()), live)));
    }
    for (int i = 0; i < train.minimize().size(); i++) {
      Minimize line = train.minimize().get(i);
      String name = TrainStates.loss(train, i);
      outputs.add(new Graph.Output(name, sum(lowering.rows(line.evaluated()), live)));
    }
    return new Graph("evaluate", outputs, List.of());
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
