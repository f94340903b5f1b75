package dlv.runtime.plan;

import dlv.runtime.data.Element;
import java.util.List;

/**
 * What the host may read after an entry has run, row-major, the batch first.
 *
 * @param name as the source names it
 * @param element the type of its elements
 * @param shape its dimensions, the batch first; empty for a scalar
 * @param buffer where it lies
 * @param offset the first element's place in the buffer, in elements
 */
public record Output(String name, Element element, List<Formula> shape, String buffer, Formula offset) {
  /** Copies the list. */
  public Output {
    shape = List.copyOf(shape);
  }
}
