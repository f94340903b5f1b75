package dlv.compiler.check;

import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.Optional;

/**
 * How large a model may be. Each limit can be raised with a system property, {@code -Ddlv.limit.layers=50000}.
 */
final class Bounds {
  /** Applications after {@code repeat} is written out. */
  static final int LAYERS = Integer.getInteger("dlv.limit.layers", 20_000);

  /** Applications inside each other: a network that applies itself is found so. */
  static final int NESTING = Integer.getInteger("dlv.limit.nesting", 128);

  /** The largest dimension. */
  static final long DIMENSION = Long.getLong("dlv.limit.dimension", Integer.MAX_VALUE);

  /** The most elements of one tensor. */
  static final long ELEMENTS = Long.getLong("dlv.limit.elements", 1L << 40);

  /** Files imported by one program, and imports inside each other. */
  static final int FILES = Integer.getInteger("dlv.limit.files", 256);

  static final int IMPORTS = Integer.getInteger("dlv.limit.imports", 16);

  private Bounds() {}

  /** Why a tensor of this shape cannot be; empty if it can. */
  static Optional<String> refusal(Shape shape) {
    for (Dim dim : shape.dims()) {
      if (dim.isConstant() && dim.value() < 1) {
        return Optional.of("a dimension of " + dim.value() + " is too small: dimensions are at least 1");
      }
      if (dim.isConstant() && dim.value() > DIMENSION) {
        return Optional.of("a dimension of " + dim.value() + " is beyond the limit of " + DIMENSION);
      }
    }
    if (!shape.isConstant()) {
      return Optional.empty();
    }
    double elements = 1;
    for (long n : shape.values()) {
      elements *= n;
    }
    return elements <= ELEMENTS ? Optional.empty() : Optional.of("float" + shape.text() + " needs "
        + bytes(elements * 4));
  }

  private static String bytes(double bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    int unit = 0;
    while (bytes >= 1024 && unit < units.length - 1) {
      bytes /= 1024;
      unit++;
    }
    return bytes < 10 && bytes != Math.rint(bytes)
        ? String.format(java.util.Locale.ROOT, "%.1f %s", bytes, units[unit])
        : String.format(java.util.Locale.ROOT, "%.0f %s", bytes, units[unit]);
  }
}
