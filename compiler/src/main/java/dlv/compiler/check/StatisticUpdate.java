package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;

/**
 * What one application in a line of training makes of a statistic.
 *
 * @param state the statistic; its {@code turn} counts the updates of earlier applications that share it
 * @param next its value from here on; the same for all examples
 * @param model the model that owns it
 */
public record StatisticUpdate(Op.State state, Node next, String model) {}
