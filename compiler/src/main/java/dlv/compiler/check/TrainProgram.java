package dlv.compiler.check;

import dlv.compiler.source.Span;
import dlv.compiler.syntax.Name;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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
 * @param minimize the lines of a step, in the order written; with stages those of all
 * @param plots what is drawn of rows held back
 * @param stages what is trained one after the other; empty where the block is one whole
 * @param shorter the same block for examples that take at most so many places, with the same states
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
    List<Plot> plots,
    Settings settings,
    List<TrainProgram> stages,
    SortedMap<Long, TrainProgram> shorter) {

  public TrainProgram(String name, String doc, Span span, List<DataBinding> data, List<ModelBinding> models,
      List<StateInfo> states, List<StatisticUpdate> carried, List<Minimize> minimize, List<Report> reports,
      List<Plot> plots, Settings settings) {
    this(name, doc, span, data, models, states, carried, minimize, reports, plots, settings, List.of(),
        Collections.emptySortedMap());
  }

  /** A block of stages, which share data and states; its settings are those of the last. */
  static TrainProgram of(Name name, String doc, List<ModelBinding> models, List<TrainProgram> stages) {
    TrainProgram last = stages.get(stages.size() - 1);
    return new TrainProgram(name.text(), doc, name.span(), last.data(), models, last.states(), List.of(),
        stages.stream().flatMap(stage -> stage.minimize().stream()).toList(),
        stages.stream().flatMap(stage -> stage.reports().stream()).toList(),
        stages.stream().flatMap(stage -> stage.plots().stream()).toList(), last.settings(), stages,
        Collections.emptySortedMap());
  }

  /** The same with steps of its own for shorter examples. */
  TrainProgram with(SortedMap<Long, TrainProgram> rooms) {
    return new TrainProgram(name, doc, span, data, models, states, carried, minimize, reports, plots, settings, stages,
        rooms);
  }

  public TrainProgram {
    data = List.copyOf(data);
    models = List.copyOf(models);
    states = List.copyOf(states);
    carried = List.copyOf(carried);
    minimize = List.copyOf(minimize);
    reports = List.copyOf(reports);
    plots = List.copyOf(plots);
    stages = List.copyOf(stages);
    shorter = Collections.unmodifiableSortedMap(new TreeMap<>(shorter));
  }

  /** Whether anything is minimized; else the block only reports, on models of other blocks. */
  public boolean trains() {
    return !minimize.isEmpty();
  }

  /** What is trained one after the other: the stages, or the whole block. */
  public List<TrainProgram> parts() {
    return stages.isEmpty() ? List.of(this) : stages;
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
