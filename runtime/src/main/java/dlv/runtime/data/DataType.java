package dlv.runtime.data;

import dlv.runtime.json.Json;
import dlv.runtime.json.JsonView;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The type of a data source: the fields that each of its examples has.
 *
 * @param fields in the order of the source, with different names
 */
public record DataType(List<Field> fields) {
  /** Checks that no name occurs twice. */
  public DataType {
    fields = List.copyOf(fields);
    Set<String> seen = new HashSet<>();
    for (Field f : fields) {
      if (!seen.add(f.name())) {
        throw new IllegalArgumentException("two fields are named " + f.name());
      }
    }
  }

  /** The field of this name. */
  public Optional<Field> field(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** Whether data of the other type can stand in: equal fields in equal order; names of classes may differ. */
  public boolean sameAs(DataType other) {
    if (fields.size() != other.fields.size()) {
      return false;
    }
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).sameTypeAs(other.fields.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** As weights keep it, so that programs can be checked without the data: fields without names of classes. */
  public Json toJson() {
    return Json.of(fields.stream().map(Field::toJson).toList());
  }

  /** What {@link #toJson} has written; {@link dlv.runtime.json.JsonException} where something is missing. */
  public static DataType of(JsonView json) {
    return new DataType(json.list(Field::of));
  }

  /** The type as a message shows it: {@code image: float[1, 28, 28], label: index(10)}. */
  @Override
  public String toString() {
    return fields.stream().map(Field::toString).collect(Collectors.joining(", "));
  }
}
