package dlv.compiler.fuse;

import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Interpreter;
import dlv.compiler.ir.Node;
import dlv.compiler.ir.Op;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Schedules in float64, kernel by kernel: a kernel sees its operands alone, and leaves its results alone. */
public final class Interpretation {
  private Interpretation() {}

  /** What {@link Interpreter#evaluate} says of the schedule's graph, unless the schedule is wrong. */
  public static Interpreter.Results evaluate(Schedule schedule, Bindings bindings) {
    Schedule sized = schedule.substitute(bindings.dims());
    var states = new HashMap<>(bindings.states());
    Map<Node, Array> memory = new IdentityHashMap<>();
    Map<Node, Op.State> next = new IdentityHashMap<>();
    sized.graph().updates().forEach(update -> next.put(update.next(), update.state()));
    for (Kernel kernel : sized.kernels()) {
      Map<Node, Array> values = new IdentityHashMap<>();
      for (Node operand : kernel.operands()) {
        values.put(operand, read(operand, memory, bindings.withStates(states)));
      }
      Interpreter.evaluate(kernel.body(), bindings.withStates(states), values);
      for (Node result : kernel.results()) {
        memory.put(result, values.get(result));
        if (next.containsKey(result)) {
          states.put(next.get(result).path(), values.get(result));
        }
      }
    }
    var outputs = new LinkedHashMap<String, Array>();
    sized.graph().outputs().forEach(o -> outputs.put(o.name(), read(o.node(), memory, bindings)));
    var updated = new LinkedHashMap<String, Array>();
    sized.graph().updates().forEach(u -> updated.put(u.state().path(), states.get(u.state().path())));
    return new Interpreter.Results(outputs, updated);
  }

  private static Array read(Node node, Map<Node, Array> memory, Bindings bindings) {
    if (memory.containsKey(node)) {
      return memory.get(node);
    }
    if (node.is(Op.Concat.class)) {
      List<Array> parts = node.operands().stream().map(part -> read(part, memory, bindings)).toList();
      return Interpreter.evaluate(node, parts, bindings);
    }
    if (Kind.of(node) != Kind.LEAF) {
      throw new IllegalStateException("read before it is stored: " + node);
    }
    return Interpreter.evaluate(node, List.of(), bindings);
  }
}
