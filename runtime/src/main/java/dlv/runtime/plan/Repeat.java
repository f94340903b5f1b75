package dlv.runtime.plan;

import java.util.List;
import java.util.Optional;

/**
 * Work that is done again and again, in order: the steps of a loop over time. Launches within may take the number of the
 * turn as an argument ({@link Argument.OfStep}).
 *
 * @param times how often
 * @param body what is done each time
 * @param ended where it stands that no further turn changes anything; empty where all are taken
 * @param origin where in the source it comes from, for people
 * @param ir the loop's line in the schedule, for people
 */
public record Repeat(Formula times, List<Work> body, Optional<Ended> ended, String origin, String ir)
    implements Work {
  /**
   * Two rows of integers, of which the turns write one after the other: after an even number of turns row 0 is the newer.
   * When none of its integers is 0, an even number of turns may be left out.
   *
   * @param offset of the first, in elements
   * @param elements of a row
   */
  public record Ended(String buffer, Formula offset, Formula elements) {}

  /** Copies the list. */
  public Repeat {
    body = List.copyOf(body);
  }
}
