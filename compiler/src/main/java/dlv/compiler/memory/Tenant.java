package dlv.compiler.memory;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;

/**
 * A value that lies in a buffer for a while.
 *
 * @param entry the entry it belongs to
 * @param from the number of the kernel that writes it first; -1: it is there from the start
 * @param to the number of the last kernel that reads it; {@link #END} where the host does
 */
public record Tenant(String entry, Node node, Dim bytes, int from, int to) {
  /** After the last kernel. */
  public static final int END = Integer.MAX_VALUE;

  /** Whether both must be kept at the same time; two entries never run at the same time. */
  boolean meets(Tenant other) {
    return entry.equals(other.entry) && from <= other.to && other.from <= to;
  }
}
