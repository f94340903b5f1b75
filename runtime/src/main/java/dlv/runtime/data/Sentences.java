package dlv.runtime.data;

import dlv.runtime.text.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sentences as fields of examples, each with room for the longest and a number that says how long this one is.
 *
 * <p>A sentence that is read is the field {@code NAME: index(V)[S]}. One that is written is two fields: {@code
 * NAME.inputs}, the mark {@code <sos>} and the symbols, and {@code NAME.outputs}, the symbols and the mark {@code <eos>};
 * both have one place more than the longest sentence. {@code lengths.NAME: int} goes with either.
 *
 * @param longest the most symbols of a sentence, marks not counted
 * @param written whether a network writes it
 */
record Sentences(String name, Vocabulary vocabulary, int longest, boolean written) {
  static final List<String> MARKS = List.of(Vocabulary.PAD, Vocabulary.START, Vocabulary.END);

  /** The fields of several kinds of sentence: the symbols of each, then the lengths. */
  static List<Field> fields(Sentences... kinds) {
    List<Field> fields = new ArrayList<>();
    for (Sentences kind : kinds) {
      for (String part : kind.parts()) {
        fields.add(Field.sequence(part, kind.room(), kind.vocabulary.symbols(), kind.lengths()));
      }
    }
    for (Sentences kind : kinds) {
      fields.add(Field.whole(kind.lengths()));
    }
    return fields;
  }

  private List<String> parts() {
    return written ? List.of(name + ".inputs", name + ".outputs") : List.of(name);
  }

  /** The field that says how long. */
  private String lengths() {
    return "lengths." + name;
  }

  private int room() {
    return written ? longest + 1 : longest;
  }

  /** How many places of its fields a sentence of so many symbols takes. */
  int length(int symbols) {
    return written ? symbols + 1 : symbols;
  }

  /** Puts a sentence into those buffers that are wanted. */
  void put(int[] symbols, Map<String, ByteBuffer> to) {
    for (String part : parts()) {
      if (to.containsKey(part)) {
        put(part, symbols, to.get(part));
      }
    }
    if (to.containsKey(lengths())) {
      put(lengths(), symbols, to.get(lengths()));
    }
  }

  /** Puts one field of a sentence into a buffer. */
  private void put(String field, int[] symbols, ByteBuffer to) {
    IntBuffer ints = Rows.inNativeOrder(to).asIntBuffer();
    if (field.equals(lengths())) {
      ints.put(length(symbols.length));
    } else {
      if (written && field.endsWith(".inputs")) {
        ints.put(vocabulary.number(Vocabulary.START));
      }
      ints.put(symbols);
      if (written && field.endsWith(".outputs")) {
        ints.put(vocabulary.number(Vocabulary.END));
      }
      for (int i = length(symbols.length); i < room(); i++) {
        ints.put(vocabulary.number(Vocabulary.PAD));
      }
    }
    to.position(to.position() + 4 * ints.position());
  }

  /** A field of many sentences; {@code field} is one of {@link #fields}. */
  Column column(String field, List<int[]> sentences) {
    return new Column() {
      @Override
      public int rows() {
        return sentences.size();
      }

      @Override
      public void copy(int first, int count, ByteBuffer to) {
        sentences.subList(first, first + count).forEach(symbols -> put(field, symbols, to));
      }
    };
  }

  /** Whether a field is one of these sentences. */
  boolean has(String field) {
    return parts().contains(field) || lengths().equals(field);
  }
}
