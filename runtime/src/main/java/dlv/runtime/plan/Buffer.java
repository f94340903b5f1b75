package dlv.runtime.plan;

/**
 * A stretch of device memory.
 *
 * @param name how launches, inputs and outputs refer to it
 * @param kind what it is for
 * @param bytes its size
 */
public record Buffer(String name, Kind kind, Formula bytes) {
  /** What a buffer is for. */
  public enum Kind {
    /** Tensors that live on between launches; declared as {@link Arena}. */
    ARENA,
    /** Written by the host alone. */
    INPUT,
    /** Read by the host. */
    OUTPUT,
    /** A slot whose tenants change in the course of an entry; entries share it, so it holds nothing between them. */
    POOL,
    /** Fixed contents: the resource with the buffer's name, little-endian. */
    CONSTANT
  }
}
