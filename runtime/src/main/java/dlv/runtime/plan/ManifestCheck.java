package dlv.runtime.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the names of a manifest against each other. */
final class ManifestCheck {
  private final String unit;
  private final Set<String> dimensions = new HashSet<>();
  private final Map<String, Buffer.Kind> buffers = new HashMap<>();

  ManifestCheck(String unit, List<Dimension> dimensions, List<Arena> arenas, List<Buffer> others) {
    this.unit = unit;
    for (Dimension dimension : dimensions) {
      require(this.dimensions.add(dimension.name()), "the dimension " + dimension.name() + " is declared twice");
    }
    Set<String> paths = new HashSet<>();
    for (Arena arena : arenas) {
      require(buffers.put(arena.name(), Buffer.Kind.ARENA) == null, arena.name() + " is declared twice");
      for (Placed tensor : arena.tensors()) {
        require(paths.add(arena.role() + " " + tensor.path()), tensor.path() + " is placed twice as " + arena.role());
      }
    }
    for (Buffer buffer : others) {
      require(buffer.kind() != Buffer.Kind.ARENA, buffer.name() + " is an arena and belongs to the arenas");
      require(buffers.put(buffer.name(), buffer.kind()) == null, buffer.name() + " is declared twice");
      formula(buffer.name(), buffer.bytes());
    }
  }

  void check(List<Entry> entries) {
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      require(names.add(entry.name()), "the entry " + entry.name() + " is declared twice");
      Set<String> inputs = new HashSet<>();
      for (Input input : entry.inputs()) {
        String where = entry.name() + "." + input.name();
        require(inputs.add(input.name()), where + " is declared twice");
        buffer(where, input.buffer());
        require(!input.resident() || buffers.get(input.buffer()) != Buffer.Kind.POOL,
            where + " is resident and cannot lie in the pool buffer " + input.buffer());
        input.shape().forEach(f -> formula(where, f));
      }
      Set<String> outputs = new HashSet<>();
      for (Output output : entry.outputs()) {
        String where = entry.name() + "." + output.name();
        require(outputs.add(output.name()), where + " is declared twice");
        buffer(where, output.buffer());
        formula(where, output.offset());
        output.shape().forEach(f -> formula(where, f));
      }
      entry.launches().forEach(work -> work(entry, work, 0));
    }
  }

  private void work(Entry entry, Work work, int depth) {
    if (work instanceof Launch launch) {
      launch(entry, launch, depth);
      return;
    }
    Repeat repeat = (Repeat) work;
    String where = entry.name() + ", " + repeat.ir();
    formula(where, repeat.times());
    repeat.ended().ifPresent(ended -> {
      buffer(where, ended.buffer());
      formula(where, ended.offset());
      formula(where, ended.elements());
    });
    repeat.body().forEach(inner -> work(entry, inner, depth + 1));
  }

  private void launch(Entry entry, Launch launch, int depth) {
    String where = entry.name() + "." + launch.kernel();
    launch.global().forEach(f -> formula(where, f));
    for (Argument argument : launch.arguments()) {
      if (argument instanceof Argument.OfBuffer reference) {
        buffer(where, reference.name());
      } else if (argument instanceof Argument.OfInt integer) {
        formula(where, integer.value());
      } else if (argument instanceof Argument.OfStep step) {
        require(step.depth() >= 0 && step.depth() < depth, where + " asks for the turn of repetition " + step.depth()
            + ", and stands in " + depth);
      }
    }
  }

  private void buffer(String where, String name) {
    require(buffers.containsKey(name), where + ": there is no buffer " + name);
  }

  private void formula(String where, Formula formula) {
    for (String name : formula.names()) {
      require(dimensions.contains(name), where + ": " + formula + " uses the unknown dimension " + name);
    }
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(unit + ": " + problem);
    }
  }
}
