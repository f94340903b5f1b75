package dlv.runtime.plan;

import dlv.runtime.data.Element;
import java.util.List;

/**
 * A buffer that keeps its contents from launch to launch and holds tensors side by side: all weights of a model, say.
 *
 * <p>Arenas of weights, their optimiser states and their averages have equal layout. An arena is a buffer under its
 * name; launches refer to it so.
 *
 * @param name the buffer's name
 * @param role what it holds
 * @param element the type of its elements
 * @param length elements, gaps included
 * @param tensors what lies in it, by rising offset, without overlap
 */
public record Arena(String name, Role role, Element element, long length, List<Placed> tensors) {
  /** What the tensors of an arena are for. */
  public enum Role {
    /** Trained by gradient. */
    WEIGHT,
    /** States of networks: running means, say. */
    STATISTIC,
    /** States of optimisers. */
    OPTIMISER,
    /** Numbers that count steps, rows and the like. */
    COUNTER,
    /** Moving averages of weights. */
    EMA,
    /** States of cells, one for each row of a batch, that go on where the batch before ended. */
    CARRY
  }

  /** Checks that the tensors lie within the arena, in order, apart. */
  public Arena {
    tensors = List.copyOf(tensors);
    long end = 0;
    for (Placed tensor : tensors) {
      if (tensor.offset() < end) {
        throw new IllegalArgumentException(
            name + ": " + tensor.path() + " at " + tensor.offset() + " overlaps what ends at " + end);
      }
      end = Math.addExact(tensor.offset(), tensor.elements());
    }
    if (end > length) {
      throw new IllegalArgumentException(name + ": its tensors end at " + end + ", behind its length " + length);
    }
  }

  /** Bytes of the arena. */
  public long bytes() {
    return Math.multiplyExact(length, (long) element.bytes());
  }
}
