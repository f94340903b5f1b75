package dlv.runtime.data;

import dlv.runtime.text.Unit;
import dlv.runtime.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Windows of {@link Prose}, each from somewhere in a text of its own. */
final class ProseSource {
  static final SourceKind KIND = new SourceKind("prose", "sentences that the program makes by itself, in windows",
      parameters(), Optional.empty(), ProseSource::open, Optional.of((path, a) ->
          TextStream.open(path, a.forKind(TextStream.KIND, "unit", "length"))));

  private static final int ENOUGH = 200_000;
  /** Where a window begins is drawn among so many symbols: a sentence has fewer. */
  private static final int SENTENCE = 150;
  /** Characters of a word, about, with what separates it. */
  private static final int WORD = 6;

  private ProseSource() {}

  private static List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(DrawnSource.parameters(4096, 512, "windows"));
    parameters.add(2, Parameter.choice("unit", Optional.of("character"), "what the text is cut into", "character",
        "word"));
    parameters.add(3, Windows.LENGTH);
    return parameters;
  }

  private static DataSource open(Arguments arguments) {
    int length = arguments.integer("length", 1, 1 << 16);
    Unit unit = new Unit(arguments.is("unit", "word") ? Unit.Kind.WORD : Unit.Kind.CHARACTER, 0);
    Vocabulary vocabulary = Vocabulary.learn(unit, List.of(Prose.write(SplitMix.of(0), ENOUGH)), Integer.MAX_VALUE,
        false, List.of());
    return new DrawnSource(arguments, Windows.type(vocabulary, length), "written by grammar " + Prose.VERSION,
        Map.of("vocabulary.text", vocabulary.toJson()), () -> (split, random, to) -> {
          int[] numbers = symbols(vocabulary, length + 1 + SENTENCE, random);
          int from = random.below(SENTENCE);
          Rows.put(to.get("inputs"), numbers, from, length);
          Rows.put(to.get("targets"), numbers, from + 1, length);
        });
  }

  /** At least so many symbols. */
  private static int[] symbols(Vocabulary vocabulary, int wanted, SplitMix random) {
    StringBuilder text = new StringBuilder();
    int[] numbers;
    do {
      text.append(Prose.write(random, vocabulary.unit().kind() == Unit.Kind.WORD ? WORD * wanted : wanted));
      numbers = vocabulary.encode(text.toString());
    } while (numbers.length < wanted);
    return numbers;
  }
}
