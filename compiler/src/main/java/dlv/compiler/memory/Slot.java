package dlv.compiler.memory;

import dlv.compiler.type.Dim;
import dlv.runtime.plan.Buffer;
import dlv.runtime.plan.Formula;
import java.util.ArrayList;
import java.util.List;

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

  /** Whether {@code a} is at least {@code b} whatever the dimensions, all of which are positive. */
  private static boolean isAtLeast(Dim a, Dim b) {
    return !a.minus(b).formula().contains("-");
  }

  public Buffer buffer() {
    return new Buffer(name, kind, bytes());
  }
}
