package dlv.compiler.lower;

import dlv.compiler.ir.Graph;
import java.util.List;

/**
 * A compiled unit before optimisation: one graph for each thing it can do, over the same arenas.
 *
 * <p>In every graph axis 0 of what varies by example is {@link dlv.compiler.type.Dim#BATCH}; no {@code Rows} remains,
 * and statistics have turn 0. A {@code State} is named after an {@link Arena} (all of it) or after a place in one.
 */
public record Lowered(String name, List<Graph> entries, List<Arena> arenas) {
  public Lowered {
    entries = List.copyOf(entries);
    arenas = List.copyOf(arenas);
  }
}
