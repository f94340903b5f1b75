package dlv.compiler.check;

import dlv.compiler.source.Span;
import java.util.List;

/**
 * A train block.
 *
 * <p>Graphs read data by {@code Input("digits.image")}, weights and statistics by {@code State("net.dense1.W")}, and
 * the counters {@code State("step")} (steps done, from 0), {@code State("turn")} (turns begun before this one, which
 * draws are keyed by) and {@code State("seed")}, all int and of rank 0. What several lines share by {@code let} is the
 * same node.
 *
 * @param states weights and statistics of all models
 * @param carried what states of cells become that go on from batch to batch, each an update of one of {@code states}
 * @param minimize the lines of a step, in the order written
 */
public record TrainProgram(
    String name,
    String doc,
    Span span,
    List<DataBinding> data,
    List<ModelBinding> models,
    List<StateInfo> states,
    List<StatisticUpdate> carried,
    List<Minimize> minimize,
    List<Report> reports,
    Settings settings) {

  public TrainProgram {
    data = List.copyOf(data);
    models = List.copyOf(models);
    states = List.copyOf(states);
    carried = List.copyOf(carried);
    minimize = List.copyOf(minimize);
    reports = List.copyOf(reports);
  }

  /** The models that other blocks have trained. */
  public List<Loan> loans() {
    return models.stream().flatMap(model -> model.loan().stream()).toList();
  }

  /** The turns of a step, each with rows and draws of its own: the most that a line takes. */
  public int turns() {
    return minimize.stream().mapToInt(Minimize::times).max().orElse(1);
  }
}
