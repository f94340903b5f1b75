/**
 * The graph: a closed set of primitives over immutable nodes, with shapes inferred when a node is made.
 *
 * <p>A {@link dlv.compiler.ir.Node} is an operation, its operands, and where it came from; a
 * {@link dlv.compiler.ir.Graph} names the nodes that are wanted: outputs, and the next values of states.
 * Nothing is ever assigned. The same nodes serve before lowering (one example, no batch axis, with
 * {@code Rows}), after it (batch first), and inside kernels.
 */
package dlv.compiler.ir;
