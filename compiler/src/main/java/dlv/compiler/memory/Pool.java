package dlv.compiler.memory;

import dlv.compiler.fuse.Kernel;
import dlv.runtime.plan.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Colours values by their lives: largest first, each into the first buffer whose tenants have let go of it. */
final class Pool {
  private final Map<String, Entry> entries;
  private final List<List<Tenant>> buffers = new ArrayList<>();

  private Pool(Map<String, Entry> entries) {
    this.entries = entries;
  }

  static List<Slot> of(List<Tenant> tenants, Map<String, Entry> entries) {
    var pool = new Pool(entries);
    tenants.stream().sorted(Comparator.comparingLong(Lives::usualBytes).reversed()).forEach(pool::place);
    var slots = new ArrayList<Slot>();
    for (List<Tenant> buffer : pool.buffers) {
      buffer.sort(Comparator.comparing(Tenant::entry).thenComparing(Tenant::from));
      slots.add(new Slot("pool" + slots.size(), Buffer.Kind.POOL, buffer));
    }
    return slots;
  }

  private void place(Tenant tenant) {
    List<Tenant> free = buffers.stream().filter(b -> b.stream().noneMatch(other -> collide(tenant, other)))
        .findFirst().orElse(null);
    if (free == null) {
      free = new ArrayList<>();
      buffers.add(free);
    }
    free.add(tenant);
  }

  private boolean collide(Tenant a, Tenant b) {
    return a.meets(b) && !replaces(a, b) && !replaces(b, a);
  }

  /** Whether {@code next} is stored over {@code old} by the kernel that reads {@code old} last. */
  private boolean replaces(Tenant next, Tenant old) {
    if (next.from() != old.to() || old.from() >= next.from()) {
      return false;
    }
    Entry entry = entries.get(next.entry());
    Kernel kernel = entry.schedule().kernels().get(next.from());
    return entry.replaces(kernel, next.node(), old.node());
  }
}
