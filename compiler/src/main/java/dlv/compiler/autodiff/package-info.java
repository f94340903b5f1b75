/**
 * Derivatives become ordinary nodes: a table over the primitives, applied in one backward sweep for each value
 * that is differentiated.
 *
 * <p>In: a lowered graph with {@code Derivative} nodes, equal expressions shared. Out: the same graph without them.
 * What holds: the table is closed, so derivatives of derivatives need nothing more; gradients inherit the origin of
 * the node whose adjoint they are.
 */
package dlv.compiler.autodiff;
