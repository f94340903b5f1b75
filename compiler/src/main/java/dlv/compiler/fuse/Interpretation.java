package dlv.compiler.fuse;

import dlv.compiler.ir.Array;
import dlv.compiler.ir.Bindings;
import dlv.compiler.ir.Graph;
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
      run(kernel, sized, bindings.withStates(states), values);
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

  /** Computes what {@code kernel} does, whose operands have {@code values}; a loop's steps kernel by kernel. */
  public static void run(Kernel kernel, Schedule schedule, Bindings bindings, Map<Node, Array> values) {
    if (kernel.form() != Form.LOOP) {
      Interpreter.evaluate(kernel.body(), bindings, values);
      return;
    }
    Steps steps = schedule.loops().get(kernel.name());
    var whole = new IdentityHashMap<Node, Array>();
    kernel.operands().forEach(operand -> whole.put(operand, values.get(operand)));
    kernel.results().forEach(result -> whole.put(result, Array.filled(result.element(), Double.NaN,
        result.shape().values())));
    Steps.carried(kernel).forEach((start, history) -> put(whole.get(history), 0, values.get(start)));
    for (int step = 0; step < steps.length().value(); step++) {
      step(steps, step, bindings, whole);
    }
    kernel.results().forEach(result -> values.put(result, whole.get(result)));
  }

  private static void step(Steps steps, int step, Bindings bindings, Map<Node, Array> whole) {
    var memory = new IdentityHashMap<Node, Array>();
    steps.aliases().forEach((node, alias) -> {
      if (node.is(Op.Parameter.class)) {
        Array outside = whole.get(alias.of());
        memory.put(node, alias.row() ? outside.row(alias.rowAt(step)) : outside);
      }
    });
    for (Kernel kernel : steps.schedule().kernels()) {
      Map<Node, Array> values = new IdentityHashMap<>();
      kernel.operands().forEach(operand -> values.put(operand, read(operand, memory, bindings)));
      run(kernel, steps.schedule(), bindings, values);
      kernel.results().forEach(result -> memory.put(result, values.get(result)));
    }
    for (Graph.Output output : steps.schedule().graph().outputs()) {
      Alias alias = steps.aliases().get(output.node());
      put(whole.get(alias.of()), alias.rowAt(step), read(output.node(), memory, bindings));
    }
  }

  private static void put(Array whole, int row, Array value) {
    System.arraycopy(value.data(), 0, whole.data(), row * value.size(), value.size());
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
