package dlv.runtime.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A CSV file: {@code features}, the columns of numbers; and {@code label}, a column of texts as categories, or
 * {@code target}, a column of numbers to predict.
 */
final class Table {
  static final SourceKind KIND = new SourceKind("table", "the rows of a CSV file", Stream.concat(Stream.of(
      new Parameter("file", Parameter.Kind.TEXT, Optional.empty(), "the path of the CSV file"),
      new Parameter("label", Parameter.Kind.TEXT, Optional.of(""), "the column of classes, by name"),
      new Parameter("target", Parameter.Kind.TEXT, Optional.of(""), "the column of numbers to predict, by name"),
      new Parameter("features", Parameter.Kind.TEXTS, Optional.of(List.of()),
          "the columns that features takes, all that are left where none is named"),
      new Parameter("header", Parameter.Kind.BOOL, Optional.of(true),
          "whether the first line names the columns; else their names are \"1\", \"2\" and so on"),
      new Parameter("missing", Parameter.Kind.TEXT, Optional.of("refuse"),
          "what an empty cell does: \"refuse\" the file or \"drop\" the row"),
      new Parameter("tests", Parameter.Kind.TEXT, Optional.of(""), "a second CSV file: the test rows")),
      Shares.PARAMETERS.stream()).toList(), Optional.empty(), a -> open(a.path("file"), a, Optional.empty()));

  private final Path file;
  private final Arguments arguments;
  private final Columns columns;
  private final List<String> classes;

  /** Which columns go where; -1 where there is none. */
  private record Columns(List<String> names, int[] features, int label, int target) {}

  private Table(Path file, Arguments arguments, Columns columns, List<String> classes) {
    this.file = file;
    this.arguments = arguments;
    this.columns = columns;
    this.classes = classes;
  }

  /** The rows of one file. */
  private record Rows(FloatList features, FloatList targets, IntList labels, int count) {}

  static DataSource open(Path path, Arguments arguments, Optional<DataType> wanted) {
    if (!List.of("refuse", "drop").contains(arguments.text("missing"))) {
      throw new DataException("", "", "table(missing: \"" + arguments.text("missing") + "\") is none of refuse, drop",
          "write missing: \"drop\" to leave out rows with empty cells");
    }
    List<String> classes = new ArrayList<>();
    Columns columns = columns(path, arguments);
    Table table = new Table(path, arguments, columns, classes);
    Rows rows = table.read(true);
    Optional<Table> tests = arguments.text("tests").isEmpty() ? Optional.empty()
        : Optional.of(new Table(arguments.path("tests"), arguments, columns, classes));
    Optional<Rows> testRows = tests.map(t -> t.read(false));
    FileSource source = new FileSource(table.type()).dependsOn(path);
    if (testRows.isPresent()) {
      source.split(Split.TRAIN, table.columns(rows)).split(Split.TEST, table.columns(testRows.get()))
          .dependsOn(tests.get().file);
    } else {
      List<Column> all = table.columns(rows);
      Shares.cut(arguments, rows.count()).forEach((split, chosen) ->
          source.split(split, all.stream().map(c -> c.pick(chosen)).toList()));
      table.checkClasses(rows, source);
    }
    table.warn(rows, source);
    return source;
  }

  private static Columns columns(Path path, Arguments arguments) {
    try (Csv csv = Csv.open(path)) {
      if (!csv.next()) {
        throw DataException.of(path, "the file has no rows", "give a CSV file with a line for each row");
      }
      boolean header = arguments.flag("header");
      List<String> names = header ? csv.cells()
          : IntStream.rangeClosed(1, csv.cells().size()).mapToObj(Integer::toString).toList();
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).isEmpty() || names.indexOf(names.get(i)) < i) {
          throw csv.fault(i, names.get(i).isEmpty() ? "a column has no name"
              : "two columns are named " + names.get(i), "name each column once, or write header: false");
        }
      }
      int label = index(csv, names, arguments.text("label"), "label");
      int target = index(csv, names, arguments.text("target"), "target");
      List<String> wanted = arguments.texts("features");
      int[] features = wanted.isEmpty()
          ? IntStream.range(0, names.size()).filter(i -> i != label && i != target).toArray()
          : wanted.stream().mapToInt(name -> index(csv, names, name, "features")).toArray();
      return new Columns(names, features, label, target);
    }
  }

  private static int index(Csv csv, List<String> names, String name, String parameter) {
    if (name.isEmpty()) {
      return -1;
    }
    int i = names.indexOf(name);
    if (i < 0) {
      String known = String.join(", ", names.subList(0, Math.min(20, names.size())));
      throw csv.fault(0, parameter + " names a column " + name + " that is not there", "the columns are: " + known
          + (names.size() > 20 ? ", …" : ""));
    }
    return i;
  }

  private DataType type() {
    List<Field> fields = new ArrayList<>();
    if (columns.features().length > 0) {
      fields.add(Field.floats("features", List.of(columns.features().length)));
    }
    if (columns.label() >= 0) {
      fields.add(Field.categories("label", classes));
    }
    if (columns.target() >= 0) {
      fields.add(Field.floats("target", List.of()));
    }
    return new DataType(fields);
  }

  private List<Column> columns(Rows rows) {
    List<Column> fields = new ArrayList<>();
    if (columns.features().length > 0) {
      fields.add(Column.floats(rows.features().toArray(), columns.features().length));
    }
    if (columns.label() >= 0) {
      fields.add(Column.categories(rows.labels().toArray()));
    }
    if (columns.target() >= 0) {
      fields.add(Column.floats(rows.targets().toArray(), 1));
    }
    return fields;
  }

  private Rows read(boolean training) {
    Rows rows = new Rows(new FloatList(), new FloatList(), new IntList(), 0);
    int count = 0;
    List<String> found = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      numbers.put(classes.get(i), i);
    }
    try (Csv csv = Csv.open(file)) {
      boolean header = arguments.flag("header");
      while (csv.next()) {
        if (csv.cells().size() != columns.names().size()) {
          throw csv.fault(Math.min(csv.cells().size(), columns.names().size()), csv.cells().size()
              + " cells, where the first line has " + columns.names().size(), "give every row the same cells");
        }
        if (header) {
          header = false;
        } else if (take(csv, rows, numbers, found, training)) {
          count++;
        }
      }
    }
    if (count == 0) {
      throw DataException.of(file, "the file has no rows", "give a CSV file with a line for each row");
    }
    if (training && columns.label() >= 0) {
      sortClasses(found, rows.labels());
    }
    return new Rows(rows.features(), rows.targets(), rows.labels(), count);
  }

  /** Takes a row; false where it has an empty cell and such rows are dropped. */
  private boolean take(Csv csv, Rows rows, Map<String, Integer> numbers, List<String> found, boolean training) {
    List<String> cells = csv.cells();
    IntStream used = IntStream.concat(IntStream.of(columns.features()),
        IntStream.of(columns.label(), columns.target()).filter(c -> c >= 0));
    int empty = used.filter(c -> cells.get(c).isEmpty()).findFirst().orElse(-1);
    if (empty >= 0) {
      if (arguments.text("missing").equals("drop")) {
        return false;
      }
      throw csv.fault(empty, "column " + columns.names().get(empty) + " is empty here",
          "fill it, or leave such rows out with missing: \"drop\"");
    }
    for (int c : columns.features()) {
      rows.features().add(csv.number(c, columns.names().get(c)));
    }
    if (columns.target() >= 0) {
      rows.targets().add(csv.number(columns.target(), columns.names().get(columns.target())));
    }
    if (columns.label() >= 0) {
      String text = cells.get(columns.label());
      Integer number = numbers.get(text);
      if (number == null) {
        if (!training) {
          throw csv.fault(columns.label(), "class " + text + " does not occur in training",
              "train on rows of every class");
        }
        number = found.size();
        numbers.put(text, number);
        found.add(text);
      }
      rows.labels().add(number);
    }
    return true;
  }

  /** Numbers the classes in the order of their names: numbers by value, texts by alphabet. */
  private void sortClasses(List<String> found, IntList labels) {
    List<String> sorted = new ArrayList<>(found);
    boolean numeric = found.stream().allMatch(c -> c.matches("-?\\d{1,9}"));
    sorted.sort(numeric ? Comparator.comparingInt(Integer::parseInt)
        : Comparator.naturalOrder());
    int[] place = found.stream().mapToInt(sorted::indexOf).toArray();
    labels.replaceAll(place);
    classes.addAll(sorted);
  }

  /** Warns of classes that chance has put into the test rows only. */
  private void checkClasses(Rows rows, FileSource source) {
    if (columns.label() < 0) {
      return;
    }
    int[] labels = rows.labels().toArray();
    Map<Split, int[]> cut = new EnumMap<>(Shares.cut(arguments, rows.count()));
    boolean[] seen = new boolean[classes.size()];
    for (int row : cut.getOrDefault(Split.TRAIN, new int[0])) {
      seen[labels[row]] = true;
    }
    for (int c = 0; c < seen.length; c++) {
      if (!seen[c]) {
        source.warn(file + ": class " + classes.get(c) + " does not occur among the training rows");
      }
    }
  }

  private void warn(Rows rows, FileSource source) {
    if (columns.label() >= 0) {
      if (classes.size() == 1) {
        source.warn(file + ": all " + rows.count() + " rows are of class " + classes.get(0));
      }
    }
    float[] values = rows.features().toArray();
    int width = columns.features().length;
    for (int c = 0; c < width; c++) {
      boolean constant = rows.count() > 1;
      for (int i = c; i < values.length && constant; i += width) {
        constant = values[i] == values[c];
      }
      if (constant) {
        source.warn(file + ": column " + columns.names().get(columns.features()[c]) + " is " + values[c]
            + " in every row");
      }
    }
  }
}
