package dlv.runtime.train;

import dlv.runtime.Executable;
import dlv.runtime.plan.Arena;
import dlv.runtime.plan.Placed;
import dlv.runtime.weights.Dtype;
import dlv.runtime.weights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** States of an open plan as tensors for files, and back. */
public final class States {
  private States() {}

  /** All that training goes on from: weights, statistics, optimiser states, averages; not the counters. */
  public static List<Tensor> all(Executable executable) {
    var tensors = new ArrayList<Tensor>();
    for (Arena arena : executable.manifest().arenas()) {
      if (arena.role() != Arena.Role.COUNTER) {
        arena.tensors().forEach(placed -> tensors.add(read(executable, arena, placed, placed.path())));
      }
    }
    return tensors;
  }

  /** What a model is used with: weights (their averages, where those are kept) and statistics. */
  public static List<Tensor> model(Executable executable) {
    var tensors = new ArrayList<Tensor>();
    for (Arena arena : executable.manifest().arenas()) {
      if (arena.role() == Arena.Role.WEIGHT || arena.role() == Arena.Role.STATISTIC) {
        Arena source = averages(executable, arena);
        for (int i = 0; i < arena.tensors().size(); i++) {
          tensors.add(read(executable, source, source.tensors().get(i), arena.tensors().get(i).path()));
        }
      }
    }
    return tensors;
  }

  private static Arena averages(Executable executable, Arena weights) {
    return executable.manifest().arenas().stream()
        .filter(a -> a.role() == Arena.Role.EMA && a.name().equals(weights.name() + ".average"))
        .findFirst().orElse(weights);
  }

  private static Tensor read(Executable executable, Arena arena, Placed placed, String name) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(4 * placed.elements())).order(ByteOrder.nativeOrder());
    executable.readArena(arena.name(), 4 * placed.offset(), bytes);
    return Tensor.of(name, Dtype.F32, placed.shape(), bytes.flip());
  }

  /** Lets the averages of weights be the weights that {@code tensors} name. */
  static void restoreAverages(Executable executable, List<Tensor> tensors) {
    for (Arena arena : executable.manifest().arenas()) {
      Arena averages = averages(executable, arena);
      if (arena.role() == Arena.Role.WEIGHT && averages != arena) {
        for (int i = 0; i < arena.tensors().size(); i++) {
          String path = arena.tensors().get(i).path();
          Placed place = averages.tensors().get(i);
          tensors.stream().filter(t -> t.name().equals(path)).forEach(t -> put(executable, averages, place, t));
        }
      }
    }
  }

  private static void put(Executable executable, Arena arena, Placed placed, Tensor tensor) {
    long at = 4 * placed.offset();
    for (ByteBuffer segment : tensor.segments()) {
      executable.writeArena(arena.name(), at, segment.duplicate());
      at += segment.remaining();
    }
  }

  /**
   * Puts tensors where their names say; tensors of other names are left alone.
   *
   * @return the paths of this plan's weights and statistics that no tensor named
   */
  public static List<String> restore(Executable executable, List<Tensor> tensors) {
    Map<String, Tensor> byName = new HashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    var missing = new ArrayList<String>();
    for (Arena arena : executable.manifest().arenas()) {
      if (arena.role() == Arena.Role.COUNTER) {
        continue;
      }
      for (Placed placed : arena.tensors()) {
        Tensor tensor = byName.get(placed.path());
        if (tensor == null || !tensor.shape().equals(placed.shape())) {
          missing.add(placed.path());
          continue;
        }
        put(executable, arena, placed, tensor);
      }
    }
    return missing;
  }
}
