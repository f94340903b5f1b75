package dlv.runtime.data;

import dlv.runtime.text.Unit;
import dlv.runtime.text.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Windows of {@link Prose}: row i is a pure function of seed, split, i and, while training, the epoch. */
final class ProseSource implements DataSource {
  static final SourceKind KIND = new SourceKind("prose", "sentences that the program makes by itself, in windows",
      List.of(new Parameter("train", Parameter.Kind.INT, Optional.of(4096L), "training windows an epoch"),
      new Parameter("test", Parameter.Kind.INT, Optional.of(512L), "windows held back"),
      Parameter.choice("unit", Optional.of("character"), "what the text is cut into", "character", "word"),
      Windows.LENGTH, new Parameter("seed", Parameter.Kind.INT, Optional.of(1L), "the seed of the sentences")),
      Optional.empty(), ProseSource::new, Optional.of((path, a) ->
          TextStream.open(path, a.forKind(TextStream.KIND, "unit", "length"))));

  private static final int MOST = 10_000_000;
  private static final int ENOUGH = 200_000;
  /** Where a window begins is drawn among so many symbols: a sentence has fewer. */
  private static final int SENTENCE = 150;
  /** Characters of a word, about, with what separates it. */
  private static final int WORD = 6;

  private final Arguments arguments;
  private final Vocabulary vocabulary;
  private final DataType type;
  private final int length;
  private final long seed;

  private ProseSource(Arguments arguments) {
    this.arguments = arguments;
    this.length = arguments.integer("length", 1, 1 << 16);
    this.seed = arguments.whole("seed");
    Unit unit = new Unit(arguments.is("unit", "word") ? Unit.Kind.WORD : Unit.Kind.CHARACTER, 0);
    this.vocabulary = Vocabulary.learn(unit, List.of(Prose.write(SplitMix.of(0), ENOUGH)), MOST, false, List.of());
    this.type = Windows.type(vocabulary, length);
    rows(Split.TEST);
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public int rows(Split split) {
    return switch (split) {
      case TRAIN -> arguments.integer("train", 1, MOST);
      case VALIDATION -> 0;
      case TEST -> arguments.integer("test", 0, MOST);
    };
  }

  @Override
  public boolean changesByEpoch(Split split) {
    return split == Split.TRAIN;
  }

  @Override
  public void fill(Split split, long epoch, int first, int count, Map<String, ByteBuffer> to) {
    Objects.checkFromIndexSize(first, count, rows(split));
    for (int i = first; i < first + count; i++) {
      SplitMix random = SplitMix.of(seed, split.ordinal(), split == Split.TRAIN ? epoch : 0, i);
      int[] numbers = symbols(random);
      int from = random.below(SENTENCE);
      put(to.get("inputs"), numbers, from);
      put(to.get("targets"), numbers, from + 1);
    }
  }

  /** So many symbols that a window and a shift fit in. */
  private int[] symbols(SplitMix random) {
    int wanted = length + 1 + SENTENCE;
    StringBuilder text = new StringBuilder();
    int[] numbers;
    do {
      text.append(Prose.write(random, vocabulary.unit().kind() == Unit.Kind.WORD ? WORD * wanted : wanted));
      numbers = vocabulary.encode(text.toString());
    } while (numbers.length < wanted);
    return numbers;
  }

  private void put(ByteBuffer buffer, int[] numbers, int from) {
    if (buffer != null) {
      IntBuffer ints = Rows.inNativeOrder(buffer).asIntBuffer();
      ints.put(numbers, from, length);
      buffer.position(buffer.position() + 4 * length);
    }
  }

  @Override
  public String fingerprint() {
    return arguments + " written by grammar " + Prose.VERSION;
  }

  @Override
  public Map<String, String> learned() {
    return Map.of("vocabulary.text", vocabulary.toJson());
  }

  @Override
  public void close() {
    // nothing is held
  }
}
