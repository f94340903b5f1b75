package dlv.runtime.plan;

import dlv.runtime.data.Element;
import java.util.List;

/**
 * What the host writes before an entry runs, row-major, the batch first.
 *
 * @param name as the source names it
 * @param element the type of its elements
 * @param shape its dimensions, the batch first; empty for a scalar
 * @param buffer where it goes, from the first byte on
 * @param resident whether it is written once and stays (a data set), instead of before each run
 */
public record Input(String name, Element element, List<Formula> shape, String buffer, boolean resident) {
  /** Copies the list. */
  public Input {
    shape = List.copyOf(shape);
  }
}
