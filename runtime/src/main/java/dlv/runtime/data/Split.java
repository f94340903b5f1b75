package dlv.runtime.data;

import java.util.Locale;

/** The part of a data set that a row belongs to. */
public enum Split {
  /** What the weights are fitted to. */
  TRAIN,
  /** What is held back to watch the training, and to stop it early. */
  VALIDATION,
  /** What is held back until the end. */
  TEST;

  /** The name in reports and metrics: {@code train}, {@code validation}, {@code test}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
