package dlv.runtime.data;

import dlv.runtime.json.Json;
import dlv.runtime.json.JsonView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One named part of an example.
 *
 * @param name what a train block writes after the dot, {@code digits.image}
 * @param element how a number is stored
 * @param shape the shape of one example, without a batch axis; empty for a scalar
 * @param scale what a stored byte is multiplied by to give its value: 1/255 where bytes mean 0..1
 * @param offset what is added after that
 * @param classes the names of the categories, in order of their numbers; empty where the field holds numbers
 * @param lengths for each axis that has room for the longest example, the field that says how long this one is
 */
public record Field(String name, Element element, List<Integer> shape, float scale, float offset,
                    List<String> classes, Map<Integer, String> lengths) {
  /** Checks that categories are integers and that dimensions are positive. */
  public Field {
    shape = List.copyOf(shape);
    classes = List.copyOf(classes);
    lengths = Map.copyOf(lengths);
    if (!classes.isEmpty() && element != Element.I32) {
      throw new IllegalArgumentException(name + ": a field with classes holds integers");
    }
    if (shape.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException(name + ": dimensions are positive, not " + shape);
    }
  }

  /** A field of bytes that mean 0..1, as pictures have. */
  public static Field bytes(String name, List<Integer> shape) {
    return new Field(name, Element.U8, shape, 1f / 255f, 0f, List.of(), Map.of());
  }

  /** A field of floats. */
  public static Field floats(String name, List<Integer> shape) {
    return new Field(name, Element.F32, shape, 1f, 0f, List.of(), Map.of());
  }

  /** A field of categories with these names. */
  public static Field categories(String name, List<String> classes) {
    return new Field(name, Element.I32, List.of(), 1f, 0f, classes, Map.of());
  }

  /** A sequence of symbols, all places of which count. */
  public static Field sequence(String name, int length, List<String> symbols) {
    return new Field(name, Element.I32, List.of(length), 1f, 0f, symbols, Map.of());
  }

  /** A sequence of symbols with room for the longest; the field {@code lengths} says how many places count. */
  public static Field sequence(String name, int longest, List<String> symbols, String lengths) {
    return new Field(name, Element.I32, List.of(longest), 1f, 0f, symbols, Map.of(0, lengths));
  }

  /** A whole number. */
  public static Field whole(String name) {
    return new Field(name, Element.I32, List.of(), 1f, 0f, List.of(), Map.of());
  }

  /** The names of {@code count} categories that have none: their numbers. */
  public static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /** Whether the field holds categories, {@code index(V)}. */
  public boolean isIndex() {
    return !classes.isEmpty();
  }

  /** Elements of one example. */
  public int elements() {
    int n = 1;
    for (int d : shape) {
      n = Math.multiplyExact(n, d);
    }
    return n;
  }

  /** Bytes of one example in a buffer. */
  public int bytesPerRow() {
    return Math.multiplyExact(elements(), element.bytes());
  }

  /** Whether the two mean the same to a program: equal in name, kind, shape and number of classes. */
  public boolean sameTypeAs(Field other) {
    return name.equals(other.name) && typeText().equals(other.typeText());
  }

  Json toJson() {
    return Json.object().put("name", name).put("element", element.name()).put("shape", shape, Json::of)
        .put("scale", scale).put("offset", offset).put("classes", classes.size())
        .put("lengths", List.copyOf(lengths.entrySet()), entry -> Json.object().put("axis", entry.getKey())
            .put("field", entry.getValue()).build()).build();
  }

  static Field of(JsonView json) {
    Map<Integer, String> lengths = new HashMap<>();
    json.at("lengths").list(entry -> lengths.put(entry.at("axis").smallInteger(), entry.at("field").text()));
    return new Field(json.at("name").text(), Element.valueOf(json.at("element").text()),
        json.at("shape").list(JsonView::smallInteger), (float) json.at("scale").real(), (float) json.at("offset").real(),
        numbered(json.at("classes").smallInteger()), lengths);
  }

  /** The type as the language writes it: {@code float[1, 28, 28]}, {@code index(10)}. */
  public String typeText() {
    String kind = isIndex() ? "index(" + classes.size() + ")" : element == Element.I32 ? "int" : "float";
    String axes = shape.stream().map(d -> Integer.toString(d)).collect(Collectors.joining(", ", "[", "]"));
    return shape.isEmpty() ? kind : kind + axes;
  }

  @Override
  public String toString() {
    return name + ": " + typeText();
  }
}
