package dlv.compiler.memory;

import dlv.compiler.type.Dim;
import dlv.runtime.plan.Buffer;
import dlv.runtime.plan.Formula;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A buffer and the values that lie in it, one after another; it is as large as the largest of them. */
public record Slot(String name, Buffer.Kind kind, List<Tenant> tenants) {
  public Slot {
    tenants = List.copyOf(tenants);
  }

  /** The size in bytes. */
  public Formula bytes() {
    List<Dim> largest = new ArrayList<>();
    for (Tenant tenant : tenants) {
      Dim bytes = tenant.bytes();
      if (largest.stream().noneMatch(other -> isAtLeast(other, bytes))) {
        largest.removeIf(other -> isAtLeast(bytes, other));
        largest.add(bytes);
      }
    }
    return Formula.of(largest.stream().map(Dim::formula).reduce((a, b) -> "max(" + a + ", " + b + ")").orElse("0"));
  }

  /** The largest of the values, for which the buffer is as large as it is. */
  Tenant largest(Map<String, Long> sizes) {
    var values = new LinkedHashMap<String, Dim>();
    sizes.forEach((name, size) -> values.put(name, Dim.of(size)));
    return tenants.stream().max(Comparator.comparing(t -> t.bytes().substitute(values).value())).orElseThrow();
  }

  /** Whether {@code a} is at least {@code b} whatever the dimensions, all of which are positive. */
  private static boolean isAtLeast(Dim a, Dim b) {
    return !a.minus(b).formula().contains("-");
  }

  public Buffer buffer() {
    return new Buffer(name, kind, bytes());
  }
}
