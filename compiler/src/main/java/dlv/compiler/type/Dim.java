package dlv.compiler.type;

import dlv.compiler.type.Monomial.Atom;
import dlv.compiler.type.Monomial.Name;
import dlv.compiler.type.Monomial.Quotient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The size of an axis: an integer polynomial over named dimensions, with division as an atom, rounded down or known to be
 * whole.
 *
 * <p>Equal polynomials are equal objects by {@link #equals}. Arithmetic is exact; a result beyond 63 bits
 * throws {@link ArithmeticException}, and so does division by the constant 0.
 */
public final class Dim {
  public static final Dim ZERO = new Dim(new TreeMap<>());
  public static final Dim ONE = of(1);

  /** The capacity of a batch, the one axis that no file names. */
  public static final Dim BATCH = name("batch");

  private final SortedMap<Monomial, Long> terms;
  private final boolean constant;

  private Dim(SortedMap<Monomial, Long> terms) {
    this.terms = terms;
    this.constant = terms.isEmpty() || terms.size() == 1 && terms.firstKey().atoms().isEmpty();
  }

  public static Dim of(long value) {
    return value == 0 ? ZERO : term(Monomial.ONE, value);
  }

  public static Dim name(String name) {
    return term(new Monomial(List.of(new Name(name))), 1);
  }

  private static Dim term(Monomial monomial, long coefficient) {
    var terms = new TreeMap<Monomial, Long>();
    terms.put(monomial, coefficient);
    return new Dim(terms);
  }

  public Dim plus(Dim other) {
    if (constant && other.constant) {
      return of(Math.addExact(value(), other.value()));
    }
    var sum = new TreeMap<>(terms);
    other.terms.forEach((monomial, coefficient) -> add(sum, monomial, coefficient));
    return cancelled(sum);
  }

  public Dim plus(long other) {
    return plus(of(other));
  }

  public Dim minus(Dim other) {
    return plus(other.times(-1));
  }

  public Dim minus(long other) {
    return plus(of(-other));
  }

  public Dim times(Dim other) {
    if (constant && other.constant) {
      return of(Math.multiplyExact(value(), other.value()));
    }
    var product = new TreeMap<Monomial, Long>();
    terms.forEach((m, a) -> other.terms.forEach((n, b) -> add(product, m.times(n), Math.multiplyExact(a, b))));
    return cancelled(product);
  }

  public Dim times(long other) {
    return times(of(other));
  }

  private static void add(SortedMap<Monomial, Long> sum, Monomial monomial, long coefficient) {
    long total = Math.addExact(sum.getOrDefault(monomial, 0L), coefficient);
    if (total == 0) {
      sum.remove(monomial);
    } else {
      sum.put(monomial, total);
    }
  }

  /** The quotient rounded towards minus infinity; what divides exactly is taken out of the rounding. */
  public Dim floorDiv(Dim divisor) {
    if (divisor.equals(ZERO)) {
      throw new ArithmeticException("division by zero");
    }
    Optional<Dim> exact = exactDiv(divisor);
    if (exact.isPresent()) {
      return exact.get();
    }
    if (!divisor.isConstant()) {
      return quotient(this, divisor, false);
    }
    long k = divisor.value();
    Dim whole = ZERO;
    Dim rest = ZERO;
    for (var entry : terms.entrySet()) {
      long coefficient = entry.getValue();
      boolean constant = entry.getKey().equals(Monomial.ONE);
      long out = constant ? Math.floorDiv(coefficient, k) : coefficient % k == 0 ? coefficient / k : 0;
      whole = whole.plus(term(entry.getKey(), 1).times(out));
      rest = rest.plus(term(entry.getKey(), 1).times(coefficient - out * k));
    }
    if (rest.isConstant()) {
      return whole.plus(Math.floorDiv(rest.value(), k));
    }
    return whole.plus(nested(rest, k).orElse(quotient(rest, divisor, false)));
  }

  private static Dim quotient(Dim numerator, Dim denominator, boolean whole) {
    return term(new Monomial(List.of(new Quotient(numerator, denominator, whole))), 1);
  }

  /** The quotient where it is known to be whole: {@code 2 * (n / 2)} is n. Numbers are rounded down. */
  public Dim wholeDiv(Dim divisor) {
    if (constant && divisor.constant || exactDiv(divisor).isPresent()) {
      return floorDiv(divisor);
    }
    if (!divisor.constant) {
      return quotient(this, divisor, true);
    }
    return divisor.value() < 0 ? times(-1).wholeDiv(-divisor.value()) : wholeDiv(divisor.value());
  }

  private Dim wholeDiv(long k) {
    List<Atom> first = terms.firstKey().atoms();
    if (terms.size() == 1 && first.size() == 1 && first.get(0) instanceof Quotient q && q.whole()
        && q.denominator().constant) {
      return q.numerator().times(terms.get(terms.firstKey())).wholeDiv(q.denominator().times(k));
    }
    Dim out = ZERO;
    Dim rest = ZERO;
    for (var each : terms.entrySet()) {
      out = out.plus(term(each.getKey(), 1).times(Math.floorDiv(each.getValue(), k)));
      rest = rest.plus(term(each.getKey(), 1).times(Math.floorMod(each.getValue(), k)));
    }
    long common = rest.terms.values().stream().reduce(k, Dim::gcd);
    return out.plus(quotient(rest.exactDiv(of(common)).orElseThrow(), of(k / common), true));
  }

  private static long gcd(long a, long b) {
    return b == 0 ? Math.abs(a) : gcd(b, a % b);
  }

  /** The polynomial of these terms, in which no factor beside a whole quotient has its denominator in it. */
  private static Dim cancelled(SortedMap<Monomial, Long> terms) {
    for (var term : terms.entrySet()) {
      for (Atom atom : term.getKey().atoms()) {
        Dim replaced = atom instanceof Quotient q && q.whole()
            ? cancelled(term.getKey().over(new Monomial(List.of(q))), term.getValue(), q) : null;
        if (replaced != null) {
          var others = new TreeMap<>(terms);
          others.remove(term.getKey());
          return new Dim(others).plus(replaced);
        }
      }
    }
    return new Dim(terms);
  }

  /** {@code count * beside * q} where the denominator cancels, as a whole or in part; null where it does not. */
  private static Dim cancelled(Monomial beside, long count, Quotient q) {
    if (!q.denominator().constant) {
      return term(beside, count).exactDiv(q.denominator()).map(q.numerator()::times).orElse(null);
    }
    long k = q.denominator().value();
    long left = Math.floorMod(count, k);
    if (left != count) {
      Dim rest = left == 0 ? ZERO : term(beside, left).times(quotient(q.numerator(), q.denominator(), true));
      return term(beside, Math.floorDiv(count, k)).times(q.numerator()).plus(rest);
    }
    long common = gcd(count, k);
    return common == 1 ? null : term(beside, count / common).times(quotient(q.numerator(), of(k / common), true));
  }

  /** What is rounded twice is rounded once: floor(floor(a / d) / k) = floor(a / (d k)). */
  private static Optional<Dim> nested(Dim dim, long k) {
    List<Atom> atoms = dim.terms.firstKey().atoms();
    if (k > 0 && dim.terms.size() == 1 && dim.terms.get(dim.terms.firstKey()) == 1 && atoms.size() == 1
        && atoms.get(0) instanceof Quotient q && q.denominator().isConstant() && q.denominator().value() > 0) {
      return Optional.of(q.numerator().floorDiv(of(Math.multiplyExact(q.denominator().value(), k))));
    }
    return Optional.empty();
  }

  public Dim floorDiv(long divisor) {
    return floorDiv(of(divisor));
  }

  /** The quotient rounded up. */
  public Dim ceilDiv(long divisor) {
    return plus(divisor - 1).floorDiv(of(divisor));
  }

  /** The quotient where the division leaves nothing over, whatever the names stand for. */
  public Optional<Dim> exactDiv(Dim divisor) {
    if (divisor.terms.isEmpty()) {
      return Optional.empty();
    }
    if (constant && divisor.constant) {
      return value() % divisor.value() == 0 ? Optional.of(of(value() / divisor.value())) : Optional.empty();
    }
    Monomial leading = divisor.terms.firstKey();
    long coefficient = divisor.terms.get(leading);
    Dim quotient = ZERO;
    Dim rest = this;
    for (int turn = 0; !rest.terms.isEmpty(); turn++) {
      Monomial next = rest.terms.firstKey().over(leading);
      long c = rest.terms.get(rest.terms.firstKey());
      if (turn > 100 || next == null || c % coefficient != 0) {
        return Optional.empty();
      }
      Dim part = term(next, c / coefficient);
      quotient = quotient.plus(part);
      rest = rest.minus(part.times(divisor));
    }
    return Optional.of(quotient);
  }

  /** Solves {@code this == other} for {@code name}, where it occurs once, linearly, outside every quotient. */
  public Optional<Dim> solve(String name, Dim other) {
    Dim coefficient = ZERO;
    Dim rest = ZERO;
    Atom unknown = new Name(name);
    for (var entry : minus(other).terms.entrySet()) {
      Dim part = term(entry.getKey(), entry.getValue());
      Monomial without = entry.getKey().over(new Monomial(List.of(unknown)));
      if (without == null) {
        rest = rest.plus(part);
      } else {
        coefficient = coefficient.plus(term(without, entry.getValue()));
      }
    }
    if (coefficient.equals(ZERO) || coefficient.names().contains(name) || rest.names().contains(name)) {
      return Optional.empty();
    }
    return rest.times(-1).exactDiv(coefficient);
  }

  public boolean isConstant() {
    return constant;
  }

  public boolean is(long value) {
    return isConstant() && value() == value;
  }

  /** The number this is; {@link IllegalStateException} where names remain. */
  public long value() {
    if (!isConstant()) {
      throw new IllegalStateException("the dimension " + text() + " has no value yet");
    }
    return terms.isEmpty() ? 0 : terms.get(Monomial.ONE);
  }

  /** The names that occur, those inside quotients too. */
  public Set<String> names() {
    var names = new TreeSet<String>();
    for (Monomial monomial : terms.keySet()) {
      for (Atom atom : monomial.atoms()) {
        if (atom instanceof Name n) {
          names.add(n.name());
        } else if (atom instanceof Quotient q) {
          names.addAll(q.numerator().names());
          names.addAll(q.denominator().names());
        }
      }
    }
    return names;
  }

  /** This polynomial with each name that {@code values} knows replaced; the others stay. */
  public Dim substitute(Map<String, Dim> values) {
    if (isConstant() || values.isEmpty()) {
      return this;
    }
    Dim sum = ZERO;
    for (var entry : terms.entrySet()) {
      Dim product = of(entry.getValue());
      for (Atom atom : entry.getKey().atoms()) {
        product = product.times(substitute(atom, values));
      }
      sum = sum.plus(product);
    }
    return sum;
  }

  private static Dim substitute(Atom atom, Map<String, Dim> values) {
    if (atom instanceof Quotient q) {
      Dim over = q.numerator().substitute(values);
      Dim under = q.denominator().substitute(values);
      return q.whole() ? over.wholeDiv(under) : over.floorDiv(under);
    }
    String name = ((Name) atom).name();
    Dim value = values.get(name);
    return value == null ? name(name) : value;
  }

  /** For people: {@code m·n + n² + 3}. */
  public String text() {
    return print(true);
  }

  /** For machines: {@code m*n+n*n+3}, with {@code //} as floor division. */
  public String formula() {
    return print(false);
  }

  private String print(boolean people) {
    if (terms.isEmpty()) {
      return "0";
    }
    var out = new StringBuilder();
    terms.forEach((monomial, coefficient) -> {
      String sign = coefficient < 0 ? "-" : "+";
      if (out.length() > 0) {
        out.append(people ? " " + sign + " " : sign);
      } else if (coefficient < 0) {
        out.append('-');
      }
      long size = Math.abs(coefficient);
      String body = people ? monomial.text() : monomial.formula();
      String times = people ? "·" : "*";
      out.append(body.isEmpty() ? Long.toString(size) : size == 1 ? body : size + times + body);
    });
    return out.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dim dim && terms.equals(dim.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
