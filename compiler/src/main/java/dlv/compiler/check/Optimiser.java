package dlv.compiler.check;

import dlv.compiler.ir.Node;
import dlv.compiler.type.Dim;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An optimiser, elaborated once for each rank that the weights it changes have.
 *
 * @param name the declaration, {@code adam}
 * @param states what it remembers of each weight; paths are the names in the declaration
 * @param byRank its equations for weights of a rank, from 1
 */
public record Optimiser(String name, List<StateInfo> states, Map<Integer, Equations> byRank) {

  /**
   * What becomes of a weight.
   *
   * <p>Nodes read {@code Input("w")}, the gradient {@code Input("g")}, the number of this update from 1
   * {@code Input("t", [])} (float), and states {@code State(name, OPTIMISER)}. Where each element is computed alone, these
   * are vectors of the length {@link #WEIGHTS}, and several weights can be changed side by side; else they have the axes
   * {@link #axis} of one weight.
   *
   * @param weight the next value of the weight
   * @param updates the next value of each state, by name
   */
  public record Equations(boolean elementwise, Node weight, Map<String, Node> updates) {
    public Equations {
      updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
    }
  }

  /** The length of a vector of weights side by side. */
  public static final Dim WEIGHTS = Dim.name("weights");

  public Optimiser {
    states = List.copyOf(states);
    byRank = Collections.unmodifiableMap(new TreeMap<>(byRank));
  }

  /** An axis of one weight. */
  public static Dim axis(int i) {
    return Dim.name("weights" + i);
  }

  /** The equations for a weight of a rank; a scalar counts as a vector of one element. Equal ones are one object. */
  public Equations of(int rank) {
    return byRank.get(Math.max(1, rank));
  }
}
