package dlv.compiler.check;

import dlv.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the checker asks about data: names of sources, their parameters, and the headers of one of them. */
public interface DataTypes {

  /** The names of all kinds of source. */
  List<String> sources();

  /** The parameters of a kind of source, in the order of a call; empty where there is no such kind. */
  Optional<List<Parameter>> parameters(String source);

  /**
   * The type of the data that a call names, from its headers.
   *
   * @param arguments by name, as {@code Long}, {@code Double}, {@code Boolean}, {@code String} or list
   * @param override the path of other data that stands in
   * @throws Unreadable where there are no such data
   */
  Table read(String source, Map<String, Object> arguments, Optional<String> override, Span span);

  /**
   * Rooms for the training rows of a source whose examples differ in length, rising, at most {@code count}: each row goes
   * into the smallest that holds it.
   */
  default List<Long> rooms(String source, Map<String, Object> arguments, Optional<String> override, int count) {
    return List.of();
  }

  /** The type that the data of a line had when the weights at hand were trained; empty where that is not told. */
  default Optional<Table> saved(String line) {
    return Optional.empty();
  }

  /**
   * One parameter of a kind of source; {@code type} as the language writes it: {@code int}, {@code text}, or the words
   * of a choice, {@code character | word | bpe(int)}.
   */
  record Parameter(String name, String type, boolean required) {}

  /** The fields of the data and the rows of each split; whether each row goes on where the one before ended. */
  record Table(List<Field> fields, long trainRows, long validationRows, long testRows, boolean continues) {
    public Table {
      fields = List.copyOf(fields);
    }

    /** The same for examples that take at most so many places. */
    Table shorter(long room) {
      return new Table(fields.stream().map(field -> field.shorter(room)).toList(), trainRows, validationRows, testRows,
          continues);
    }

    /** Rows that have nothing to do with each other. */
    public Table(List<Field> fields, long trainRows, long validationRows, long testRows) {
      this(fields, trainRows, validationRows, testRows, false);
    }
  }

  /**
   * One field of each example.
   *
   * @param element {@code BYTE} for bytes that mean {@code value · scale + offset}, {@code FLOAT}, or {@code INT} for
   *     categories
   * @param classes the names of the categories; empty exactly where the field holds numbers
   * @param lengths for each axis that has room for the longest example, the integer field that says how long it is
   * @param resident the shape that lies in memory, of which {@code shape} are the first places of each axis
   */
  record Field(
      String name,
      dlv.compiler.type.Element element,
      List<Long> shape,
      double scale,
      double offset,
      List<String> classes,
      Map<Integer, String> lengths,
      List<Long> resident) {
    public Field {
      shape = List.copyOf(shape);
      resident = List.copyOf(resident);
      classes = List.copyOf(classes);
      lengths = Map.copyOf(lengths);
    }

    /** A field whose axes are as long in every example. */
    public Field(String name, dlv.compiler.type.Element element, List<Long> shape, double scale, double offset,
        List<String> classes) {
      this(name, element, shape, scale, offset, classes, Map.of());
    }

    /** A field of which all is seen. */
    public Field(String name, dlv.compiler.type.Element element, List<Long> shape, double scale, double offset,
        List<String> classes, Map<Integer, String> lengths) {
      this(name, element, shape, scale, offset, classes, lengths, shape);
    }

    /** The same for examples that take at most so many places. */
    Field shorter(long room) {
      List<Long> seen = new ArrayList<>(shape);
      lengths.keySet().forEach(axis -> seen.set(axis, Math.min(room, shape.get(axis))));
      return new Field(name, element, seen, scale, offset, classes, lengths, resident);
    }
  }

  /** Data that cannot be read as the call says; the message is one sentence, the help a way out. */
  final class Unreadable extends RuntimeException {
    private final String help;

    public Unreadable(String message, String help) {
      super(message, null, false, false);
      this.help = help;
    }

    public String help() {
      return help;
    }
  }
}
