package dlv.tests.sequences;

import dlv.compiler.check.DataTypes;
import dlv.compiler.ir.Array;
import dlv.compiler.source.Span;
import dlv.compiler.type.Element;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Texts of two to six words, with a tag for each word and a label for each text, in room for {@code room} words.
 *
 * @param room how many words a row holds; what is behind its own is rubbish
 */
record Texts(int room) implements DataTypes {
  private static final List<String> WORDS = List.of("a", "b", "c", "d", "e", "f", "g");
  private static final List<String> TAGS = List.of("0", "1", "2");

  @Override
  public List<String> sources() {
    return List.of("texts");
  }

  @Override
  public Optional<List<Parameter>> parameters(String source) {
    return source.equals("texts") ? Optional.of(List.of()) : Optional.empty();
  }

  @Override
  public List<Long> rooms(String source, Map<String, Object> arguments, Optional<String> override, int count) {
    return count == 2 ? List.of(4L, (long) room) : List.of();
  }

  @Override
  public Table read(String source, Map<String, Object> arguments, Optional<String> override, Span span) {
    Map<Integer, String> own = Map.of(0, "length");
    return new Table(List.of(
        new Field("words", Element.INT, List.of((long) room), 1, 0, WORDS, own),
        new Field("tags", Element.INT, List.of((long) room), 1, 0, TAGS, own),
        new Field("length", Element.INT, List.of(), 1, 0, List.of()),
        new Field("label", Element.INT, List.of(), 1, 0, TAGS)), 5, 0, 5);
  }

  /** The five rows in this order, their names beginning with {@code prefix}. */
  Map<String, Array> rows(String prefix, int... order) {
    double[] words = new double[order.length * room];
    double[] tags = new double[words.length];
    double[] lengths = new double[order.length];
    double[] labels = new double[order.length];
    var rubbish = new Random(room);
    for (int row = 0; row < order.length; row++) {
      var random = new Random(order[row]);
      lengths[row] = 2 + order[row] % 5;
      labels[row] = random.nextInt(TAGS.size());
      for (int place = 0; place < room; place++) {
        var from = place < lengths[row] ? random : rubbish;
        words[row * room + place] = from.nextInt(WORDS.size());
        tags[row * room + place] = from.nextInt(TAGS.size());
      }
    }
    Map<String, Array> rows = new HashMap<>();
    rows.put(prefix + "words", Array.ints(words, order.length, room));
    rows.put(prefix + "tags", Array.ints(tags, order.length, room));
    rows.put(prefix + "length", Array.ints(lengths, order.length));
    rows.put(prefix + "label", Array.ints(labels, order.length));
    return rows;
  }
}
