package dlv.compiler.memory;

import dlv.compiler.ir.Node;
import dlv.compiler.lower.Arena;
import dlv.runtime.plan.Manifest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The buffers of a unit and where everything lies in them.
 *
 * @param arenas what lives on between runs, each in a buffer under its name
 * @param slots all other buffers
 * @param places where each stored value and leaf of each entry lies, by the entry's name
 */
public record Plan(List<Arena> arenas, List<Entry> entries, List<Slot> slots,
                   Map<String, Map<Node, Location>> places) {
  /** Beyond this no batch is tried. */
  private static final long MOST = 1L << 40;

  public Plan {
    arenas = List.copyOf(arenas);
    entries = List.copyOf(entries);
    slots = List.copyOf(slots);
    places = Map.copyOf(places);
  }

  /** Plans memory for all entries of a unit; their names differ. */
  public static Plan of(List<Arena> arenas, List<Entry> entries) {
    return new Allocation(arenas, entries).plan();
  }

  /** Where {@code node}, a leaf or a stored value of an entry, lies. */
  public Location at(Entry entry, Node node) {
    Location location = places.get(entry.name()).get(entry.owner(node));
    if (location == null) {
      throw new IllegalArgumentException("in no buffer: " + node);
    }
    return location;
  }

  /** The dimensions whose values decide sizes, {@code batch} first. */
  public Set<String> dimensions() {
    var names = new LinkedHashSet<String>();
    for (Slot slot : slots) {
      names.addAll(slot.bytes().names());
    }
    for (Entry entry : entries) {
      entry.schedule().nodes().forEach(node -> node.shape().dims().forEach(d -> names.addAll(d.names())));
    }
    var sorted = new LinkedHashSet<String>();
    if (names.contains("batch")) {
      sorted.add("batch");
    }
    names.stream().sorted().forEach(sorted::add);
    return sorted;
  }

  /** Bytes of device memory with these sizes; what is allocated, exactly. */
  public long bytes(Map<String, Long> sizes) {
    long sum = 0;
    for (Slot slot : slots) {
      sum = Math.addExact(sum, Manifest.bytes(slot.buffer(), sizes));
    }
    for (Arena arena : arenas) {
      sum = Math.addExact(sum, Math.max(4, Math.multiplyExact(arena.length(), (long) arena.element().bytes())));
    }
    return sum;
  }

  /** The largest batch, a multiple of {@code step}, that fits {@code memory}; 0 where none does. */
  public long largestBatch(long memory, Map<String, Long> sizes, long step) {
    long low = 0;
    long high = 1;
    while (high * step <= MOST && bytes(with(sizes, high * step)) <= memory) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      long middle = (low + high) / 2;
      if (bytes(with(sizes, middle * step)) <= memory) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low * step;
  }

  private static Map<String, Long> with(Map<String, Long> sizes, long batch) {
    var values = new LinkedHashMap<>(sizes);
    values.put("batch", batch);
    return values;
  }
}
