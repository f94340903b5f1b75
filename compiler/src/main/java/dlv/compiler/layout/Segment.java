package dlv.compiler.layout;

import dlv.compiler.type.Dim;

/**
 * A stretch of a vector of parts whose parts have equally many slabs: {@code [slabs][size]}, lying at {@code offset}
 * in the buffer, for the elements from {@code start} on.
 */
public record Segment(long start, long size, Dim slabs, Dim offset) {}
