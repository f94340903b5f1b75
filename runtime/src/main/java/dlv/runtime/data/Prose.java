package dlv.runtime.data;

import java.util.List;

/**
 * A small language that the program speaks by itself: a grammar of a few hundred kinds of sentence, in which articles,
 * numbers and verbs agree, so that a model has something to learn beyond the frequency of letters.
 */
final class Prose {
  /** Changes when the sentences do. */
  static final int VERSION = 1;

  private static final List<String> ONE = List.of("cat", "dog", "owl", "fox", "king", "child", "ship", "river", "wind",
      "star", "old man", "apple tree", "island");
  private static final List<String> MANY = List.of("cats", "dogs", "owls", "foxes", "kings", "children", "ships",
      "rivers", "winds", "stars", "old men", "apple trees", "islands");
  private static final List<String> KINDS = List.of("small", "grey", "quiet", "early", "bright", "unknown", "empty");
  private static final List<String> SEES = List.of("sees", "follows", "remembers", "avoids", "hears", "finds");
  private static final List<String> SEE = List.of("see", "follow", "remember", "avoid", "hear", "find");
  private static final List<String> RESTS = List.of("sleeps", "waits", "sings", "turns away", "grows old");
  private static final List<String> REST = List.of("sleep", "wait", "sing", "turn away", "grow old");
  private static final List<String> WHEN = List.of("at night", "in the morning", "before the rain", "after the war",
      "all day");
  private static final List<String> NUMBERS = List.of("two", "three", "seven", "many");

  private Prose() {}

  /** Sentences, each ended by a point and a space or, now and then, a line break; at least so many characters. */
  static String write(SplitMix random, int characters) {
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      int start = text.length();
      sentence(text, random);
      text.setCharAt(start, Character.toUpperCase(text.charAt(start)));
      text.append(random.below(5) == 0 ? ".\n" : ". ");
    }
    return text.toString();
  }

  private static void sentence(StringBuilder text, SplitMix random) {
    if (random.below(4) == 0) {
      text.append(pick(WHEN, random)).append(", ");
    }
    clause(text, random);
    if (random.below(4) == 0) {
      text.append(random.below(2) == 0 ? ", and " : ", but ");
      clause(text, random);
    }
  }

  private static void clause(StringBuilder text, SplitMix random) {
    boolean many = someone(text, random);
    text.append(' ');
    if (random.below(3) == 0) {
      text.append(pick(many ? REST : RESTS, random));
    } else {
      text.append(pick(many ? SEE : SEES, random)).append(' ');
      someone(text, random);
    }
  }

  /** Writes who or what; whether it is more than one. */
  private static boolean someone(StringBuilder text, SplitMix random) {
    boolean many = random.below(3) == 0;
    String kind = random.below(3) == 0 ? pick(KINDS, random) + " " : "";
    String what = kind + pick(many ? MANY : ONE, random);
    if (many) {
      text.append(random.below(2) == 0 ? "the" : pick(NUMBERS, random));
    } else {
      text.append(random.below(2) == 0 ? "the" : "aeiou".indexOf(what.charAt(0)) >= 0 ? "an" : "a");
    }
    text.append(' ').append(what);
    return many;
  }

  private static String pick(List<String> from, SplitMix random) {
    return from.get(random.below(from.size()));
  }
}
