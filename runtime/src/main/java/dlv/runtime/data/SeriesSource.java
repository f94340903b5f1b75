package dlv.runtime.data;

import dlv.runtime.json.Json;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A column of a CSV file as a series in time: {@code history: float[T, 1]}, the values of a window, and {@code future:
 * float[A]}, those that follow. It is cut by place: what is held back comes last. Values are scaled to mean 0 and
 * deviation 1 by the training part alone.
 */
final class SeriesSource {
  static final Parameter WINDOW = new Parameter("window", Parameter.Kind.INT, Optional.of(24L), "values that are seen");
  static final Parameter AHEAD =
      new Parameter("ahead", Parameter.Kind.INT, Optional.of(1L), "values that are foretold");
  static final Parameter VALIDATION = new Parameter("validation", Parameter.Kind.REAL, Optional.of(0.0),
      "the share held back before the test part");
  static final Parameter TEST = new Parameter("test", Parameter.Kind.REAL, Optional.of(0.2),
      "the share held back for test, the end");
  static final SourceKind KIND = new SourceKind("series", "windows over a column of a CSV file, in time", List.of(
      new Parameter("file", Parameter.Kind.TEXT, Optional.empty(), "the path of the CSV file, in the order of time"),
      new Parameter("column", Parameter.Kind.TEXT, Optional.of(""), "the column, by name; the last where none is named"),
      WINDOW, AHEAD, VALIDATION, TEST), Optional.empty(), a -> open(a.path("file"), a),
      Optional.of(SeriesSource::open));
  private static final int LONGEST = 1 << 20;

  private SeriesSource() {}

  static DataSource open(Path path, Arguments arguments) {
    return cut(read(path, arguments.text("column")), path.toString(), arguments).dependsOn(path);
  }

  /** Windows over values, which are scaled in place; {@code name} stands for them in messages. */
  static FileSource cut(float[] values, String name, Arguments arguments) {
    int window = arguments.integer("window", 1, LONGEST);
    int ahead = arguments.integer("ahead", 1, LONGEST);
    double validation = arguments.share("validation");
    double test = arguments.share("test");
    if (test + validation >= 1) {
      throw new DataException("", "", "validation: " + validation + " and test: " + test
          + " leave nothing for training", "lower one of them");
    }
    int first = (int) Math.round(values.length * (1 - validation - test));
    int second = (int) Math.round(values.length * (1 - test));
    if (first < window + ahead) {
      throw new DataException(name, "", "the training part has " + first + " values, and a window of " + window
          + " with " + ahead + " ahead takes " + (window + ahead), "lower window or ahead, or hold back less");
    }
    FileSource source = new FileSource(new DataType(List.of(Field.floats("history", List.of(window, 1)),
        Field.floats("future", List.of(ahead)))));
    scale(values, first, name, source);
    Map<Split, int[]> parts = new LinkedHashMap<>();
    parts.put(Split.TRAIN, new int[] {window, first});
    parts.put(Split.VALIDATION, new int[] {Math.max(window, first), second});
    parts.put(Split.TEST, new int[] {Math.max(window, second), values.length});
    parts.forEach((split, part) -> add(source, split, values, part, window, ahead));
    return source;
  }

  /** The windows whose futures lie within a part; their histories may reach into the part before. */
  private static void add(FileSource source, Split split, float[] values, int[] part, int window, int ahead) {
    int rows = part[1] - part[0] - ahead + 1;
    if (rows > 0) {
      source.split(split, List.of(slices(values, part[0] - window, window, rows),
          slices(values, part[0], ahead, rows)));
    }
  }

  /** Rows that begin one place after another. */
  private static Column slices(float[] values, int from, int width, int rows) {
    return new Column() {
      @Override
      public int rows() {
        return rows;
      }

      @Override
      public void copy(int first, int count, ByteBuffer to) {
        for (int i = first; i < first + count; i++) {
          to.asFloatBuffer().put(values, from + i, width);
          to.position(to.position() + 4 * width);
        }
      }
    };
  }

  private static void scale(float[] values, int training, String name, FileSource source) {
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < training; i++) {
      mean += values[i] / training;
    }
    for (int i = 0; i < training; i++) {
      squares += (values[i] - mean) * (values[i] - mean) / training;
    }
    double deviation = Math.sqrt(squares);
    if (deviation <= 1e-7 * Math.abs(mean)) {
      source.warn(name + ": the values of the training part are all " + (float) mean);
      deviation = 1;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - mean) / deviation);
    }
    source.learned("scaling.future", Json.object().put("mean", mean).put("deviation", deviation).build().toLine());
  }

  private static float[] read(Path path, String column) {
    FloatList values = new FloatList();
    try (Csv csv = Csv.open(path)) {
      if (!csv.next()) {
        throw DataException.of(path, "the file has no rows", "give a CSV file with a header and a line for each value");
      }
      List<String> names = csv.cells();
      int at = column.isEmpty() ? names.size() - 1 : names.indexOf(column);
      if (at < 0) {
        throw csv.fault(0, "there is no column " + column, "the columns are: " + String.join(", ",
            names.subList(0, Math.min(20, names.size()))));
      }
      while (csv.next()) {
        if (csv.cells().size() != names.size()) {
          throw csv.fault(Math.min(csv.cells().size(), names.size()), csv.cells().size()
              + " cells, where the first line has " + names.size(), "give every row the same cells");
        }
        values.add(csv.number(at, names.get(at)));
      }
    }
    return values.toArray();
  }
}
