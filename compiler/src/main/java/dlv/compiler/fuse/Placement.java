package dlv.compiler.fuse;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;

/**
 * A result that its kernel stores into its place in a {@code Concat}, which then needs no kernel of its own.
 *
 * @param whole the {@code Concat}
 * @param axis the axis along which parts are joined
 * @param offset the place of the part's first element along that axis
 */
public record Placement(Node whole, int axis, Dim offset) {}
