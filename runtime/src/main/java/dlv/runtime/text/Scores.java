package dlv.runtime.text;

import java.util.List;

/** Figures about sentences that a network wrote, beside {@link Bleu}. */
public final class Scores {
  private Scores() {}

  /** The share of sentences that are their truth to the last symbol. */
  public static <T> double exactMatch(List<T> written, List<T> truth) {
    if (written.size() != truth.size() || written.isEmpty()) {
      throw new IllegalArgumentException(written.size() + " sentences against " + truth.size());
    }
    int equal = 0;
    for (int i = 0; i < written.size(); i++) {
      equal += written.get(i).equals(truth.get(i)) ? 1 : 0;
    }
    return (double) equal / written.size();
  }

  /** The share of places of the truths at which the same symbol is written; places beyond an end are wrong. */
  public static double tokenAccuracy(List<int[]> written, List<int[]> truth) {
    if (written.size() != truth.size() || written.isEmpty()) {
      throw new IllegalArgumentException(written.size() + " sentences against " + truth.size());
    }
    long equal = 0;
    long all = 0;
    for (int i = 0; i < truth.size(); i++) {
      int[] right = truth.get(i);
      all += right.length;
      for (int t = 0; t < right.length && t < written.get(i).length; t++) {
        equal += right[t] == written.get(i)[t] ? 1 : 0;
      }
    }
    return all == 0 ? 1 : (double) equal / all;
  }

  /** The perplexity of a mean negative log-likelihood in nats: as many symbols as if one had to guess among evenly. */
  public static double perplexity(double nats) {
    return Math.exp(nats);
  }
}
