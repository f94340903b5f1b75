package dlv.compiler.memory;

import dlv.compiler.ir.Node;
import dlv.compiler.ir.Printer;
import dlv.compiler.layout.Flavour;
import dlv.compiler.lower.Arena;
import dlv.compiler.lower.Unsupported;
import dlv.runtime.plan.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
    return sizes(sizes).stream().reduce(0L, Math::addExact);
  }

  private List<Long> sizes(Map<String, Long> sizes) {
    var bytes = new ArrayList<Long>();
    slots.forEach(slot -> bytes.add(Manifest.bytes(slot.buffer(), sizes)));
    arenas.forEach(arena -> bytes.add(arena.bytes()));
    return bytes;
  }

  /** Whether everything fits a device with these sizes. */
  private boolean fits(DeviceMemory device, Map<String, Long> sizes) {
    return bytes(sizes) <= device.all() && sizes(sizes).stream().allMatch(bytes -> bytes <= device.largestBuffer());
  }

  /**
   * Sees to it that the device can hold each buffer; whether all of them fit is the device's to say, which others use.
   *
   * @throws Unsupported naming the line of the first tensor that is too large, and the batch with which it is not
   */
  public void requireBuffers(DeviceMemory device, Map<String, Long> sizes) {
    for (Arena arena : arenas) {
      if (arena.bytes() > device.largestBuffer()) {
        throw new Unsupported(arena.name() + " takes " + text(arena.bytes()) + ", and the device's largest"
            + " buffer is " + text(device.largestBuffer()), arena.origin());
      }
    }
    for (Slot slot : slots) {
      long bytes = Manifest.bytes(slot.buffer(), sizes);
      if (bytes > device.largestBuffer()) {
        Tenant tenant = slot.largest(sizes);
        long batch = largestBatch(device, sizes, Flavour.SLAB_ROWS);
        throw new Unsupported(Printer.type(tenant.node()) + " takes " + text(bytes) + ", and the device's"
            + " largest buffer is " + text(device.largestBuffer()) + "; " + (batch == 0 ? "no batch fits"
            : "the largest batch that fits is " + batch), tenant.node().origin());
      }
    }
  }

  private static String text(long bytes) {
    return String.format(Locale.ROOT, "%,d bytes", bytes);
  }

  /** The largest batch, a multiple of {@code step}, that fits the device; 0 where none does. */
  public long largestBatch(DeviceMemory device, Map<String, Long> sizes, long step) {
    long low = 0;
    long high = 1;
    while (high * step <= MOST && fits(device, with(sizes, high * step))) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      long middle = (low + high) / 2;
      if (fits(device, with(sizes, middle * step))) {
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
