package dlv.compiler.check;

import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Scalar;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Element;
import dlv.compiler.type.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Dimensions whose length differs by example. An axis has room for the longest; a number beside the data says how many
 * of its places are real in one example.
 *
 * <p>Axes are known by what they are declared as, so a name that stands for another one's axis follows it.
 */
final class Lengths {
  private final Map<String, Node> roots = new LinkedHashMap<>();
  private final Map<String, Dim> followers = new LinkedHashMap<>();

  /** Says that an axis declared as {@code name} has {@code length} real places: {@code int}. */
  void set(Dim name, Node length) {
    roots.put(name.text(), length);
  }

  /** Lets a name stand for what is declared as {@code other} from now on, where that differs by example. */
  void follow(Dim name, Dim other) {
    if (differs(other)) {
      followers.put(name.text(), other.substitute(followers));
    }
  }

  /** Whether an axis declared so has a length of its own in each example. */
  boolean differs(Dim declared) {
    return !roots.isEmpty() && !names(declared).isEmpty();
  }

  private TreeSet<String> names(Dim declared) {
    TreeSet<String> names = new TreeSet<>(declared.substitute(followers).names());
    names.retainAll(roots.keySet());
    return names;
  }

  /** Whether two axes have the same length in every example. */
  boolean same(Dim a, Dim b) {
    return a.substitute(followers).equals(b.substitute(followers));
  }

  /** How many places are real: {@code int}; empty where this cannot be said, as for {@code T·m}. */
  Optional<Node> length(Dim declared, Build build) {
    Dim formula = declared.substitute(followers);
    TreeSet<String> names = names(declared);
    if (names.size() != 1) {
      return Optional.empty();
    }
    String name = names.first();
    Dim slope = formula.substitute(Map.of(name, Dim.name(name).plus(1))).minus(formula);
    Dim rest = formula.substitute(Map.of(name, Dim.ZERO));
    if (!slope.isConstant() || !rest.isConstant()) {
      return Optional.empty();
    }
    Node length = roots.get(name);
    Node scaled = slope.is(1) ? length : build.map(Scalar.MUL, length, number(build, slope));
    return Optional.of(rest.is(0) ? scaled : build.map(Scalar.ADD, scaled, number(build, rest)));
  }

  private static Node number(Build build, Dim dim) {
    return build.constant(dim.value(), Element.INT, Shape.SCALAR);
  }
}
