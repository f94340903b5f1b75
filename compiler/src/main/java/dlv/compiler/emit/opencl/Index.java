package dlv.compiler.emit.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An integer expression of a kernel: a constant plus multiples of atoms, which are variables, floor quotients and
 * remainders with known ranges. Equal expressions print alike, as C.
 *
 * <p>Ranges simplify: {@code (2·p + i) / 2} is {@code p} for i in 0..1, and {@code 25·(f / 25) + f % 25} is {@code f}.
 */
final class Index {
  /** What stands for "as large as an int may be" in a range. */
  static final long UNBOUNDED = Integer.MAX_VALUE;

  static final Index ZERO = of(0);

  private final SortedMap<Atom, Long> terms;
  private final long constant;

  private Index(SortedMap<Atom, Long> terms, long constant) {
    this.terms = terms;
    this.constant = constant;
  }

  /** What a sum cannot take apart. */
  sealed interface Atom extends Comparable<Atom> {
    String text();

    long low();

    long high();

    /** The variables inside. */
    void collect(Set<Variable> into);

    @Override
    default int compareTo(Atom other) {
      return text().compareTo(other.text());
    }
  }

  /** A named integer between two bounds, inclusive; one that differs from lane to lane is a vector. */
  record Variable(String name, long low, long high, boolean lanes) implements Atom {
    @Override
    public String text() {
      return name;
    }

    @Override
    public void collect(Set<Variable> into) {
      into.add(this);
    }
  }

  /** {@code of / by}, where {@code of} is never negative. */
  record Quotient(Index of, long by) implements Atom {
    @Override
    public String text() {
      return of.atom() + " / " + by;
    }

    @Override
    public long low() {
      return Math.floorDiv(of.low(), by);
    }

    @Override
    public long high() {
      return Math.floorDiv(of.high(), by);
    }

    @Override
    public void collect(Set<Variable> into) {
      into.addAll(of.variables());
    }
  }

  /** {@code of % by}, where {@code of} is never negative. */
  record Remainder(Index of, long by) implements Atom {
    @Override
    public String text() {
      return of.atom() + " % " + by;
    }

    @Override
    public long low() {
      return 0;
    }

    @Override
    public long high() {
      return Math.min(by - 1, of.high());
    }

    @Override
    public void collect(Set<Variable> into) {
      into.addAll(of.variables());
    }
  }

  static Index of(long value) {
    return new Index(new TreeMap<>(), value);
  }

  static Index of(Atom atom) {
    return term(atom, 1);
  }

  /** A scalar variable between two bounds, inclusive. */
  static Index variable(String name, long low, long high) {
    return low == high ? of(low) : of(new Variable(name, low, high, false));
  }

  private static Index term(Atom atom, long factor) {
    var terms = new TreeMap<Atom, Long>();
    if (factor != 0) {
      terms.put(atom, factor);
    }
    return new Index(terms, 0);
  }

  Index plus(Index other) {
    var sum = new TreeMap<>(terms);
    other.terms.forEach((atom, factor) -> {
      long total = sum.getOrDefault(atom, 0L) + factor;
      if (total == 0) {
        sum.remove(atom);
      } else {
        sum.put(atom, total);
      }
    });
    return new Index(sum, constant + other.constant).joined();
  }

  Index plus(long value) {
    return new Index(terms, constant + value);
  }

  Index times(long factor) {
    if (factor == 0) {
      return ZERO;
    }
    var product = new TreeMap<Atom, Long>();
    terms.forEach((atom, f) -> product.put(atom, f * factor));
    return new Index(product, constant * factor);
  }

  Index minus(Index other) {
    return plus(other.times(-1));
  }

  /** Puts quotients and remainders of one division together again. */
  private Index joined() {
    for (var entry : terms.entrySet()) {
      if (entry.getKey() instanceof Remainder remainder) {
        Index quotient = remainder.of().over(remainder.by());
        long factor = entry.getValue();
        if (quotient.constant == 0 && quotient.terms.size() == 1 && quotient.terms.containsValue(1L)) {
          Atom atom = quotient.terms.firstKey();
          if (terms.getOrDefault(atom, 0L) == factor * remainder.by()) {
            var rest = new TreeMap<>(terms);
            rest.remove(atom);
            rest.remove(remainder);
            return new Index(rest, constant).plus(remainder.of().times(factor));
          }
        }
      }
    }
    return this;
  }

  /** The quotient rounded down. */
  Index over(long k) {
    if (k == 1) {
      return this;
    }
    Index whole = whole(k);
    Index rest = minus(whole.times(k));
    if (rest.low() >= 0 && rest.high() < k) {
      return whole;
    }
    long below = rest.low() < 0 ? Math.floorDiv(rest.low(), k) : 0;
    return whole.plus(rest.plus(-below * k).quotient(k)).plus(below);
  }

  /** The part of this divided by {@code k} that leaves nothing over. */
  private Index whole(long k) {
    var out = new TreeMap<Atom, Long>();
    terms.forEach((atom, factor) -> {
      if (factor % k == 0) {
        out.put(atom, factor / k);
      }
    });
    return new Index(out, Math.floorDiv(constant, k));
  }

  /** A quotient of which no part divides; this is not negative. */
  private Index quotient(long k) {
    long common = terms.values().stream().reduce(k, Index::gcd);
    if (common > 1) {
      var out = new TreeMap<Atom, Long>();
      terms.forEach((atom, factor) -> out.put(atom, factor / common));
      return new Index(out, Math.floorDiv(constant, common)).over(k / common);
    }
    if (terms.size() == 1 && terms.containsValue(1L) && terms.firstKey() instanceof Quotient inner) {
      return inner.of().plus(constant * inner.by()).over(inner.by() * k);
    }
    for (long factor : terms.values()) {
      long part = gcd(factor, k);
      Index whole = whole(part);
      Index rest = minus(whole.times(part));
      if (part > 1 && rest.low() >= 0 && rest.high() < part) {
        return whole.over(k / part);
      }
    }
    return of(new Quotient(this, k));
  }

  /** The remainder, never negative. */
  Index mod(long k) {
    if (k == 1) {
      return ZERO;
    }
    Index rest = minus(whole(k).times(k));
    if (rest.low() < 0) {
      rest = rest.plus(-Math.floorDiv(rest.low(), k) * k);
    }
    if (rest.high() < k) {
      return rest;
    }
    long common = rest.constant == 0 ? rest.terms.values().stream().reduce(k, Index::gcd) : 1;
    if (common > 1) {
      var out = new TreeMap<Atom, Long>();
      rest.terms.forEach((atom, factor) -> out.put(atom, factor / common));
      return new Index(out, 0).mod(k / common).times(common);
    }
    if (rest.constant == 0 && rest.terms.size() == 1 && rest.terms.containsValue(1L)
        && rest.terms.firstKey() instanceof Remainder inner && inner.by() % k == 0) {
      return inner.of().mod(k);
    }
    return of(new Remainder(rest, k));
  }

  private static long gcd(long a, long b) {
    return b == 0 ? Math.abs(a) : gcd(b, a % b);
  }

  /** The least value it can take. */
  long low() {
    return bound(true);
  }

  /** The greatest value it can take. */
  long high() {
    return bound(false);
  }

  private long bound(boolean low) {
    long sum = constant;
    for (var entry : terms.entrySet()) {
      long factor = entry.getValue();
      Atom atom = entry.getKey();
      sum += factor * (factor > 0 == low ? atom.low() : atom.high());
    }
    return sum;
  }

  boolean isConstant() {
    return terms.isEmpty();
  }

  boolean is(long value) {
    return terms.isEmpty() && constant == value;
  }

  long constant() {
    return constant;
  }

  Set<Variable> variables() {
    var variables = new TreeSet<Variable>();
    terms.keySet().forEach(atom -> atom.collect(variables));
    return variables;
  }

  /** Whether it differs from lane to lane. */
  boolean lanes() {
    return variables().stream().anyMatch(Variable::lanes);
  }

  /** The factor of {@code variable}, or 0 where it is absent; {@link Long#MIN_VALUE} inside a division. */
  long factor(Variable variable) {
    for (Atom atom : terms.keySet()) {
      if (!(atom instanceof Variable) && Index.of(atom).variables().contains(variable)) {
        return Long.MIN_VALUE;
      }
    }
    return terms.getOrDefault(variable, 0L);
  }

  /** The atoms that are not variables. */
  List<Atom> divisions() {
    var divisions = new ArrayList<Atom>();
    terms.keySet().stream().filter(atom -> !(atom instanceof Variable)).forEach(divisions::add);
    return divisions;
  }

  /** Whether {@code k} divides every value it can take. */
  boolean divisible(long k) {
    return constant % k == 0 && terms.values().stream().allMatch(factor -> factor % k == 0);
  }

  /** This expression with variables replaced. */
  Index substitute(Map<String, Index> values) {
    Index sum = of(constant);
    for (var entry : terms.entrySet()) {
      Atom atom = entry.getKey();
      Index value;
      if (atom instanceof Variable v) {
        value = values.getOrDefault(v.name(), of(v));
      } else if (atom instanceof Quotient q) {
        value = q.of().substitute(values).over(q.by());
      } else {
        Remainder r = (Remainder) atom;
        value = r.of().substitute(values).mod(r.by());
      }
      sum = sum.plus(value.times(entry.getValue()));
    }
    return sum;
  }

  /** As an operand of a C operator. */
  String atom() {
    String text = toString();
    return text.contains(" ") || text.startsWith("-") ? "(" + text + ")" : text;
  }

  @Override
  public String toString() {
    var out = new StringBuilder();
    terms.forEach((atom, factor) -> {
      if (out.length() > 0) {
        out.append(factor < 0 ? " - " : " + ");
      } else if (factor < 0) {
        out.append('-');
      }
      String text = atom.text();
      if (Math.abs(factor) != 1) {
        out.append(Math.abs(factor)).append(" * ").append(text.contains(" ") ? "(" + text + ")" : text);
      } else {
        out.append(factor < 0 && text.contains(" ") ? "(" + text + ")" : text);
      }
    });
    if (constant != 0 || out.length() == 0) {
      out.append(out.length() == 0 ? Long.toString(constant)
          : (constant < 0 ? " - " : " + ") + Math.abs(constant));
    }
    return out.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Index index && toString().equals(index.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }
}
