package dlv.runtime.data;

import dlv.runtime.text.Unit;
import dlv.runtime.text.Vocabulary;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Pairs of {@link Phrases}, word by word; a folder of two languages stands in for them. */
final class PhraseSource {
  static final SourceKind KIND = new SourceKind("phrases", "sentences in English and French that the program makes",
      parameters(), Optional.empty(), PhraseSource::open, Optional.of((path, a) ->
          PairFolder.open(path, a.forKind(ParallelTexts.KIND, "longest", "vocabulary")
              .with(Map.of("lowercase", true)))));

  /** So many pairs have every word. */
  private static final int ENOUGH = 5_000;

  private PhraseSource() {}

  private static List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(DrawnSource.parameters(10_000, 1_000, "pairs"));
    parameters.add(new Parameter("longest", Parameter.Kind.INT, Optional.of((long) Phrases.LONGEST),
        "the most words of a sentence"));
    parameters.add(TextUnits.VOCABULARY);
    return parameters;
  }

  private static DataSource open(Arguments arguments) {
    int longest = arguments.integer("longest", Phrases.LONGEST, 1 << 16);
    Sentences source = side("source", Phrases.Pair::english, longest, false);
    Sentences target = side("target", Phrases.Pair::french, longest, true);
    return new DrawnSource(arguments, new DataType(Sentences.fields(source, target)), "of version " + Phrases.VERSION,
        Map.of("vocabulary.source", source.vocabulary().toJson(), "vocabulary.target", target.vocabulary().toJson()),
        () -> (split, random, to) -> put(Phrases.write(random), source, target, to));
  }

  private static Sentences side(String name, Function<Phrases.Pair, String> side, int longest, boolean written) {
    SplitMix random = SplitMix.of(0);
    List<String> texts = Stream.generate(() -> side.apply(Phrases.write(random))).limit(ENOUGH).toList();
    List<String> marks = new ArrayList<>(Sentences.MARKS);
    marks.add(Vocabulary.UNKNOWN);
    return new Sentences(name, Vocabulary.learn(new Unit(Unit.Kind.WORD, 0), texts, Integer.MAX_VALUE, true, marks),
        longest, written);
  }

  private static void put(Phrases.Pair pair, Sentences source, Sentences target, Map<String, ByteBuffer> to) {
    source.put(source.vocabulary().encode(pair.english()), to);
    target.put(target.vocabulary().encode(pair.french()), to);
  }
}
