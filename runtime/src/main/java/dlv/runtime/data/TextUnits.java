package dlv.runtime.data;

import dlv.runtime.text.Unit;
import dlv.runtime.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a source of text cuts it and which symbols it keeps, as the arguments say that all such sources share.
 *
 * @param most the most symbols of a vocabulary
 * @param refuses whether a symbol outside the vocabulary is an error, instead of {@code <unk>}
 */
record TextUnits(Unit unit, int most, boolean lowercase, boolean refuses) {
  static final Parameter UNIT = unit("character");
  static final Parameter VOCABULARY = new Parameter("vocabulary", Parameter.Kind.INT, Optional.of(10_000L),
      "the most words or characters to keep, the most frequent ones");
  static final Parameter UNKNOWN = Parameter.choice("unknown", Optional.of("automatic"),
      "what a symbol that the training text lacks does; automatic: refuse characters, take <unk> for words",
      "automatic", "refuse", "symbol");
  static final Parameter LOWERCASE = new Parameter("lowercase", Parameter.Kind.BOOL, Optional.of(false),
      "whether capitals are taken as small letters");
  private static final int MOST = 1_000_000;

  static Parameter unit(String fallback) {
    return Parameter.choice("unit", Optional.of(fallback), "what texts are cut into", "character", "word", "bytes",
        "bpe(int)");
  }

  static TextUnits of(Arguments arguments) {
    String written = arguments.text("unit");
    Unit unit = Unit.parse(written).orElseThrow(() -> new DataException("", "", "unit: " + written
        + " is none of character, word, bytes, bpe(int)", "write unit: word, for example"));
    if (unit.kind() == Unit.Kind.BPE && (unit.size() < 300 || unit.size() > MOST)) {
      throw new DataException("", "", "unit: " + unit + " is out of range", "give bpe a number of symbols from 300 to "
          + MOST + "; the 256 bytes are among them");
    }
    boolean refuses = arguments.is("unknown", "refuse")
        || arguments.is("unknown", "automatic") && unit.kind() == Unit.Kind.CHARACTER;
    return new TextUnits(unit, arguments.integer("vocabulary", 8, MOST), arguments.flag("lowercase"), refuses);
  }

  /** The vocabulary of training texts, with these marks in front and one for unknown symbols where there can be any. */
  Vocabulary learn(Iterable<String> texts, List<String> marks) {
    List<String> all = new ArrayList<>(marks);
    if (!refuses && !unit.knowsEveryText()) {
      all.add(Vocabulary.UNKNOWN);
    }
    return Vocabulary.learn(unit, texts, most, lowercase, all);
  }
}
