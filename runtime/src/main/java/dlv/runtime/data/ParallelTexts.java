package dlv.runtime.data;

import dlv.runtime.text.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two files whose n-th lines say the same, as pairs of sentences: {@code source}, {@code target.inputs}, {@code
 * target.outputs} and their lengths, as {@link Sentences} has them. Each side has the vocabulary of its training lines.
 */
final class ParallelTexts {
  static final SourceKind KIND = new SourceKind("parallel", "pairs of lines of two files", List.of(
      new Parameter("source", Parameter.Kind.TEXT, Optional.empty(), "the file of the sentences that are read"),
      new Parameter("target", Parameter.Kind.TEXT, Optional.empty(), "the file of the sentences that are written"),
      TextUnits.unit("word"),
      new Parameter("longest", Parameter.Kind.INT, Optional.of(30L), "the most symbols of a sentence"),
      TextUnits.VOCABULARY, TextUnits.UNKNOWN, TextUnits.LOWERCASE,
      new Parameter("validations", Parameter.Kind.TEXTS, Optional.of(List.of()), "two more files: validation pairs"),
      new Parameter("tests", Parameter.Kind.TEXTS, Optional.of(List.of()), "two more files: test pairs"),
      new Parameter("validation", Parameter.Kind.REAL, Optional.of(0.0), "the share of pairs held back for validation"),
      new Parameter("test", Parameter.Kind.REAL, Optional.of(0.0), "the share of pairs held back for test"),
      new Parameter("seed", Parameter.Kind.INT, Optional.of(1L), "the seed by which pairs are held back")),
      Optional.empty(), ParallelTexts::open, Optional.of(PairFolder::open));

  /** A line of each file, at the same place. */
  private record Pair(int line, String source, String target) {}

  /** Both files with their lines. */
  private record Files(Path source, Path target, List<Pair> pairs) {}

  private final Arguments arguments;
  private final int longest;
  private final Map<Split, Files> files = new EnumMap<>(Split.class);
  private Sentences source;
  private Sentences target;

  private ParallelTexts(Arguments arguments) {
    this.arguments = arguments;
    this.longest = arguments.integer("longest", 1, 1 << 16);
  }

  static DataSource open(Arguments arguments) {
    return new ParallelTexts(arguments).open();
  }

  private DataSource open() {
    TextUnits units = TextUnits.of(arguments);
    Files all = read(arguments.path("source"), arguments.path("target"));
    Shares.cut(arguments, all.pairs().size()).forEach((split, rows) -> files.put(split, new Files(all.source(),
        all.target(), Arrays.stream(rows).mapToObj(all.pairs()::get).toList())));
    more("validations", Split.VALIDATION);
    more("tests", Split.TEST);
    List<Pair> training = files.get(Split.TRAIN).pairs();
    source = new Sentences("source", units.learn(training.stream().map(Pair::source)::iterator, Sentences.MARKS),
        longest, false);
    target = new Sentences("target", units.learn(training.stream().map(Pair::target)::iterator, Sentences.MARKS),
        longest, true);
    FileSource rows = new FileSource(new DataType(Sentences.fields(source, target)))
        .learned("vocabulary.source", source.vocabulary().toJson())
        .learned("vocabulary.target", target.vocabulary().toJson());
    files.forEach((split, of) -> add(rows, split, of));
    return rows;
  }

  private void more(String parameter, Split split) {
    List<Path> paths = arguments.paths(parameter);
    if (paths.size() != 2 && !paths.isEmpty()) {
      throw new DataException("", "", parameter + " names " + paths.size() + " files, and pairs need two",
          "write " + parameter + ": [\"more.en\", \"more.fr\"]");
    }
    if (!paths.isEmpty() && files.containsKey(split)) {
      throw new DataException("", "", "both " + parameter + " and a share say what is held back for " + split,
          "give one of them");
    }
    if (!paths.isEmpty()) {
      files.put(split, read(paths.get(0), paths.get(1)));
    }
  }

  private static Files read(Path source, Path target) {
    TextFile first = TextFile.read(source);
    TextFile second = TextFile.read(target);
    List<String> sources = first.lines();
    List<String> targets = second.lines();
    if (sources.size() != targets.size()) {
      throw DataException.of(target, targets.size() + " lines, and " + source.getFileName() + " has " + sources.size(),
          "line n of both files must say the same: find the line that is missing in one");
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      boolean none = sources.get(i).isBlank();
      if (none || targets.get(i).isBlank()) {
        throw DataException.atLine(none ? source : target, i + 1L, 1, "the line is empty",
            "write a sentence there, or remove the line from both files");
      }
      pairs.add(new Pair(i + 1, sources.get(i).strip(), targets.get(i).strip()));
    }
    return new Files(source, target, pairs);
  }

  private void add(FileSource rows, Split split, Files of) {
    List<int[]> sources = new ArrayList<>();
    List<int[]> targets = new ArrayList<>();
    int cut = 0;
    for (Pair pair : of.pairs()) {
      int[] a = encode(source, pair.source(), of.source(), pair.line());
      int[] b = encode(target, pair.target(), of.target(), pair.line());
      boolean fits = a.length <= longest && b.length <= longest;
      cut += fits ? 0 : 1;
      if (fits || split != Split.TRAIN) {
        sources.add(Arrays.copyOf(a, Math.min(a.length, longest)));
        targets.add(Arrays.copyOf(b, Math.min(b.length, longest)));
      }
    }
    if (sources.isEmpty()) {
      throw DataException.of(of.source(), "no pair has at most " + longest + " symbols on both sides",
          "raise longest");
    }
    if (cut > 0) {
      rows.warn(of.source() + ": " + cut + " of " + of.pairs().size() + " pairs are longer than " + longest
          + " symbols, and are " + (split == Split.TRAIN ? "left out" : "cut off there"));
    }
    if (split != Split.TRAIN) {
      rows.texts(split, Map.of(source.name(), of.pairs().stream().map(Pair::source).toList(),
          target.name(), of.pairs().stream().map(Pair::target).toList()));
    }
    rows.dependsOn(of.source(), of.target()).split(split, rows.type().fields().stream().map(field ->
        source.has(field.name()) ? source.column(field.name(), sources) : target.column(field.name(), targets))
        .toList());
  }

  private static int[] encode(Sentences side, String text, Path file, int line) {
    try {
      return side.vocabulary().encode(text);
    } catch (Vocabulary.UnknownSymbol e) {
      throw DataException.atLine(file, line, text.codePointCount(0, Math.min(e.at(), text.length())) + 1L,
          e.getMessage() + ", which the training text makes", "let one symbol stand for all that are unknown with"
              + " unknown: symbol");
    }
  }
}
