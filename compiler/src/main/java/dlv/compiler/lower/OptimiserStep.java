package dlv.compiler.lower;

import dlv.compiler.check.Optimiser;
import dlv.compiler.ir.Build;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Origin;
import dlv.compiler.ir.Substitution;
import dlv.compiler.type.Dim;
import dlv.compiler.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimiser's equations over an arena: neighbours whose equations are the same and look at each element alone are
 * changed as one vector, other weights one by one, each in its shape.
 */
final class OptimiserStep {
  /**
   * Part of an arena that is changed at once.
   *
   * @param length elements from {@code start} on; for a vector the gaps between its weights included
   */
  private record Run(Optimiser.Equations equations, long start, long length, Shape shape) {}

  private final Optimiser optimiser;
  private final Arena arena;
  private final Lowering lowering;
  private final Build build = new Build(Origin.NONE);

  OptimiserStep(Optimiser optimiser, Arena arena, Lowering lowering) {
    this.optimiser = optimiser;
    this.arena = arena;
    this.lowering = lowering;
  }

  /**
   * The arena's next values, and those of the optimiser's states.
   *
   * @param given vectors as long as the arena under {@code w}, {@code g} and the states' names, and the scalar {@code t}
   */
  Map<String, Node> next(Map<String, Node> given) {
    Map<String, List<Node>> parts = new LinkedHashMap<>();
    long end = 0;
    for (Run run : runs()) {
      Map<String, Node> own = new HashMap<>();
      given.forEach((name, node) -> own.put(name, node.rank() == 0 ? node : part(node, run)));
      Map<String, Node> later = next(run, own);
      for (String name : names()) {
        List<Node> list = parts.computeIfAbsent(name, key -> new ArrayList<>());
        gap(list, run.start() - end);
        Node part = later.getOrDefault(name, own.get(name));
        list.add(part.rank() == 1 ? part : build.reshape(part, Shape.of(run.length())));
      }
      end = run.start() + run.length();
    }
    Map<String, Node> whole = new LinkedHashMap<>();
    for (Map.Entry<String, List<Node>> entry : parts.entrySet()) {
      gap(entry.getValue(), arena.length() - end);
      List<Node> all = entry.getValue();
      whole.put(entry.getKey(), all.size() == 1 ? all.get(0) : build.concat(0, all));
    }
    return whole;
  }

  /** The weight, then the states. */
  private List<String> names() {
    List<String> names = new ArrayList<>(List.of("w"));
    optimiser.states().forEach(state -> names.add(state.path()));
    return names;
  }

  private List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < arena.places().size(); i++) {
      Arena.Place place = arena.places().get(i);
      Shape shape = place.state().shape().rank() == 0 ? Shape.of(1) : place.state().shape();
      Optimiser.Equations equations = optimiser.of(shape.rank());
      long end = i + 1 < arena.places().size() ? arena.places().get(i + 1).offset() : arena.length();
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (!equations.elementwise()) {
        runs.add(new Run(equations, place.offset(), shape.elements().value(), shape));
      } else if (last != null && last.equations() == equations) {
        runs.set(runs.size() - 1, new Run(equations, last.start(), end - last.start(), Shape.of(end - last.start())));
      } else {
        runs.add(new Run(equations, place.offset(), end - place.offset(), Shape.of(end - place.offset())));
      }
    }
    return runs;
  }

  private Node part(Node vector, Run run) {
    if (vector.shape().equals(run.shape())) {
      return vector;
    }
    return build.reshape(build.slice(vector, 0, Dim.of(run.start()), Dim.of(run.length()), 1), run.shape());
  }

  private Map<String, Node> next(Run run, Map<String, Node> given) {
    Map<String, Dim> sizes = new HashMap<>();
    if (run.equations().elementwise()) {
      sizes.put(Optimiser.WEIGHTS.text(), run.shape().dim(0));
    }
    for (int i = 0; i < run.shape().rank(); i++) {
      sizes.put(Optimiser.axis(i).text(), run.shape().dim(i));
    }
    var instance = new Instance(given, lowering, new Substitution(sizes));
    Map<String, Node> next = new HashMap<>();
    next.put("w", instance.of(run.equations().weight()));
    run.equations().updates().forEach((name, equation) -> next.put(name, instance.of(equation)));
    return next;
  }

  private void gap(List<Node> parts, long elements) {
    if (elements > 0) {
      parts.add(build.constant(0, Shape.of(elements)));
    }
  }
}
