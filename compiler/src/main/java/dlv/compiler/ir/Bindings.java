package dlv.compiler.ir;

import dlv.compiler.type.Dim;
import java.util.HashMap;
import java.util.Map;

/** What a graph needs to be evaluated: inputs by name, states by path, and the numbers that named dimensions are. */
public record Bindings(Map<String, Array> inputs, Map<String, Array> states, Map<String, Long> dimensions) {
  public Bindings {
    inputs = Map.copyOf(inputs);
    states = Map.copyOf(states);
    dimensions = Map.copyOf(dimensions);
  }

  /** Inputs alone. */
  public static Bindings of(Map<String, Array> inputs) {
    return new Bindings(inputs, Map.of(), Map.of());
  }

  /** These bindings with other states, as after a step. */
  public Bindings withStates(Map<String, Array> next) {
    var merged = new HashMap<>(states);
    merged.putAll(next);
    return new Bindings(inputs, merged, dimensions);
  }

  /** The dimensions, as {@link Graph#substitute} takes them. */
  public Map<String, Dim> dims() {
    var dims = new HashMap<String, Dim>();
    dimensions.forEach((name, value) -> dims.put(name, Dim.of(value)));
    return dims;
  }
}
