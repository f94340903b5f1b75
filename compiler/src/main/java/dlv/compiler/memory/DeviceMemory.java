package dlv.compiler.memory;

/**
 * What a plan has to fit into.
 *
 * @param all bytes of memory
 * @param largestBuffer bytes of the largest buffer; devices often give a quarter of their memory at a time
 */
public record DeviceMemory(long all, long largestBuffer) {}
