package dlv.runtime.data;

import java.util.List;

/**
 * Sentences in English and in French, about who does what and where: articles and adjectives follow the gender and the
 * number of their noun, adjectives stand before or behind it, articles are elided, verbs agree.
 */
final class Phrases {
  /** Changes when the sentences do. */
  static final int VERSION = 1;
  /** No sentence has more words than this, in either language, the full stop included. */
  static final int LONGEST = 20;

  /** A sentence in both languages. */
  record Pair(String english, String french) {}

  /** A noun of both languages, one and many of it. */
  private record Noun(String one, String many, String un, String des, boolean feminine) {
    boolean elides() {
      return "aeiouh".indexOf(un.charAt(0)) >= 0;
    }
  }

  /** An adjective; {@code before} where it stands before its noun in French, and {@code vowel} where that begins so. */
  private record Adjective(String english, String masculine, String vowel, String feminine, boolean before) {
    String french(Noun noun, boolean many) {
      String one = noun.feminine() ? feminine : !many && noun.elides() ? vowel : masculine;
      return many && !one.endsWith("x") ? one + "s" : one;
    }
  }

  /** A verb of both languages; of English its participle, what goes with "is" and "are". */
  private record Verb(String doing, String one, String many) {}

  /** A part of a sentence, and whether it is more than one. */
  private record Part(String english, String french, boolean many) {}

  private static final List<Noun> WHO = List.of(new Noun("man", "men", "homme", "hommes", false),
      new Noun("woman", "women", "femme", "femmes", true), new Noun("girl", "girls", "fille", "filles", true),
      new Noun("boy", "boys", "garçon", "garçons", false), new Noun("child", "children", "enfant", "enfants", false),
      new Noun("dog", "dogs", "chien", "chiens", false), new Noun("horse", "horses", "cheval", "chevaux", false),
      new Noun("bird", "birds", "oiseau", "oiseaux", false), new Noun("cow", "cows", "vache", "vaches", true));
  private static final List<Noun> WHAT = List.of(new Noun("ball", "balls", "ballon", "ballons", false),
      new Noun("book", "books", "livre", "livres", false), new Noun("apple", "apples", "pomme", "pommes", true),
      new Noun("flower", "flowers", "fleur", "fleurs", true), new Noun("hat", "hats", "chapeau", "chapeaux", false),
      new Noun("picture", "pictures", "image", "images", true), new Noun("tree", "trees", "arbre", "arbres", false),
      new Noun("chair", "chairs", "chaise", "chaises", true), new Noun("egg", "eggs", "oeuf", "oeufs", false));
  private static final List<Adjective> HOW = List.of(new Adjective("black", "noir", "noir", "noire", false),
      new Adjective("white", "blanc", "blanc", "blanche", false), new Adjective("green", "vert", "vert", "verte", false),
      new Adjective("red", "rouge", "rouge", "rouge", false), new Adjective("blue", "bleu", "bleu", "bleue", false),
      new Adjective("small", "petit", "petit", "petite", true), new Adjective("tall", "grand", "grand", "grande", true),
      new Adjective("young", "jeune", "jeune", "jeune", true), new Adjective("old", "vieux", "vieil", "vieille", true));
  private static final List<Verb> DOES = List.of(new Verb("holding", "tient", "tiennent"),
      new Verb("painting", "peint", "peignent"), new Verb("looking at", "regarde", "regardent"),
      new Verb("carrying", "porte", "portent"), new Verb("hiding", "cache", "cachent"));
  private static final List<Verb> RESTS = List.of(new Verb("sleeping", "dort", "dorment"),
      new Verb("running", "court", "courent"), new Verb("waiting", "attend", "attendent"),
      new Verb("smiling", "sourit", "sourient"));
  private static final List<Part> WHERE = List.of(new Part("in the street", "dans la rue", false),
      new Part("on the beach", "sur la plage", false), new Part("near a house", "près d'une maison", false),
      new Part("in front of a door", "devant une porte", false), new Part("at night", "la nuit", false));

  private final SplitMix random;

  private Phrases(SplitMix random) {
    this.random = random;
  }

  /** One pair of sentences, lower case. */
  static Pair write(SplitMix random) {
    return new Phrases(random).sentence();
  }

  private Pair sentence() {
    Part clause = clause();
    if (random.below(2) == 0) {
      clause = joined(clause, pick(WHERE));
    }
    return new Pair(clause.english() + " .", clause.french() + " .");
  }

  private Part clause() {
    Part who = some(pick(WHO));
    if (random.below(3) == 0) {
      return joined(who, does(pick(RESTS), who.many()));
    }
    return joined(joined(who, does(pick(DOES), who.many())), some(pick(WHAT)));
  }

  private static Part does(Verb verb, boolean many) {
    return new Part((many ? "are " : "is ") + verb.doing(), many ? verb.many() : verb.one(), many);
  }

  private static Part joined(Part a, Part b) {
    return new Part(a.english() + " " + b.english(), a.french() + " " + b.french(), a.many());
  }

  /** A noun with what goes before and behind it. */
  private Part some(Noun noun) {
    boolean many = random.below(3) == 0;
    boolean known = random.below(2) == 0;
    boolean described = random.below(2) == 0;
    Adjective how = pick(HOW);
    String english = (described ? how.english() + " " : "") + (many ? noun.many() : noun.one());
    String french = many ? noun.des() : noun.un();
    boolean elided = noun.elides();
    if (described) {
      french = how.before() ? how.french(noun, many) + " " + french : french + " " + how.french(noun, many);
      elided &= !how.before();
    }
    if (many) {
      return new Part((known ? "the " : "two ") + english, (known ? "les " : "deux ") + french, true);
    }
    String a = "aeiou".indexOf(english.charAt(0)) >= 0 ? "an " : "a ";
    String the = elided ? "l'" : noun.feminine() ? "la " : "le ";
    return new Part((known ? "the " : a) + english, (known ? the : noun.feminine() ? "une " : "un ") + french, false);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.below(from.size()));
  }
}
