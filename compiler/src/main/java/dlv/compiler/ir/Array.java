package dlv.compiler.ir;

import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.Arrays;
import java.util.Locale;

/**
 * A tensor of numbers, row-major. Whatever the element, each is held as a {@code double}, exactly; truth values
 * are 0 and 1.
 */
public record Array(Element element, long[] shape, double[] data) {
  public Array {
    if (Strides.elements(shape) != data.length) {
      throw new IllegalArgumentException(data.length + " elements for " + Arrays.toString(shape));
    }
  }

  public static Array scalar(Element element, double value) {
    return new Array(element, new long[0], new double[] {value});
  }

  /** Floats of a given shape. */
  public static Array floats(double[] data, long... shape) {
    return new Array(Element.FLOAT, shape, data);
  }

  /** Integers of a given shape. */
  public static Array ints(double[] data, long... shape) {
    return new Array(Element.INT, shape, data);
  }

  /** {@code value} everywhere. */
  public static Array filled(Element element, double value, long... shape) {
    var data = new double[Math.toIntExact(Strides.elements(shape))];
    Arrays.fill(data, value);
    return new Array(element, shape, data);
  }

  /** The number of elements. */
  public int size() {
    return data.length;
  }

  /** Row {@code i} along axis 0. */
  public Array row(int i) {
    long[] one = Arrays.copyOfRange(shape, 1, shape.length);
    int size = Math.toIntExact(Strides.elements(one));
    return new Array(element, one, Arrays.copyOfRange(data, i * size, (i + 1) * size));
  }

  int[] sizes() {
    return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
  }

  /** Whether element and shape are those of {@code node}, whose dimensions all are numbers. */
  public boolean fits(Node node) {
    return element == node.element() && Shape.of(shape).equals(node.shape());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Array array && element == array.element && Arrays.equals(shape, array.shape)
        && Arrays.equals(data, array.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data) + 31 * Arrays.hashCode(shape);
  }

  @Override
  public String toString() {
    String values = data.length > 16 ? Arrays.toString(Arrays.copyOf(data, 16)) + "…" : Arrays.toString(data);
    return element.name().toLowerCase(Locale.ROOT) + Arrays.toString(shape) + " " + values;
  }
}
