package dlv.runtime.train;

import java.util.function.DoubleUnaryOperator;

/** What a figure is shown as, once its mean over all rows is known: a perplexity is the exponential of a mean. */
public enum Shown {
  /** The exponential, as of a mean negative log-likelihood. */
  EXP(Math::exp),
  /** The natural logarithm. */
  LOG(Math::log),
  /** The square root, as of a mean square. */
  SQRT(Math::sqrt);

  private final DoubleUnaryOperator function;

  Shown(DoubleUnaryOperator function) {
    this.function = function;
  }

  /** What a mean is shown as. */
  public double of(double mean) {
    return function.applyAsDouble(mean);
  }
}
