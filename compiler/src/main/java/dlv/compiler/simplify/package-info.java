/**
 * Rules that make a graph smaller without changing what it computes.
 *
 * <p>In and out: a differentiated graph. Each family of rules is a file with a list of named {@code Rule}s; each
 * rule looks at one node and what stands above it. {@link dlv.compiler.simplify.Simplify} applies them, operands
 * first, and merges equal expressions, until nothing changes.
 * What holds: rules know primitives only; results are equal in exact arithmetic, and a finite result stays finite.
 */
package dlv.compiler.simplify;
