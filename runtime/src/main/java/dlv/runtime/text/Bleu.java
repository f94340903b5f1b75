package dlv.runtime.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The BLEU score of a corpus (Papineni, Roukos, Ward, Zhu 2002) as multi-bleu computes it over given words: clipped
 * n-gram precisions up to four summed over the corpus, their geometric mean, and the brevity penalty. Over the words of
 * {@link Mteval} it is what sacrebleu computes, but for smoothing: it is 0 where no four-gram fits.
 */
public final class Bleu {
  private static final int ORDERS = 4;

  private final long[] matches = new long[ORDERS];
  private final long[] totals = new long[ORDERS];
  private long written;
  private long reference;

  /** Takes a sentence and what it should be. */
  public void add(List<String> sentence, List<String> truth) {
    written += sentence.size();
    reference += truth.size();
    for (int n = 1; n <= ORDERS; n++) {
      Map<List<String>, Integer> there = grams(truth, n);
      for (Map.Entry<List<String>, Integer> gram : grams(sentence, n).entrySet()) {
        matches[n - 1] += Math.min(gram.getValue(), there.getOrDefault(gram.getKey(), 0));
        totals[n - 1] += gram.getValue();
      }
    }
  }

  private static Map<List<String>, Integer> grams(List<String> words, int n) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= words.size(); i++) {
      counts.merge(List.copyOf(words.subList(i, i + n)), 1, Integer::sum);
    }
    return counts;
  }

  /** The share of n-grams that fit, n from 1 to 4; 0 where there are none. */
  public double precision(int n) {
    return totals[n - 1] == 0 ? 0 : (double) matches[n - 1] / totals[n - 1];
  }

  /** What shortness costs: 1 where the sentences together are as long as the references. */
  public double brevityPenalty() {
    return written >= reference ? 1 : written == 0 ? 0 : Math.exp(1 - (double) reference / written);
  }

  /** The score, 0 to 100. */
  public double score() {
    double logs = 0;
    for (int n = 1; n <= ORDERS; n++) {
      logs += Math.log(precision(n));
    }
    return 100 * brevityPenalty() * Math.exp(logs / ORDERS);
  }
}
