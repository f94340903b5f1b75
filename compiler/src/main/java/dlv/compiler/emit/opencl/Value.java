package dlv.compiler.emit.opencl;

import dlv.compiler.type.Element;

/**
 * An expression of a kernel: a name or a literal.
 *
 * <p>Truth values are 0 and 1 in scalars, and 0 and -1 in vectors, as OpenCL's comparisons give them.
 *
 * @param text C
 * @param width lanes of the vector; 1: a scalar, equal in all lanes
 */
record Value(String text, Element element, int width) {
  /** The C type of such values. */
  static String type(Element element, int width) {
    String scalar = switch (element) {
      case FLOAT -> "float";
      case INT, BOOL -> "int";
      case BYTE -> "uchar";
      case BF16 -> "ushort";
    };
    return width == 1 ? scalar : scalar + width;
  }

  String type() {
    return type(element, width);
  }

  /** This value as a vector of {@code lanes}; itself where it is one. */
  String widened(int lanes) {
    if (width == lanes) {
      return text;
    }
    String scalar = element == Element.BOOL ? "-(" + text + ")" : text;
    return "(" + type(element, lanes) + ")(" + scalar + ")";
  }

  /** One number. */
  static Value literal(double value, Element element) {
    float f = (float) value;
    String text = element != Element.FLOAT ? Long.toString((long) value)
        : Float.isNaN(f) ? "NAN" : Float.isInfinite(f) ? (f > 0 ? "INFINITY" : "-INFINITY") : f + "f";
    return new Value(text, element, 1);
  }
}
