package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.source.Span;

/**
 * A figure of a train block: its mean over examples and remaining axes.
 *
 * @param evaluated as on data held back: {@code training} is false
 * @param running as in the steps of training, sharing their nodes
 */
public record Report(String name, Node evaluated, Node running, Span span) {}
