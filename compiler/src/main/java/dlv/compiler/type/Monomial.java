package dlv.compiler.type;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A product of atoms, sorted, with repetition for powers; the empty product is 1. */
record Monomial(List<Atom> atoms) implements Comparable<Monomial> {
  static final Monomial ONE = new Monomial(List.of());

  Monomial {
    atoms = List.copyOf(atoms);
  }

  Monomial times(Monomial other) {
    var all = new ArrayList<Atom>(atoms);
    all.addAll(other.atoms);
    all.sort(null);
    return new Monomial(all);
  }

  /** This product without {@code other}'s atoms, or null where one is missing. */
  Monomial over(Monomial other) {
    var rest = new ArrayList<Atom>(atoms);
    for (Atom atom : other.atoms) {
      if (!rest.remove(atom)) {
        return null;
      }
    }
    return new Monomial(rest);
  }

  /** For people: {@code m·n²}. */
  String text() {
    var out = new StringBuilder();
    for (int i = 0; i < atoms.size(); ) {
      int j = i;
      while (j < atoms.size() && atoms.get(j).equals(atoms.get(i))) {
        j++;
      }
      String text = atoms.get(i).text();
      boolean open = atoms.size() > 1 && text.contains(" / ") && !text.startsWith("floor");
      out.append(out.length() > 0 ? "·" : "").append(open ? "(" + text + ")" : text).append(power(j - i));
      i = j;
    }
    return out.toString();
  }

  private static String power(int n) {
    if (n == 1) {
      return "";
    }
    return Integer.toString(n).chars().mapToObj(c -> "⁰¹²³⁴⁵⁶⁷⁸⁹".substring(c - '0', c - '0' + 1))
        .collect(Collectors.joining());
  }

  /** For machines: {@code m*n*n}. */
  String formula() {
    return atoms.size() == 1 ? atoms.get(0).formula()
        : atoms.stream().map(Atom::formula).collect(Collectors.joining("*"));
  }

  /** Higher degree first, then by name, so that {@code m·n + n² + 3} prints as people write it. */
  @Override
  public int compareTo(Monomial other) {
    int byDegree = Integer.compare(other.atoms.size(), atoms.size());
    return byDegree != 0 || atoms.equals(other.atoms) ? byDegree
        : (formula() + text()).compareTo(other.formula() + other.text());
  }

  /** What a polynomial cannot take apart: a name, or a division. */
  sealed interface Atom extends Comparable<Atom> {
    String text();

    String formula();

    @Override
    default int compareTo(Atom other) {
      return (formula() + text()).compareTo(other.formula() + other.text());
    }
  }

  record Name(String name) implements Atom {
    @Override
    public String text() {
      return name;
    }

    @Override
    public String formula() {
      return name;
    }
  }

  /**
   * A quotient, rounded down.
   *
   * @param whole whether it is known to leave nothing over, so that the denominator times it is the numerator
   */
  record Quotient(Dim numerator, Dim denominator, boolean whole) implements Atom {
    @Override
    public String text() {
      String plain = bracketed(numerator.text()) + " / " + bracketed(denominator.text());
      return whole ? plain : "floor(" + plain + ")";
    }

    @Override
    public String formula() {
      return "((" + numerator.formula() + ")//(" + denominator.formula() + "))";
    }

    private static String bracketed(String text) {
      return text.contains(" ") || text.contains("·") ? "(" + text + ")" : text;
    }
  }
}
