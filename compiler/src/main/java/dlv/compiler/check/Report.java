package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.source.Span;
import dlv.runtime.train.Shown;
import java.util.Optional;

/**
 * A figure of a train block: its mean over examples and remaining axes, or a function of that.
 *
 * @param evaluated as on data held back: {@code training} is false
 * @param count where the length of examples differs, how many real elements the figure of one is the sum of: float
 * @param running as in the steps of training, sharing their nodes
 * @param shown what the mean over all rows is shown as; empty: as it is
 */
public record Report(String name, Node evaluated, Optional<Node> count, Node running, Optional<Shown> shown,
                     Span span) {}
