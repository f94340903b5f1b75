package dlv.runtime.text;

import dlv.runtime.json.Json;
import dlv.runtime.json.JsonView;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The symbols that texts are made of, by number: marks first, then what was found in the training text.
 *
 * <p>Characters stand in the order of their code points, words by how often they occur, equally frequent ones by
 * alphabet, bytes and byte pairs as {@link BytePairs} numbers them.
 */
public final class Vocabulary {
  /** What fills the places behind the end of a sentence. */
  public static final String PAD = "<pad>";
  /** What stands before the first symbol of a sentence that is written. */
  public static final String START = "<sos>";
  /** What stands behind the last symbol of a sentence. */
  public static final String END = "<eos>";
  /** What stands for symbols that are not in the vocabulary. */
  public static final String UNKNOWN = "<unk>";

  private final Unit unit;
  private final boolean lowercase;
  private final List<String> marks;
  private final List<String> symbols;
  private final BytePairs pairs;
  private final Map<String, Integer> numbers = new HashMap<>();

  private Vocabulary(Unit unit, boolean lowercase, List<String> marks, List<String> found, BytePairs pairs) {
    this.unit = unit;
    this.lowercase = lowercase;
    this.marks = List.copyOf(marks);
    this.pairs = pairs;
    this.symbols = new ArrayList<>(marks);
    symbols.addAll(found);
    for (int i = 0; i < symbols.size(); i++) {
      if (numbers.put(symbols.get(i), i) != null && pairs == null) {
        throw new IllegalArgumentException("the symbol \"" + symbols.get(i) + "\" stands twice in the vocabulary");
      }
    }
  }

  /** A symbol of a text that is not in the vocabulary, in which nothing stands for unknown ones. */
  public static final class UnknownSymbol extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String symbol;
    private final int at;

    UnknownSymbol(String symbol, int at) {
      super("\"" + shown(symbol) + "\" is not in the vocabulary", null, false, false);
      this.symbol = symbol;
      this.at = at;
    }

    /** Where it stands in the text that was encoded. */
    public int at() {
      return at;
    }

    /** The symbol. */
    public String symbol() {
      return symbol;
    }
  }

  /** A symbol as a message can show it. */
  public static String shown(String symbol) {
    return symbol.codePoints().mapToObj(c -> Character.isISOControl(c) ? String.format("\\u%04x", c)
        : Character.toString(c)).collect(Collectors.joining());
  }

  /**
   * The vocabulary of a text.
   *
   * @param most the most words or characters to keep, marks among them; bytes and byte pairs have a size of their own
   * @param lowercase whether capitals are taken as small letters
   * @param marks what stands in front, some of {@link #PAD}, {@link #START}, {@link #END}, {@link #UNKNOWN}
   */
  public static Vocabulary learn(Unit unit, Iterable<String> texts, int most, boolean lowercase, List<String> marks) {
    return switch (unit.kind()) {
      case CHARACTER, WORD -> new Vocabulary(unit, lowercase, marks,
          frequent(unit, texts, Math.max(0, most - marks.size()), lowercase), null);
      case BYTES -> ofPairs(unit, lowercase, marks, new BytePairs(List.of()));
      case BPE -> {
        Map<String, Long> pieces = new HashMap<>();
        texts.forEach(text -> pieces(cased(text, lowercase)).forEach(piece -> pieces.merge(piece, 1L, Long::sum)));
        yield ofPairs(unit, lowercase, marks, BytePairs.learn(pieces, unit.size() - marks.size()));
      }
    };
  }

  private static List<String> frequent(Unit unit, Iterable<String> texts, int most, boolean lowercase) {
    Map<String, long[]> counts = new HashMap<>();
    texts.forEach(text -> split(unit, cased(text, lowercase), (symbol, at) ->
        counts.computeIfAbsent(symbol, s -> new long[1])[0]++));
    List<String> found = counts.entrySet().stream()
        .sorted(Comparator.<Map.Entry<String, long[]>>comparingLong(e -> -e.getValue()[0])
            .thenComparing(Map.Entry::getKey)).limit(most).map(Map.Entry::getKey).collect(Collectors.toList());
    if (unit.kind() == Unit.Kind.CHARACTER) {
      found.sort(Comparator.comparingInt(s -> s.codePointAt(0)));
    }
    return found;
  }

  private static Vocabulary ofPairs(Unit unit, boolean lowercase, List<String> marks, BytePairs pairs) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      names.add(name(pairs.bytes(i)));
    }
    return new Vocabulary(unit, lowercase, marks, names, pairs);
  }

  /** The text that bytes are, or the bytes in hexadecimal where they are none. */
  private static String name(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    StringBuilder hex = new StringBuilder("<");
    for (byte b : bytes) {
      hex.append(String.format("%02X", b));
    }
    return hex.append('>').toString();
  }

  private static String cased(String text, boolean lowercase) {
    return lowercase ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static void split(Unit unit, String text, Words.Taker to) {
    if (unit.kind() == Unit.Kind.WORD) {
      Words.split(text, to);
      return;
    }
    for (int at = 0; at < text.length(); ) {
      int end = at + Character.charCount(text.codePointAt(at));
      to.take(text.substring(at, end), at);
      at = end;
    }
  }

  /** A text in pieces that byte pairs do not cross: white space with the letters, or with the other signs, behind it. */
  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      int first = end;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))
          && isWord(text, first) == isWord(text, end)) {
        end++;
      }
      pieces.add(text.substring(at, end));
      at = end;
    }
    return pieces;
  }

  private static boolean isWord(String text, int at) {
    char c = text.charAt(at);
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  /**
   * The numbers of a text's symbols, without marks around them.
   *
   * @throws UnknownSymbol where a symbol is not in the vocabulary and {@link #UNKNOWN} is not either
   */
  public int[] encode(String text) {
    Numbers to = new Numbers();
    String cased = cased(text, lowercase);
    if (unit.kind() == Unit.Kind.BPE) {
      pieces(cased).forEach(piece -> to.addAll(pairs.encode(piece), marks.size()));
    } else if (unit.kind() == Unit.Kind.BYTES) {
      for (byte b : cased.getBytes(StandardCharsets.UTF_8)) {
        to.add(marks.size() + (b & 0xFF));
      }
    } else {
      Integer unknown = numbers.get(UNKNOWN);
      split(unit, cased, (symbol, at) -> {
        Integer number = numbers.getOrDefault(symbol, unknown);
        if (number == null) {
          throw new UnknownSymbol(symbol, at);
        }
        to.add(number);
      });
    }
    return to.toArray();
  }

  /** The text of these numbers, up to {@link #END}; {@link #PAD} and {@link #START} are passed over. */
  public String decode(int... sentence) {
    List<String> words = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int number : sentence) {
      String symbol = symbols.get(number);
      boolean mark = number < marks.size();
      if (mark && symbol.equals(END)) {
        break;
      }
      if (mark && !symbol.equals(UNKNOWN)) {
        continue;
      }
      words.add(symbol);
      bytes.writeBytes(pairs == null || mark ? symbol.getBytes(StandardCharsets.UTF_8)
          : pairs.bytes(number - marks.size()));
    }
    return unit.kind() == Unit.Kind.WORD ? Words.join(words) : bytes.toString(StandardCharsets.UTF_8);
  }

  /** A text as this vocabulary takes it: in small letters where it knows no others. */
  public String normalised(String text) {
    return lowercase ? text.toLowerCase(Locale.ROOT) : text;
  }

  /** How many symbols there are, marks among them. */
  public int size() {
    return symbols.size();
  }

  /** The symbols by number, as answers show them. */
  public List<String> symbols() {
    return List.copyOf(symbols);
  }

  /** The number of a symbol. */
  public int number(String symbol) {
    return numbers.get(symbol);
  }

  /** What texts are cut into. */
  public Unit unit() {
    return unit;
  }

  /** All of it on one line, for the metadata of a weights file. */
  public String toJson() {
    Json.Builder json = Json.object().put("unit", unit.toString()).put("lowercase", lowercase)
        .put("marks", marks, Json::of);
    if (pairs == null) {
      json.put("symbols", symbols.subList(marks.size(), symbols.size()), Json::of);
    } else {
      json.put("merges", pairs.merges(), pair -> Json.of(List.of(Json.of((long) pair[0]), Json.of((long) pair[1]))));
    }
    return json.build().toLine();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException where it is not that
   */
  public static Vocabulary parse(String json) {
    JsonView view = Json.parse(json).view();
    Unit unit = Unit.parse(view.at("unit").text()).orElseThrow(() ->
        new IllegalArgumentException("there is no unit " + view.at("unit").text()));
    boolean lowercase = view.at("lowercase").truth();
    List<String> marks = view.at("marks").list(JsonView::text);
    if (unit.knowsEveryText()) {
      return ofPairs(unit, lowercase, marks, new BytePairs(view.at("merges").list(pair ->
          pair.list(JsonView::smallInteger).stream().mapToInt(n -> n).toArray())));
    }
    return new Vocabulary(unit, lowercase, marks, view.at("symbols").list(JsonView::text), null);
  }
}
