package dlv.runtime.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a train block trains: what its plan does not say.
 *
 * @param name the block's name
 * @param stage the name of the stage that this is; empty where the block is one whole
 * @param batch rows a turn
 * @param turns the turns of a step, each with a batch of its own
 * @param epochs how often the data are gone through; one of epochs and steps is given
 * @param steps how many steps are made; 0 where the block only measures
 * @param seed where all chance begins
 * @param figures what every step measures, in the order of the plan's sums: the reports, then the losses
 * @param losses which of the figures are losses
 * @param patience after how many epochs without a better validation loss training ends
 * @param data the names of the data lines, in their order
 * @param shown the figures that are functions of a mean over all rows
 * @param rooms places, rising, for which a step has entries of its own: {@code iterate.12} for rows of at most 12
 */
public record Training(String name, String stage, int batch, int turns, OptionalLong epochs, OptionalLong steps,
                       long seed, List<String> figures, List<String> losses, OptionalInt patience,
                       List<String> data, Map<String, Shown> shown, List<Integer> rooms) {
  /** Checks that there is something to do, and an end to it. */
  public Training {
    figures = List.copyOf(figures);
    losses = List.copyOf(losses);
    data = List.copyOf(data);
    shown = Map.copyOf(shown);
    rooms = List.copyOf(rooms);
    if (batch < 1 || turns < 1 || epochs.isPresent() == steps.isPresent() || data.isEmpty()) {
      throw new IllegalArgumentException(name + ": a training has a batch, data, and either epochs or steps");
    }
  }

  /** A training all of whose figures are means, and whose steps take rows of any length. */
  public Training(String name, String stage, int batch, int turns, OptionalLong epochs, OptionalLong steps, long seed,
                  List<String> figures, List<String> losses, OptionalInt patience, List<String> data) {
    this(name, stage, batch, turns, epochs, steps, seed, figures, losses, patience, data, Map.of(), List.of());
  }

  /** Figures of which the means over all rows are known. */
  Map<String, Double> shown(Map<String, Double> means) {
    Map<String, Double> figures = new LinkedHashMap<>(means);
    figures.replaceAll((figure, mean) -> shown.containsKey(figure) ? shown.get(figure).of(mean) : mean);
    return figures;
  }

  /** What the plan calls the entry that does {@code work} for this training. */
  public String entry(String work) {
    return stage.isEmpty() ? work : work + "." + stage;
  }

  /** The rows that a step takes. */
  public long rowsPerStep() {
    return Math.multiplyExact((long) batch, turns);
  }
}
