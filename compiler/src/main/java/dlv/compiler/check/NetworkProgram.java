package dlv.compiler.check;

import dlv.compiler.source.Span;
import dlv.compiler.type.Dim;
import java.util.List;

/**
 * A network on its own, as it is used after training ({@code training} is false).
 *
 * <p>Dimensions without a value are names in shapes.
 *
 * @param inputs nodes are {@link dlv.compiler.ir.Op.Input}s named as the declaration does
 * @param states weights and statistics, in the order of their first use
 * @param application the tree of applications; its root is the network itself
 */
public record NetworkProgram(
    String name,
    String doc,
    Span span,
    List<Port> inputs,
    List<Port> results,
    List<StateInfo> states,
    Application application) {

  public NetworkProgram {
    inputs = List.copyOf(inputs);
    results = List.copyOf(results);
    states = List.copyOf(states);
  }

  /** The number of weights, as a formula of the dimensions that have no value. */
  public Dim parameters() {
    return states.stream()
        .filter(state -> state.role() == dlv.compiler.ir.Role.WEIGHT)
        .map(state -> state.shape().elements())
        .reduce(Dim.ZERO, Dim::plus);
  }

  /** Whether all its dimensions have values, so that it can be compiled as it stands. */
  public boolean isClosed() {
    return parameters().isConstant() && inputs.stream().allMatch(port -> port.type().shape().isConstant());
  }
}
