package dlv.compiler.check;

import dlv.compiler.ir.Role;
import dlv.compiler.source.Span;
import dlv.compiler.type.Shape;

/**
 * A state that a program keeps: a weight, a statistic, or what an optimiser remembers.
 *
 * @param path how its {@link dlv.compiler.ir.Op.State} names it: {@code net.dense2.W}; in a network on its own
 *     {@code dense2.W}
 * @param model the model that owns it: {@code net}; the network's name where it stands on its own
 * @param span the declaration
 * @param doc what the declaration says of it; often empty
 */
public record StateInfo(
    String path, String model, Role role, Shape shape, Initialiser initialiser, Span span, String doc) {}
