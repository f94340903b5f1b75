package dlv.compiler.check;

import dlv.compiler.type.Element;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a train block is run.
 *
 * @param batch examples in a step
 * @param epochs passes over the training rows; exactly one of epochs and steps is present
 * @param steps steps in all; 0 where the block only reports
 * @param ema the decay of the running average of the weights
 * @param patience evaluations without improvement before training stops early
 * @param carry whether the rows of a batch, and with them the states of cells, go on where the batch before ended
 * @param buckets the most rooms for examples that differ in length; with more than one, batches are of like length
 * @param products what products multiply: {@code FLOAT} or {@code BF16}
 */
public record Settings(
    int batch,
    OptionalInt epochs,
    OptionalLong steps,
    long seed,
    OptionalDouble ema,
    OptionalInt patience,
    boolean carry,
    int buckets,
    Element products) {}
