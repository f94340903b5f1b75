package dlv.runtime.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Arrays of NumPy whose first axis is the rows: one in an NPY file, named {@code x}, or several in an NPZ file, with
 * {@code _train}, {@code _validation} or {@code _test} behind the names where it has splits. Bytes of rank two and more
 * mean 0..1; whole numbers of rank one are categories; everything else is floats.
 */
final class NumpyFile {
  static final SourceKind KIND = new SourceKind("numpy", "arrays in an NPY or NPZ file", Stream.concat(
      Stream.of(new Parameter("file", Parameter.Kind.TEXT, Optional.empty(), "the path of the file")),
      Shares.PARAMETERS.stream()).toList(), Optional.empty(), a -> open(a.path("file"), a, Optional.empty()));

  private static final Map<String, Split> ENDINGS = Map.of("_train", Split.TRAIN, "_validation", Split.VALIDATION,
      "_valid", Split.VALIDATION, "_val", Split.VALIDATION, "_test", Split.TEST);

  private NumpyFile() {}

  static DataSource open(Path file, Arguments arguments, Optional<DataType> wanted) {
    Map<Split, Map<String, NumpyArray>> splits = new EnumMap<>(Split.class);
    Map<String, NumpyArray> whole = new LinkedHashMap<>();
    NumpyArray.readAll(file).forEach((name, array) -> {
      if (array.npy().shape().isEmpty()) {
        throw DataException.of(file, array.what() + "a single number has no rows", "store arrays whose first axis is"
            + " the rows");
      }
      Optional<String> ending = ENDINGS.keySet().stream().filter(name::endsWith).findFirst();
      ending.ifPresentOrElse(e -> splits.computeIfAbsent(ENDINGS.get(e), s -> new LinkedHashMap<>())
          .put(name.substring(0, name.length() - e.length()), array), () -> whole.put(name, array));
    });
    if (!splits.isEmpty() && (!whole.isEmpty() || !splits.containsKey(Split.TRAIN))) {
      throw DataException.of(file, "its arrays belong to no split, or none to training: " + (whole.isEmpty()
          ? splits.keySet() : whole.keySet()), "name all of them NAME_train, NAME_validation or NAME_test, or none");
    }
    return splits.isEmpty() ? cut(file, whole, arguments, wanted) : given(file, splits, wanted);
  }

  /** A source of rows that are cut by shares. */
  private static DataSource cut(Path file, Map<String, NumpyArray> arrays, Arguments arguments,
                                Optional<DataType> wanted) {
    int rows = rows(file, arrays);
    Fields fields = new Fields(wanted, arrays);
    List<Column> columns = fields.columns(file, arrays);
    FileSource source = fields.source().dependsOn(file);
    Shares.cut(arguments, rows).forEach((split, chosen) ->
        source.split(split, columns.stream().map(c -> c.pick(chosen)).toList()));
    return source;
  }

  private static DataSource given(Path file, Map<Split, Map<String, NumpyArray>> splits, Optional<DataType> wanted) {
    Map<String, NumpyArray> train = splits.get(Split.TRAIN);
    Fields fields = new Fields(wanted, train);
    Map<Split, List<Column>> columns = new EnumMap<>(Split.class);
    splits.forEach((split, arrays) -> {
      rows(file, arrays);
      if (!arrays.keySet().equals(train.keySet())) {
        throw DataException.of(file, "training has the arrays " + new TreeSet<>(train.keySet()) + ", " + split + " has "
            + new TreeSet<>(arrays.keySet()), "store the same arrays for each split");
      }
      columns.put(split, fields.columns(file, arrays));
    });
    FileSource source = fields.source().dependsOn(file);
    columns.forEach(source::split);
    return source;
  }

  private static int rows(Path file, Map<String, NumpyArray> arrays) {
    NumpyArray first = arrays.values().iterator().next();
    arrays.forEach((name, array) -> {
      if (array.rows() != first.rows()) {
        throw DataException.of(file, array.what() + array.rows() + " rows, where " + first.what() + first.rows(),
            "store arrays of equal first axis");
      }
    });
    return first.rows();
  }

  /** The fields of a source, found array by array; the number of classes grows with the labels seen. */
  private static final class Fields {
    private final Optional<DataType> wanted;
    private final List<String> arrayNames;
    private final Map<String, NumpyArray> models;
    private final int[] largest;

    Fields(Optional<DataType> wanted, Map<String, NumpyArray> models) {
      this.wanted = wanted;
      this.models = models;
      this.arrayNames = inOrder(List.copyOf(models.keySet()));
      this.largest = new int[arrayNames.size()];
    }

    /** The order of the wanted fields, if all are there by name; else numbers before categories. */
    private List<String> inOrder(List<String> names) {
      if (wanted.isPresent()) {
        List<String> there = wanted.get().fields().stream().map(Field::name).toList();
        if (there.size() == names.size() && names.containsAll(there)) {
          return there;
        }
      }
      return Stream.concat(names.stream().filter(n -> !models.get(n).isIndex()),
          names.stream().filter(n -> models.get(n).isIndex())).toList();
    }

    List<Column> columns(Path file, Map<String, NumpyArray> arrays) {
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < arrayNames.size(); i++) {
        NumpyArray array = arrays.get(arrayNames.get(i));
        NumpyArray model = models.get(arrayNames.get(i));
        List<Long> shape = array.npy().shape();
        if (!shape.subList(1, shape.size()).equals(model.npy().shape().subList(1, model.npy().shape().size()))
            || array.isPicture() != model.isPicture() || array.isIndex() != model.isIndex()) {
          throw DataException.of(file, array.what() + "rows of another type than in training",
              "store arrays of equal type and shape for each split");
        }
        if (array.isIndex()) {
          int[] labels = array.categories();
          largest[i] = Math.max(largest[i], Labels.largest(labels));
          columns.add(Column.categories(labels));
        } else {
          columns.add(array.column());
        }
      }
      return columns;
    }

    /** A source of the fields; call it when all columns have been seen. */
    FileSource source() {
      List<Field> fields = new ArrayList<>();
      for (int i = 0; i < arrayNames.size(); i++) {
        fields.add(field(i));
      }
      FileSource source = new FileSource(new DataType(fields));
      models.values().forEach(a -> source.owns(a.store()));
      return source;
    }

    private Field field(int i) {
      NumpyArray array = models.get(arrayNames.get(i));
      Optional<Field> model = wanted.filter(t -> t.fields().size() == arrayNames.size()).map(t -> t.fields().get(i));
      String name = model.map(Field::name).orElse(arrayNames.get(i));
      if (array.isIndex()) {
        return Field.categories(name, Labels.classes(largest[i], model));
      }
      List<Integer> shape = array.npy().shape().stream().skip(1).map(Math::toIntExact).toList();
      if (model.isPresent() && withoutOnes(model.get().shape()).equals(withoutOnes(shape))) {
        shape = model.get().shape();
      }
      return array.isPicture() ? Field.bytes(name, shape) : Field.floats(name, shape);
    }

    private static List<Integer> withoutOnes(List<Integer> shape) {
      return Arrays.asList(shape.stream().filter(d -> d != 1).toArray(Integer[]::new));
    }
  }
}
