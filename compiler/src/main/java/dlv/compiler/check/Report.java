package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.source.Span;
import java.util.Optional;

/**
 * A figure of a train block: its mean over examples and remaining axes.
 *
 * @param evaluated as on data held back: {@code training} is false
 * @param count where the length of examples differs, how many real elements the figure of one is the sum of: float
 * @param running as in the steps of training, sharing their nodes
 */
public record Report(String name, Node evaluated, Optional<Node> count, Node running, Span span) {}
