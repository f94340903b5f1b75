package dlv.runtime.plan;

import java.util.List;

/**
 * Work that is done again and again, in order: the steps of a loop over time. Launches within may take the number of the
 * turn as an argument ({@link Argument.OfStep}).
 *
 * @param times how often
 * @param body what is done each time
 * @param origin where in the source it comes from, for people
 * @param ir the loop's line in the schedule, for people
 */
public record Repeat(Formula times, List<Work> body, String origin, String ir) implements Work {
  /** Copies the list. */
  public Repeat {
    body = List.copyOf(body);
  }
}
