/**
 * From programs about one example to graphs about a batch.
 *
 * <p>In: a {@link dlv.compiler.check.Program}'s networks and train blocks, with all dimensions solved. Out: a
 * {@link dlv.compiler.lower.Lowered}: a graph for each entry, and the arenas that hold what lives on. What holds:
 * the batch is axis 0 of everything that varies by example; examples mix only in reductions over rows, which are masked
 * where rows may be dead; states have one next value an iteration, whatever the number of lines that change them.
 */
package dlv.compiler.lower;
