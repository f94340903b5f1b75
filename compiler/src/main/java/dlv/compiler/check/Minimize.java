package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * A line of training.
 *
 * @param loss float, of one example; axes that remain are averaged with the examples
 * @param evaluated the same on data held back: {@code training} is false
 * @param count where the length of examples differs, how many real elements the loss of one is the sum of: float
 * @param models whose weights and statistics it changes
 * @param clip the greatest L2 norm that the line's gradients may have together: a scalar
 * @param times how often the line is done in a step
 * @param updates of the statistics of these models, in the order written
 */
public record Minimize(
    Node loss,
    Node evaluated,
    Optional<Node> count,
    List<String> models,
    Optimiser optimiser,
    Optional<Node> clip,
    int times,
    List<StatisticUpdate> updates,
    Span span) {

  public Minimize {
    models = List.copyOf(models);
    updates = List.copyOf(updates);
  }

  /** The same line with an optimiser that knows more ranks. */
  Minimize with(Optimiser complete) {
    return new Minimize(loss, evaluated, count, models, complete, clip, times, updates, span);
  }
}
