package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimiser, elaborated once on a flat vector of all weights.
 *
 * <p>Nodes read {@code Input("w", [weights])}, the gradient {@code Input("g", [weights])}, the number of this update
 * from 1 {@code Input("t", [])} (float), and states {@code State(name, OPTIMISER, [weights])}.
 *
 * @param name the declaration, {@code adam}
 * @param states what it remembers of each weight; paths are the names in the declaration
 * @param weight the next value of the weight
 * @param updates the next value of each state, by name
 */
public record Optimiser(String name, List<StateInfo> states, Node weight, Map<String, Node> updates) {

  /** The length of the vector of all weights of a model. */
  public static final Dim WEIGHTS = Dim.name("weights");

  public Optimiser {
    states = List.copyOf(states);
    updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
  }
}
