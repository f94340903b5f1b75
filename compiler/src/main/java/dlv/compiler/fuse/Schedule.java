package dlv.compiler.fuse;

import dlv.compiler.ir.Graph;
import dlv.compiler.ir.Node;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernels of a graph, in the order in which they run.
 *
 * <p>An update's next value is a result, and it is stored over the state's present value: no kernel after it reads the
 * old one, and the kernel that stores it reads the old one, if at all, at the element it writes. Where the graph did
 * not allow that, {@link Fuse} has added a copy (a {@code Reshape} to the same shape), so {@code graph} may differ
 * from the graph that was fused.
 *
 * <p>A {@code Concat} all of whose parts are placed is in no kernel's body; who reads it names it as an operand.
 *
 * @param placements results that are stored into their place in a {@code Concat}
 */
public record Schedule(Graph graph, List<Kernel> kernels, Map<Node, Placement> placements) {
  public Schedule {
    kernels = List.copyOf(kernels);
    placements = Collections.unmodifiableMap(new IdentityHashMap<>(placements));
  }
}
