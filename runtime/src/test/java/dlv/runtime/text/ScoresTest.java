package dlv.runtime.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
  /** What sacrebleu 2 answers for the same texts, with its tokenizer 13a. */
  @Test
  void bleuOverTheWordsOfMtevalIsThatOfSacrebleu() {
    assertEquals("Hello , world ! It's 3.5 - 2 ( ok ) .", String.join(" ", Mteval.split("Hello, world! It's 3.5-2 (ok).")));
    assertEquals("l'homme est \" là \" : 1,000.50 euros ; a / b -- c & d",
        String.join(" ", Mteval.split("l'homme est \"là\" : 1,000.50 euros; a/b -- c&amp;d")));
    assertEquals("état-major 5 - 6 , n°7 .", String.join(" ", Mteval.split("état-major 5-6, n°7.")));
    assertEquals(List.of(), Mteval.split(" "));
    List<String> written = List.of("The dog bit the man.", "It wasn't surprising.", "The man had just bitten him.",
        "a man rides a red bike, in the street.");
    List<String> truth = List.of("The dog had bit the man.", "It was not unexpected.", "The man bit him first, then left.",
        "a man is riding a red bike in the street.");
    var bleu = new Bleu();
    for (int i = 0; i < written.size(); i++) {
      bleu.add(Mteval.split(written.get(i)), Mteval.split(truth.get(i)));
    }
    assertEquals(27.908154160134504, bleu.score(), 1e-9);
  }

  private static Bleu bleu(String... pairs) {
    Bleu bleu = new Bleu();
    for (int i = 0; i < pairs.length; i += 2) {
      bleu.add(List.of(pairs[i].split(" ")), List.of(pairs[i + 1].split(" ")));
    }
    return bleu;
  }

  /** Papineni et al.'s first example: "the" counts as often as the reference has it. */
  @Test
  void matchesAreClipped() {
    assertEquals(1.0 / 7, bleu("the the the the the the the", "the cat is on the mat").precision(1) / 2, 1e-12);
  }

  /** By hand: 1-grams 5/6, 2-grams 3/5, 3-grams 2/4, 4-grams 1/3; no penalty. */
  @Test
  void aSentenceCountedByHand() {
    Bleu bleu = bleu("the cat sat on the mat", "the cat sat on a mat");
    assertEquals(5.0 / 6, bleu.precision(1), 1e-12);
    assertEquals(3.0 / 5, bleu.precision(2), 1e-12);
    assertEquals(2.0 / 4, bleu.precision(3), 1e-12);
    assertEquals(1.0 / 3, bleu.precision(4), 1e-12);
    assertEquals(100 * Math.pow(5.0 / 6 * 3 / 5 * 2 / 4 / 3, 0.25), bleu.score(), 1e-9);
  }

  /** Counts are summed over the corpus before they are divided; 4 + 6 words against 5 + 7. */
  @Test
  void aCorpusIsNotTheMeanOfItsSentences() {
    Bleu bleu = bleu("a b c d", "a b c d e", "f g h i j k", "f g h i x k y");
    assertEquals(9.0 / 10, bleu.precision(1), 1e-12);
    assertEquals((3 + 3.0) / 8, bleu.precision(2), 1e-12);
    assertEquals((2 + 2.0) / 6, bleu.precision(3), 1e-12);
    assertEquals((1 + 1.0) / 4, bleu.precision(4), 1e-12);
    assertEquals(Math.exp(1 - 12.0 / 10), bleu.brevityPenalty(), 1e-12);
    assertEquals(100 * Math.exp(-0.2) * Math.pow(0.9 * 0.75 * (2.0 / 3) * 0.5, 0.25), bleu.score(), 1e-9);
  }

  @Test
  void perfectAndHopeless() {
    assertEquals(100, bleu("a b c d e", "a b c d e").score(), 1e-9);
    assertEquals(0, bleu("a b c d", "e f g h").score(), 0);
    assertEquals(0, bleu("a b c", "a b c").score(), 0, "there is no four-gram");
    assertEquals(0, new Bleu().score(), 0);
  }

  @Test
  void exactMatchAndTokenAccuracy() {
    assertEquals(0.5, Scores.exactMatch(List.of("ab", "cd"), List.of("ab", "ce")));
    assertEquals(4.0 / 7, Scores.tokenAccuracy(List.of(new int[] {1, 2, 9}, new int[] {5, 6, 7, 8}),
        List.of(new int[] {1, 2, 3, 4}, new int[] {5, 6, 9})));
    assertThrows(IllegalArgumentException.class, () -> Scores.exactMatch(List.of("a"), List.of()));
  }

  /** One of eight, each as likely, takes ln 8 nats. */
  @Test
  void perplexity() {
    assertEquals(8, Scores.perplexity(Math.log(8)), 1e-12);
    assertEquals(1, Scores.perplexity(0), 0);
  }
}
