package dlv.compiler.check;

import dlv.compiler.ir.Op;
import dlv.compiler.source.Span;
import dlv.compiler.type.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Data that a train block names.
 *
 * @param name the name in the block: {@code digits}
 * @param source the kind of source
 * @param arguments the arguments of its call, as {@code Long}, {@code Double}, {@code Boolean}, {@code String} or list
 * @param trainRows rows to train on; so for the other splits, 0 where there is none
 */
public record DataBinding(
    String name,
    String source,
    Map<String, Object> arguments,
    List<FieldBinding> fields,
    long trainRows,
    long validationRows,
    long testRows,
    Span span) {

  /**
   * One field of the data.
   *
   * @param input what graphs read: {@code Input("digits.image", BYTE, [1, 28, 28])}; scaling of bytes is in the graph
   * @param resident the shape of what lies in memory, of which {@code input} are the first places of each axis
   * @param type the type that the program sees
   * @param scale what bytes are multiplied by, before {@code offset} is added
   * @param classes the names of the categories, empty where they have none
   * @param lengths for each axis that has room for the longest example, the integer field that says how long it is
   */
  public record FieldBinding(String name, Op.Input input, Shape resident, TensorType type, double scale,
      double offset, List<String> classes, Map<Integer, String> lengths) {
    public FieldBinding {
      classes = List.copyOf(classes);
      lengths = Map.copyOf(lengths);
    }
  }

  public DataBinding {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    fields = List.copyOf(fields);
  }
}
