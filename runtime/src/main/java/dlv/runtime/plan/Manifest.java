package dlv.runtime.plan;

import dlv.runtime.data.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One compiled unit (a network or a train block) for one flavour of device: everything the host needs to run it.
 *
 * @param version the format, {@link #VERSION}
 * @param name the unit's name in the source
 * @param flavour the kind of device its kernels are for, {@code cpu-batch} or {@code gpu}
 * @param dimensions the sizes that are given when it is opened
 * @param arenas buffers of tensors that live on between launches
 * @param buffers all other buffers
 * @param entries what it can do
 */
public record Manifest(int version, String name, String flavour, List<Dimension> dimensions, List<Arena> arenas,
                       List<Buffer> buffers, List<Entry> entries) {
  /** The format that this runtime reads and writes. */
  public static final int VERSION = 1;

  /** Checks that every name that is used is declared, once; {@link IllegalArgumentException} says which is not. */
  public Manifest {
    dimensions = List.copyOf(dimensions);
    arenas = List.copyOf(arenas);
    buffers = List.copyOf(buffers);
    entries = List.copyOf(entries);
    if (version != VERSION) {
      throw new IllegalArgumentException(
          name + ": the manifest has version " + version + ", this runtime reads version " + VERSION);
    }
    new ManifestCheck(name, dimensions, arenas, buffers).check(entries);
  }

  /** A manifest of the current version. */
  public static Manifest of(String name, String flavour, List<Dimension> dimensions, List<Arena> arenas,
                            List<Buffer> buffers, List<Entry> entries) {
    return new Manifest(VERSION, name, flavour, dimensions, arenas, buffers, entries);
  }

  /** Reads what {@link #toJson} wrote; whatever is wrong is an {@link IllegalArgumentException} with its place. */
  public static Manifest parse(String json) {
    return ManifestJson.read(json);
  }

  /** The JSON text; equal manifests give equal text. */
  public String toJson() {
    return ManifestJson.write(this);
  }

  /** All buffers, those of the arenas first. */
  public List<Buffer> allBuffers() {
    List<Buffer> all = new ArrayList<>();
    arenas.forEach(a -> all.add(new Buffer(a.name(), Buffer.Kind.ARENA, Formula.of(a.bytes()))));
    all.addAll(buffers);
    return all;
  }

  /** The entry of this name; {@link IllegalArgumentException} lists those there are. */
  public Entry entry(String wanted) {
    return entries.stream().filter(e -> e.name().equals(wanted)).findFirst().orElseThrow(() ->
        new IllegalArgumentException(name + " has no entry \"" + wanted + "\"; it has "
            + entries.stream().map(Entry::name).toList()));
  }

  /** The arena of this name; {@link IllegalArgumentException} lists those there are. */
  public Arena arena(String wanted) {
    return arenas.stream().filter(a -> a.name().equals(wanted)).findFirst().orElseThrow(() ->
        new IllegalArgumentException(name + " has no arena \"" + wanted + "\"; it has "
            + arenas.stream().map(Arena::name).toList()));
  }

  /** The names of the source files that the launches need, in order of first use. */
  public Set<String> programs() {
    Set<String> programs = new LinkedHashSet<>();
    entries.forEach(e -> e.launches().forEach(work -> programs(work, programs)));
    return programs;
  }

  private static void programs(Work work, Set<String> programs) {
    if (work instanceof Launch launch) {
      programs.add(launch.program());
    } else {
      ((Repeat) work).body().forEach(inner -> programs(inner, programs));
    }
  }

  /**
   * Values for all dimensions: those given, and the usual ones for the rest.
   *
   * @throws IllegalArgumentException where a name is unknown or a value is not positive
   */
  public Map<String, Long> values(Map<String, Long> given) {
    Map<String, Long> values = new LinkedHashMap<>();
    dimensions.forEach(d -> values.put(d.name(), d.usual()));
    given.forEach((dimension, value) -> {
      if (!values.containsKey(dimension)) {
        throw new IllegalArgumentException(
            name + " has no dimension \"" + dimension + "\"; it has " + values.keySet());
      }
      if (value < 1) {
        throw new IllegalArgumentException(dimension + " = " + value + ": sizes are positive");
      }
      values.put(dimension, value);
    });
    return values;
  }

  /** Device bytes that opening it takes: the sum of all buffers, an empty one taking what an element takes. */
  public long plannedBytes(Map<String, Long> given) {
    Map<String, Long> values = values(given);
    long sum = 0;
    for (Buffer buffer : allBuffers()) {
      sum = Math.addExact(sum, bytes(buffer, values));
    }
    return sum;
  }

  /** The size of a buffer: at least four bytes, because OpenCL has no empty ones. */
  public static long bytes(Buffer buffer, Map<String, Long> values) {
    long bytes = buffer.bytes().evaluate(values);
    if (bytes < 0) {
      throw new ArithmeticException(buffer.name() + ": " + buffer.bytes() + " is negative with " + values);
    }
    return Math.max(bytes, Element.F32.bytes());
  }

  /** Where each tensor of an arena role lies, by path. */
  public Map<String, Arena> pathsOf(Arena.Role role) {
    Map<String, Arena> paths = new HashMap<>();
    arenas.stream().filter(a -> a.role() == role).forEach(a -> a.tensors().forEach(t -> paths.put(t.path(), a)));
    return paths;
  }
}
